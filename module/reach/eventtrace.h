/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What makes tasks wait for memory, and pageblocks change their type, as the kernel's
 * tracepoints tell it; their arguments change between kernels, here they have one shape.
 * A kernel that lacks those of one kind may have the others.
 */
#ifndef PFNSCOPE_REACH_EVENTTRACE_H
#define PFNSCOPE_REACH_EVENTTRACE_H

#include "record-events.h"

struct page;
struct task_struct;

/**
 * struct pfnscope_eventtrace - who listens
 * @asked: the current task will compact for this request
 * @begun: the current task begins something
 * @ended: it ends the last one of that kind that it has begun; @result is a word or NULL
 * @slept: it had to sleep so long in reclaim, and why
 * @stolen: pages of a block of another migratetype were taken; zone->lock is held
 * @killed: the current task has chosen this one to be killed; task_lock of it is held
 *
 * All but @stolen are called in the context of a task, where preemption is off up to
 * 6.12 and may be on since 7.0.
 */
struct pfnscope_eventtrace {
	void (*asked)(void *data, gfp_t gfp, unsigned int order);
	void (*begun)(void *data, enum pfnscope_event_kind kind,
		      const struct pfnscope_event_asked *asked);
	void (*ended)(void *data, enum pfnscope_event_kind kind, u64 pages,
		      const char *result);
	void (*slept)(void *data, int node, u64 ns, const char *why);
	void (*stolen)(void *data, struct page *page, unsigned int order,
		       unsigned int block_order, unsigned int to,
		       unsigned int from);
	void (*killed)(void *data, struct task_struct *task);
};

void pfnscope_eventtrace_init(void);
const char *pfnscope_eventtrace_unavailable(enum pfnscope_event_kind kind);

int pfnscope_eventtrace_set(unsigned long kinds,
			    const struct pfnscope_eventtrace *listener,
			    void *data);

#endif /* PFNSCOPE_REACH_EVENTTRACE_H */
