// SPDX-License-Identifier: GPL-2.0-only
/*
 * There is one listener, so the probes find it in a variable that is set before they
 * are registered. Tracepoints that several kinds need are registered once.
 */
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <linux/time64.h>

#include <linux/compaction.h>	/* needs the types of others */

struct compact_control;
#include <trace/events/compaction.h>
#include <trace/events/kmem.h>
#include <trace/events/oom.h>
#include <trace/events/vmscan.h>

#include "reach/compact.h"
#include "reach/config.h"
#include "reach/eventtrace.h"
#include "reach/node.h"
#include "reach/tap.h"

static const struct pfnscope_eventtrace *listener;

/* --- reclaim --- */

#ifdef HAVE_TRACE_RECLAIM_GFP_FIRST
#define RECLAIM_BEGIN	gfp_t gfp, int order, struct mem_cgroup *memcg
#define BEGIN_ARITY	3
#else
#define RECLAIM_BEGIN	int order, gfp_t gfp
#define BEGIN_ARITY	2
#endif

#ifdef HAVE_TRACE_RECLAIM_END_MEMCG
#define RECLAIM_END	unsigned long pages, struct mem_cgroup *memcg
#define END_ARITY	2
#else
#define RECLAIM_END	unsigned long pages
#define END_ARITY	1
#endif

static void reclaim_begun(void *data, enum pfnscope_event_kind kind, gfp_t gfp,
			  int order)
{
	const struct pfnscope_event_asked asked = {
		.gfp = (__force u64)gfp,
		.order = order,
		.node = PFNSCOPE_UNKNOWN,
	};

	listener->begun(data, kind, &asked);
}

static void direct_begin(void *data, RECLAIM_BEGIN)
{
	reclaim_begun(data, PFNSCOPE_EVENT_DIRECT_RECLAIM, gfp, order);
}

static void direct_end(void *data, RECLAIM_END)
{
	listener->ended(data, PFNSCOPE_EVENT_DIRECT_RECLAIM, pages, NULL);
}

static void __maybe_unused memcg_begin(void *data, RECLAIM_BEGIN)
{
	reclaim_begun(data, PFNSCOPE_EVENT_MEMCG_RECLAIM, gfp, order);
}

static void __maybe_unused memcg_end(void *data, RECLAIM_END)
{
	listener->ended(data, PFNSCOPE_EVENT_MEMCG_RECLAIM, pages, NULL);
}

#ifdef CONFIG_NUMA
static void node_begin(void *data, int node, int order, gfp_t gfp)
{
	const struct pfnscope_event_asked asked = {
		.gfp = (__force u64)gfp,
		.order = order,
		.node = node,
	};

	listener->begun(data, PFNSCOPE_EVENT_NODE_RECLAIM, &asked);
}

static void node_end(void *data, RECLAIM_END)
{
	listener->ended(data, PFNSCOPE_EVENT_NODE_RECLAIM, pages, NULL);
}
#endif

static void kswapd_wake(void *data, int node, int zone, int order)
{
	const struct pfnscope_event_asked asked = {
		.gfp = PFNSCOPE_UNKNOWN,
		.order = order,
		.node = node,
	};

	listener->begun(data, PFNSCOPE_EVENT_KSWAPD, &asked);
}

static void kswapd_sleep(void *data, int node)
{
	listener->ended(data, PFNSCOPE_EVENT_KSWAPD, PFNSCOPE_UNKNOWN, NULL);
}

/* Since v5.16, whose header names the reasons. */
#ifdef _VMSCAN_THROTTLE_WRITEBACK
static const char *throttle_word(int reason)
{
	switch (reason) {
	case VMSCAN_THROTTLE_WRITEBACK:
		return "writeback";
	case VMSCAN_THROTTLE_ISOLATED:
		return "isolated";
	case VMSCAN_THROTTLE_NOPROGRESS:
		return "noprogress";
	case VMSCAN_THROTTLE_CONGESTED:
		return "congested";
	}
	return NULL;
}

