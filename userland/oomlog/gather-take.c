// SPDX-License-Identifier: GPL-2.0-only
/* What each kind of line adds to its report. */
#include "oomlog/gather.h"

static void take_memory(struct pfnscope_open_report *open, enum pfnscope_line_kind kind,
			struct pfnscope_scan s)
{
	struct pfnscope_oom_report *r = open->report;

	switch (kind) {
	case PFNSCOPE_LINE_COUNTERS:
		open->counters = true;
		pfnscope_oomlog_counters(s, r);
		break;
	case PFNSCOPE_LINE_COUNTERS_MORE:
		if (!r->nr_zones)
			pfnscope_oomlog_counters(s, r);
		break;
	case PFNSCOPE_LINE_NODE:
		pfnscope_oomlog_node(s, r);
		break;
	case PFNSCOPE_LINE_ZONE:
		pfnscope_oomlog_zone(s, r);
		break;
	case PFNSCOPE_LINE_PCP:
		pfnscope_oomlog_pcp(s, r);
		break;
	case PFNSCOPE_LINE_RESERVE:
		pfnscope_oomlog_reserve(s, r);
		break;
	case PFNSCOPE_LINE_LIST:
		pfnscope_oomlog_list(s, r);
		break;
	case PFNSCOPE_LINE_HUGEPAGES:
		pfnscope_oomlog_hugepages(s, r);
		break;
	case PFNSCOPE_LINE_TOTAL:
		pfnscope_oomlog_total(s, r);
		break;
	case PFNSCOPE_LINE_SWAP:
		pfnscope_oomlog_swap(s, r);
		break;
	default:
		break;
	}
}

static void take_memcg(struct pfnscope_oom_report *r,
		       enum pfnscope_line_kind kind, struct pfnscope_scan s)
{
	switch (kind) {
	case PFNSCOPE_LINE_MEMCG_USAGE:
		pfnscope_oomlog_memcg_usage(s, r);
		break;
	case PFNSCOPE_LINE_MEMCG_STATS:
		pfnscope_oomlog_memcg_stats(s, r);
		break;
	case PFNSCOPE_LINE_MEMCG_TASK:
		pfnscope_oomlog_memcg_task(s, r);
		break;
	case PFNSCOPE_LINE_STAT:
		pfnscope_oomlog_memcg_stat(s, r);
		break;
	default:
		break;
	}
}

static void take_trace(struct pfnscope_open_report *open,
		       enum pfnscope_line_kind kind, struct pfnscope_scan s)
{
	struct pfnscope_oom_report *r = open->report;
	bool dumped = (open->counters || r->nr_tasks || pfnscope_gather_is_over(r)) &&
		      !pfnscope_gather_awaits_panic(r);

	switch (kind) {
	case PFNSCOPE_LINE_TASK:
		if (!dumped)
			pfnscope_oomlog_task(s, r);
		break;
	case PFNSCOPE_LINE_TRACE_HEAD:
		pfnscope_oomlog_trace(r);
		/* Old kernels print the first frame behind the heading. */
		/* fall through */
	case PFNSCOPE_LINE_FRAME:
		if (!dumped)
			pfnscope_oomlog_frames(s, r);
		break;
	case PFNSCOPE_LINE_SYSRQ_MEMORY:
		r->forced = true;
		break;
	case PFNSCOPE_LINE_PANIC:
		pfnscope_oomlog_panic(s, r);
		break;
	default:
		break;
	}
}

static void take_failure(struct pfnscope_open_report *open,
			 enum pfnscope_line_kind kind, struct pfnscope_scan s)
{
	struct pfnscope_oom_report *r = open->report;

	if (kind != PFNSCOPE_LINE_OTHER)
		open->awaits_header = kind == PFNSCOPE_LINE_VMALLOC;
	switch (kind) {
	case PFNSCOPE_LINE_VMALLOC:
		pfnscope_oomlog_vmalloc(s, r);
		break;
	case PFNSCOPE_LINE_SLAB_FAILURE:
		pfnscope_oomlog_slab(s, r);
		break;
	case PFNSCOPE_LINE_SLAB_CACHE:
		pfnscope_oomlog_slab_cache(s, r);
		break;
	case PFNSCOPE_LINE_CMA:
		pfnscope_oomlog_cma(s, r);
		break;
	case PFNSCOPE_LINE_CMA_FREE:
		pfnscope_oomlog_cma_free(s, r);
		break;
	case PFNSCOPE_LINE_HUGETLB:
		pfnscope_oomlog_hugetlb(s, r);
		break;
	case PFNSCOPE_LINE_PERCPU:
		pfnscope_oomlog_percpu(s, r);
		break;
	default:
		break;
	}
}

static void take_tasks(struct pfnscope_open_report *open, enum pfnscope_line_kind kind,
		       struct pfnscope_scan s)
{
	struct pfnscope_oom_report *r = open->report;

	switch (kind) {
	case PFNSCOPE_LINE_CPUSET:
		pfnscope_oomlog_cpuset(s, r);
		break;
	case PFNSCOPE_LINE_TASK_HEAD:
		pfnscope_oomlog_task_head(s, &open->tasks);
		break;
	case PFNSCOPE_LINE_TASK_ROW:
		pfnscope_oomlog_task_row(s, &open->tasks, r);
		break;
	case PFNSCOPE_LINE_SLAB_ROW:
		pfnscope_oomlog_slab_row(s, r);
		break;
	case PFNSCOPE_LINE_SITE:
		pfnscope_oomlog_site(s, r);
		break;
	case PFNSCOPE_LINE_CONSTRAINT:
		pfnscope_oomlog_constraint(s, r);
		break;
	case PFNSCOPE_LINE_KILL:
		pfnscope_oomlog_kill(s, r);
		break;
	case PFNSCOPE_LINE_GROUP_KILL:
		pfnscope_oomlog_group(s, r);
		break;
	case PFNSCOPE_LINE_OOMD:
		pfnscope_oomlog_oomd(s, r);
		break;
	case PFNSCOPE_LINE_LOWMEMORY:
		pfnscope_oomlog_lowmemory(s, r);
		break;
	case PFNSCOPE_LINE_NO_VICTIM:
		r->no_killable = true;
		break;
	default:
		break;
	}
}

/**
 * pfnscope_gather_take - add a line to its report
 * @open: the report
 * @kind: which line it is
 * @s: the line
 */
void pfnscope_gather_take(struct pfnscope_open_report *open,
			  enum pfnscope_line_kind kind, struct pfnscope_scan s)
{
	pfnscope_oomlog_evidence(s, &open->report->era);
	take_memory(open, kind, s);
	take_memcg(open->report, kind, s);
	take_trace(open, kind, s);
	take_failure(open, kind, s);
	take_tasks(open, kind, s);
}
