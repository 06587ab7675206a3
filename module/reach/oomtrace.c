// SPDX-License-Identifier: GPL-2.0-only
/*
 * There is one listener of each kind, so the probes find it in a variable that is
 * set before they are registered and kept until the last one has returned.
 */
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

struct compact_control;
#include <trace/events/kmem.h>
#include <trace/events/oom.h>
#include <trace/events/vmscan.h>

#include "reach/config.h"
#include "reach/oomtrace.h"
#include "reach/tap.h"

static const struct pfnscope_oomtrace *listener;
static void (*failed_listener)(void *data, gfp_t gfp, int order);
static const char *unavailable = "not looked up yet";

#ifdef HAVE_TRACE_MARK_VICTIM_TASK
#define VICTIM_ARITY 2
static void victim_probe(void *data, struct task_struct *task, uid_t uid)
{
	listener->victim(data, task);
}
#else
#define VICTIM_ARITY 1
static void victim_probe(void *data, int pid)
{
	struct task_struct *task;

	rcu_read_lock();
	task = pid_task(find_pid_ns(pid, &init_pid_ns), PIDTYPE_PID);
	if (task)
		listener->victim(data, task);
	rcu_read_unlock();
}
#endif

#ifdef HAVE_TRACE_RECLAIM_GFP_FIRST
#define RECLAIM_ARITY 3
static void reclaim_probe(void *data, gfp_t gfp, int order,
			  struct mem_cgroup *memcg)
{
	listener->reclaim(data, gfp, order);
}

static void __maybe_unused memcg_reclaim_probe(void *data, gfp_t gfp, int order,
					       struct mem_cgroup *memcg)
{
	listener->memcg_reclaim(data);
}
#else
#define RECLAIM_ARITY 2
static void reclaim_probe(void *data, int order, gfp_t gfp)
{
	listener->reclaim(data, gfp, order);
}

static void __maybe_unused memcg_reclaim_probe(void *data, int order, gfp_t gfp)
{
	listener->memcg_reclaim(data);
}
#endif

static void alloc_probe(void *data, struct page *page, unsigned int order,
			gfp_t gfp, int migratetype)
{
	if (unlikely(!page))
		failed_listener(data, gfp, order);
}

/* Never called: the compiler compares the prototypes here. */
static void __maybe_unused check_prototypes(void)
{
	check_trace_callback_type_mark_victim(victim_probe);
	check_trace_callback_type_mm_vmscan_direct_reclaim_begin(reclaim_probe);
#ifdef CONFIG_MEMCG
	check_trace_callback_type_mm_vmscan_memcg_reclaim_begin(memcg_reclaim_probe);
#endif
	check_trace_callback_type_mm_page_alloc(alloc_probe);
}

/* The taps of the OOM killer are all but the last one. */
static struct pfnscope_tap taps[] = {
	{ "mark_victim", victim_probe, VICTIM_ARITY },
	{ "mm_vmscan_direct_reclaim_begin", reclaim_probe, RECLAIM_ARITY },
#ifdef CONFIG_MEMCG
	{ "mm_vmscan_memcg_reclaim_begin", memcg_reclaim_probe, RECLAIM_ARITY },
#endif
	{ "mm_page_alloc", alloc_probe, 4 },
};

#define FAIL_TAP	(ARRAY_SIZE(taps) - 1)
#define OOM_TAPS	FAIL_TAP

/**
 * pfnscope_oomtrace_init - compare the tracepoints with the running kernel's
 *
 * To be called while its BTF is loaded.
 */
void pfnscope_oomtrace_init(void)
{
	unavailable = pfnscope_taps_compare(taps, ARRAY_SIZE(taps));
}

/**
 * pfnscope_oomtrace_unavailable - can this kernel tell?
 *
 * Return: why not, NULL if it can.
 */
const char *pfnscope_oomtrace_unavailable(void)
{
	return unavailable;
}

/**
 * pfnscope_oomtrace_on - begin to listen to the OOM killer
 * @who: the functions to call
 * @data: for them
 *
 * Return: 0 or a negative errno, and then nobody listens.
 */
int pfnscope_oomtrace_on(const struct pfnscope_oomtrace *who, void *data)
{
	unsigned int i;
	int ret = 0;

	if (unavailable)
		return -ENODEV;
	listener = who;
	for (i = 0; i < OOM_TAPS && !ret; i++)
		ret = pfnscope_tap_on(&taps[i], data);
	if (ret)
		pfnscope_oomtrace_off();
	return ret;
}

/**
 * pfnscope_oomtrace_off - stop it, and wait until no probe runs any more
 */
void pfnscope_oomtrace_off(void)
{
	unsigned int i;

	for (i = 0; i < OOM_TAPS; i++)
		pfnscope_tap_off(&taps[i]);
	pfnscope_taps_wait();
}

/**
 * pfnscope_failtrace_on - begin to listen to requests that fail
 * @failed: called for each of them
 * @data: for it
 *
 * Every allocation of the machine passes the probe while it is on.
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_failtrace_on(void (*failed)(void *data, gfp_t gfp, int order),
			  void *data)
{
	if (unavailable)
		return -ENODEV;
	failed_listener = failed;
	return pfnscope_tap_on(&taps[FAIL_TAP], data);
}

/**
 * pfnscope_failtrace_off - stop it, and wait until no probe runs any more
 */
void pfnscope_failtrace_off(void)
{
	pfnscope_tap_off(&taps[FAIL_TAP]);
	pfnscope_taps_wait();
}