/* That of kswapd makes nobody wait, and is within its own time. */
static void throttled(void *data, int node, int most_us, int us, int reason)
{
	if (!current_is_kswapd())
		listener->slept(data, node, (u64)us * NSEC_PER_USEC,
				throttle_word(reason));
}
#endif

/* --- compaction --- */

#ifdef CONFIG_COMPACTION
/*
 * The kernel's threads that compact for no request of their own are kcompactd; other
 * tasks were told to, by /proc/sys/vm/compact_memory and the like.
 */
static enum pfnscope_event_kind compaction_kind(void)
{
	if (current->flags & PF_KTHREAD && !pfnscope_compacts_for_itself())
		return PFNSCOPE_EVENT_KCOMPACTD;
	return PFNSCOPE_EVENT_COMPACTION;
}

/* The tracepoint has no more of a zone than where it begins and ends. */
static struct zone *zone_of_span(unsigned long start, unsigned long end)
{
	struct pglist_data *pgdat;
	struct zone *zone;
	int node;

	for (node = 0; node < nr_node_ids; node++) {
		pgdat = pfnscope_node(node);
		if (!pgdat)
			continue;
		for (zone = pgdat->node_zones;
		     zone < pgdat->node_zones + MAX_NR_ZONES; zone++)
			if (populated_zone(zone) &&
			    READ_ONCE(zone->zone_start_pfn) == start &&
			    zone_end_pfn(zone) == end)
				return zone;
	}
	return NULL;
}

static void zone_begun(void *data, unsigned long start, unsigned long end)
{
	struct zone *zone = zone_of_span(start, end);
	const struct pfnscope_event_asked asked = {
		.gfp = PFNSCOPE_UNKNOWN,
		.order = PFNSCOPE_UNKNOWN,
		.node = zone ? zone_to_nid(zone) : PFNSCOPE_UNKNOWN,
		.zone = zone ? zone->name : NULL,
	};

	listener->begun(data, compaction_kind(), &asked);
}

/* As the kernel's own trace spells them. */
static const char *result_word(int result)
{
	switch (result) {
	case COMPACT_SKIPPED:
		return "skipped";
	case COMPACT_DEFERRED:
		return "deferred";
	case COMPACT_NO_SUITABLE_PAGE:
		return "no_suitable_page";
	case COMPACT_CONTINUE:
		return "continue";
	case COMPACT_COMPLETE:
		return "complete";
	case COMPACT_PARTIAL_SKIPPED:
		return "partial_skipped";
	case COMPACT_CONTENDED:
		return "contended";
	case COMPACT_SUCCESS:
		return "success";
	}
	return NULL;
}

static void zone_ended(void *data, int result)
{
	listener->ended(data, compaction_kind(), PFNSCOPE_UNKNOWN,
			result_word(result));
}

static void compact_ask(void *data, int order, gfp_t gfp, int prio)
{
	listener->asked(data, gfp, order);
}

#ifdef HAVE_TRACE_COMPACTION_CONTROL
#define COMPACT_BEGIN_ARITY	4
static void compact_begin(void *data, struct compact_control *cc,
			  unsigned long start, unsigned long end, bool sync)
{
	zone_begun(data, start, end);
}

static void compact_end(void *data, struct compact_control *cc,
			unsigned long start, unsigned long end, bool sync,
			int result)
{
	zone_ended(data, result);
}
#else
#define COMPACT_BEGIN_ARITY	5
static void compact_begin(void *data, unsigned long start,
			  unsigned long migrate_pfn, unsigned long free_pfn,
			  unsigned long end, bool sync)
{
	zone_begun(data, start, end);
}

static void compact_end(void *data, unsigned long start,
			unsigned long migrate_pfn, unsigned long free_pfn,
			unsigned long end, bool sync, int result)
{
	zone_ended(data, result);
}
#endif
#endif /* CONFIG_COMPACTION */

/* --- events that take no time --- */

static void steal(void *data, struct page *page, int order, int block_order,
		  int to, int from)
{
	listener->stolen(data, page, order, block_order, to, from);
}

