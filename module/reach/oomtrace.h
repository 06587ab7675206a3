/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the allocator tells on its way to an OOM kill or a failure. Tracepoints
 * are not exported but can be found, and their arguments change between kernels;
 * here they have one shape. Nothing is registered until somebody listens.
 */
#ifndef PFNSCOPE_REACH_OOMTRACE_H
#define PFNSCOPE_REACH_OOMTRACE_H

#include <linux/mmzone.h>
#include <linux/types.h>

struct task_struct;

/**
 * struct pfnscope_oomtrace - who listens to the OOM killer
 * @reclaim: the current task begins direct reclaim for this request
 * @memcg_reclaim: it begins to reclaim from a cgroup at its limit
 * @victim: it has chosen this task to be killed; task_lock of it is held
 *
 * Called with @data of pfnscope_oomtrace_on(), in the context of the allocating
 * task, in part with preemption off.
 */
struct pfnscope_oomtrace {
	void (*reclaim)(void *data, gfp_t gfp, int order);
	void (*memcg_reclaim)(void *data);
	void (*victim)(void *data, struct task_struct *task);
};

void pfnscope_oomtrace_init(void);
const char *pfnscope_oomtrace_unavailable(void);

int pfnscope_oomtrace_on(const struct pfnscope_oomtrace *listener, void *data);
void pfnscope_oomtrace_off(void);

/* @failed is called for every request that got no page, in any context. */
int pfnscope_failtrace_on(void (*failed)(void *data, gfp_t gfp, int order),
			  void *data);
void pfnscope_failtrace_off(void);

#endif /* PFNSCOPE_REACH_OOMTRACE_H */