#ifdef HAVE_TRACE_MARK_VICTIM_TASK
#define VICTIM_ARITY 2
static void victim(void *data, struct task_struct *task, uid_t uid)
{
	listener->killed(data, task);
}
#else
#define VICTIM_ARITY 1
static void victim(void *data, int pid)
{
	struct task_struct *task;

	rcu_read_lock();
	task = pid_task(find_pid_ns(pid, &init_pid_ns), PIDTYPE_PID);
	if (task)
		listener->killed(data, task);
	rcu_read_unlock();
}
#endif

/* Never called: the compiler compares the prototypes here. */
static void __maybe_unused check_prototypes(void)
{
	check_trace_callback_type_mm_vmscan_direct_reclaim_begin(direct_begin);
	check_trace_callback_type_mm_vmscan_direct_reclaim_end(direct_end);
#ifdef CONFIG_MEMCG
	check_trace_callback_type_mm_vmscan_memcg_reclaim_begin(memcg_begin);
	check_trace_callback_type_mm_vmscan_memcg_reclaim_end(memcg_end);
#endif
#ifdef CONFIG_NUMA
	check_trace_callback_type_mm_vmscan_node_reclaim_begin(node_begin);
	check_trace_callback_type_mm_vmscan_node_reclaim_end(node_end);
#endif
	check_trace_callback_type_mm_vmscan_kswapd_wake(kswapd_wake);
	check_trace_callback_type_mm_vmscan_kswapd_sleep(kswapd_sleep);
#ifdef _VMSCAN_THROTTLE_WRITEBACK
	check_trace_callback_type_mm_vmscan_throttled(throttled);
#endif
#ifdef CONFIG_COMPACTION
	check_trace_callback_type_mm_compaction_try_to_compact_pages(compact_ask);
	check_trace_callback_type_mm_compaction_begin(compact_begin);
	check_trace_callback_type_mm_compaction_end(compact_end);
#endif
	check_trace_callback_type_mm_page_alloc_extfrag(steal);
	check_trace_callback_type_mark_victim(victim);
}

/* --- the taps --- */

#define DIRECT_RECLAIM	BIT(PFNSCOPE_EVENT_DIRECT_RECLAIM)
#define MEMCG_RECLAIM	BIT(PFNSCOPE_EVENT_MEMCG_RECLAIM)
#define NODE_RECLAIM	BIT(PFNSCOPE_EVENT_NODE_RECLAIM)
#define THROTTLE	BIT(PFNSCOPE_EVENT_THROTTLE)
#define KSWAPD		BIT(PFNSCOPE_EVENT_KSWAPD)
#define COMPACTION	BIT(PFNSCOPE_EVENT_COMPACTION)
#define ANY_COMPACTION	(COMPACTION | BIT(PFNSCOPE_EVENT_KCOMPACTD))
#define STEAL		BIT(PFNSCOPE_EVENT_STEAL)
#define OOM		BIT(PFNSCOPE_EVENT_OOM)

/* An end before its begin, and what is asked before both: none is met half. */
static struct {
	unsigned long kinds;
	struct pfnscope_tap tap;
} taps[] = {
	{ DIRECT_RECLAIM, { "mm_vmscan_direct_reclaim_end", direct_end,
			    END_ARITY } },
	{ DIRECT_RECLAIM, { "mm_vmscan_direct_reclaim_begin", direct_begin,
			    BEGIN_ARITY } },
#ifdef CONFIG_MEMCG
	{ MEMCG_RECLAIM, { "mm_vmscan_memcg_reclaim_end", memcg_end,
			   END_ARITY } },
	{ MEMCG_RECLAIM, { "mm_vmscan_memcg_reclaim_begin", memcg_begin,
			   BEGIN_ARITY } },
#endif
#ifdef CONFIG_NUMA
	{ NODE_RECLAIM, { "mm_vmscan_node_reclaim_end", node_end, END_ARITY } },
	{ NODE_RECLAIM, { "mm_vmscan_node_reclaim_begin", node_begin, 3 } },
#endif
	{ KSWAPD, { "mm_vmscan_kswapd_sleep", kswapd_sleep, 1 } },
	{ KSWAPD, { "mm_vmscan_kswapd_wake", kswapd_wake, 3 } },
#ifdef _VMSCAN_THROTTLE_WRITEBACK
	{ THROTTLE, { "mm_vmscan_throttled", throttled, 4 } },
#endif
#ifdef CONFIG_COMPACTION
	{ COMPACTION, { "mm_compaction_try_to_compact_pages", compact_ask,
			3 } },
	{ ANY_COMPACTION, { "mm_compaction_end", compact_end,
			    COMPACT_BEGIN_ARITY + 1 } },
	{ ANY_COMPACTION, { "mm_compaction_begin", compact_begin,
			    COMPACT_BEGIN_ARITY } },
#endif
	{ STEAL, { "mm_page_alloc_extfrag", steal, 5 } },
	{ OOM, { "mark_victim", victim, VICTIM_ARITY } },
};

static const char *unavailable[PFNSCOPE_EVENT_KINDS];

/* Of the kinds that have no tap on some kernels. */
static const char *why_no_tap(enum pfnscope_event_kind kind)
{
	switch (kind) {
	case PFNSCOPE_EVENT_MEMCG_RECLAIM:
		return "this kernel has no memory cgroups: CONFIG_MEMCG is off";
	case PFNSCOPE_EVENT_NODE_RECLAIM:
		return "this kernel has one node: CONFIG_NUMA is off";
	case PFNSCOPE_EVENT_THROTTLE:
		return "this kernel does not tell: it does since v5.16";
	default:
		return "this kernel does not compact: CONFIG_COMPACTION is off";
	}
}

static const char *why_not(enum pfnscope_event_kind kind)
{
	const char *why = why_no_tap(kind);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(taps); i++) {
		if (!(taps[i].kinds & BIT(kind)))
			continue;
		why = pfnscope_taps_compare(&taps[i].tap, 1);
		if (why)
			break;
	}
	return why;
}

/**
 * pfnscope_eventtrace_init - compare the tracepoints with the running kernel's
 *
 * To be called while its BTF is loaded.
 */
void pfnscope_eventtrace_init(void)
{
	unsigned int kind;

	for (kind = 0; kind < PFNSCOPE_EVENT_KINDS; kind++)
		unavailable[kind] = why_not(kind);
}

/**
 * pfnscope_eventtrace_unavailable - can this kernel tell of a kind?
 * @kind: of events
 *
 * Return: why not, NULL if it can.
 */
const char *pfnscope_eventtrace_unavailable(enum pfnscope_event_kind kind)
{
	return unavailable[kind];
}

static int taps_on(unsigned long kinds, void *data)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < ARRAY_SIZE(taps) && !ret; i++)
		if (taps[i].kinds & kinds && !taps[i].tap.on)
			ret = pfnscope_tap_on(&taps[i].tap, data);
	return ret;
}

/* Begins before their ends. */
static void taps_off_but(unsigned long kinds)
{
	unsigned int i = ARRAY_SIZE(taps);

	while (i--)
		if (!(taps[i].kinds & kinds))
			pfnscope_tap_off(&taps[i].tap);
	pfnscope_taps_wait();
}

/**
 * pfnscope_eventtrace_set - listen to these kinds and no others from now on
 * @kinds: a bit for each that is available
 * @who: the functions to call
 * @data: for them; the same as long as any kind is on
 *
 * When it returns no probe of another kind runs any more.
 *
 * Return: 0 or a negative errno, and then only kinds are on that were on before and
 * are among @kinds.
 */
int pfnscope_eventtrace_set(unsigned long kinds,
			    const struct pfnscope_eventtrace *who, void *data)
{
	static unsigned long set;
	int ret;

	listener = who;
	ret = taps_on(kinds, data);
	set = ret ? set & kinds : kinds;
	taps_off_but(set);
	return ret;
}
