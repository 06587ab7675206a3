// SPDX-License-Identifier: GPL-2.0-only
/* Which lines begin a report, and which belong to the one that is open. */
#include "oomlog/gather.h"
#include "base/array.h"

/* Has the kernel closed this report, so that a dump must be another's? */
static bool has_ended(const struct pfnscope_oom_report *r)
{
	return r->killed_line || r->no_killable ||
	       r->kind == PFNSCOPE_OOM_POLICY_KILL;
}

static bool is_group(const struct pfnscope_oom_report *r)
{
	return r->group_killed != PFNSCOPE_MISSING;
}

static bool is_failure(const struct pfnscope_oom_report *r)
{
	return r->kind == PFNSCOPE_OOM_ALLOC_FAILURE ||
	       r->kind == PFNSCOPE_OOM_ALLOC_STALL;
}

/* Told in lines of their own, with no dump of memory behind them. */
static bool has_no_dump(const struct pfnscope_oom_report *r)
{
	static const char *const whats[] = { "slab", "cma", "hugetlb", "percpu" };

	for (size_t i = 0; i < ARRAY_SIZE(whats); i++)
		if (!strcmp(r->failure.what, whats[i]))
			return true;
	return false;
}

/* These lines end the dump of memory. */
static bool has_totals(const struct pfnscope_oom_report *r)
{
	return r->counters[PFNSCOPE_MEM_PAGECACHE] != PFNSCOPE_MISSING ||
	       r->counters[PFNSCOPE_MEM_SWAP_TOTAL_KB] != PFNSCOPE_MISSING ||
	       r->counters[PFNSCOPE_MEM_RAM] != PFNSCOPE_MISSING;
}

/* The pages that a slab cache lacks are told by the page allocator first. */
static bool is_cache_of(const struct pfnscope_oom_report *r)
{
	/* Nothing else is behind a dump of memory that nobody asked for. */
	if (r->kind == PFNSCOPE_OOM_UNKNOWN && !r->forced && !r->tasks_seen && !r->killed_line &&
	    !r->memcg.seen && !r->failure.slab)
		return pfnscope_oomlog_trace_kind(r) == PFNSCOPE_OOM_ALLOC_FAILURE || has_totals(r);
	return is_failure(r) && !has_no_dump(r) && !r->failure.slab &&
	       strcmp(r->failure.what, "vmalloc") != 0 &&
	       strcmp(r->failure.what, "vmap") != 0;
}

/**
 * pfnscope_gather_elsewhere - is this line of another report?
 * @open: the report that is open
 * @kind: which line it is, one that can begin a report
 * @s: the line
 *
 * Return: true where it repeats what a report holds once.
 */
bool pfnscope_gather_elsewhere(const struct pfnscope_open_report *open,
			       enum pfnscope_line_kind kind,
			       struct pfnscope_scan s)
{
	const struct pfnscope_oom_report *r = open->report;
	bool closed = has_ended(r) || has_no_dump(r);

	switch (kind) {
	case PFNSCOPE_LINE_MEM_INFO:
		return open->counters || r->nr_zones || has_totals(r) || closed;
	case PFNSCOPE_LINE_COUNTERS:
		return open->counters || has_totals(r) || closed;
	case PFNSCOPE_LINE_ZONE:
		return pfnscope_oomlog_zone_seen(s, r) || closed;
	case PFNSCOPE_LINE_LIST:
		return closed;
	case PFNSCOPE_LINE_SYSRQ_MEMORY:
		return open->counters || r->nr_zones || closed ||
		       r->kind != PFNSCOPE_OOM_UNKNOWN;
	case PFNSCOPE_LINE_MEMCG_USAGE:
	case PFNSCOPE_LINE_MEMCG_STATS:
	case PFNSCOPE_LINE_MEMCG_TASK:
	case PFNSCOPE_LINE_STAT:
		return is_failure(r) || (closed && !is_group(r));
	case PFNSCOPE_LINE_TASK_HEAD:
		return is_failure(r) || closed || r->tasks_seen;
	case PFNSCOPE_LINE_CONSTRAINT:
		return is_failure(r) || closed || r->constraint[0];
	case PFNSCOPE_LINE_KILL:
		if (is_failure(r) || r->kind == PFNSCOPE_OOM_POLICY_KILL)
			return true;
		if (pfnscope_oomlog_is_kill(s))
			return r->killed_line && !is_group(r);
		return has_ended(r) && !is_group(r);
	case PFNSCOPE_LINE_VMALLOC:
		return !open->awaits_header;
	case PFNSCOPE_LINE_SLAB_FAILURE:
		return !is_cache_of(r);
	case PFNSCOPE_LINE_CMA:
	case PFNSCOPE_LINE_HUGETLB:
	case PFNSCOPE_LINE_PERCPU:
	case PFNSCOPE_LINE_OOMD:
	case PFNSCOPE_LINE_LOWMEMORY:
		return true;
	default:
		return false;
	}
}

/**
 * pfnscope_gather_is_over - may a trace that begins now be another's?
 * @r: the report that is open
 *
 * Return: true where its dump of memory, or somebody's death, was told.
 */
bool pfnscope_gather_is_over(const struct pfnscope_oom_report *r)
{
	return has_ended(r) || has_no_dump(r) || r->nr_zones ||
	       r->counters[PFNSCOPE_MEM_RAM] != PFNSCOPE_MISSING;
}

/* A log that was cut in the middle of the counters: one that no text has. */
static bool is_cut_counters(struct pfnscope_scan s)
{
	static const char *const names[] = {
		"active_file:", "unevictable:", "slab_reclaimable:",
		"slab_unreclaimable:", "free_pcp:",
	};
	int64_t value;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (pfnscope_scan_value(s, names[i], &value))
			return true;
	return false;
}

/**
 * pfnscope_gather_can_begin - may a report begin with this line?
 * @kind: which line it is
 * @s: the line
 *
 * Return: true for lines that only a report has.
 */
bool pfnscope_gather_can_begin(enum pfnscope_line_kind kind,
			       struct pfnscope_scan s)
{
	switch (kind) {
	case PFNSCOPE_LINE_COUNTERS_MORE:
		return is_cut_counters(s);
	case PFNSCOPE_LINE_STAT:
		return pfnscope_oomlog_is_stat(s);
	case PFNSCOPE_LINE_PANIC:
		return pfnscope_oomlog_is_oom_panic(s);
	case PFNSCOPE_LINE_TASK_ROW:
		return pfnscope_oomlog_is_task_row(s);
	case PFNSCOPE_LINE_TOTAL:
		return pfnscope_scan_has(s, " pages RAM") ||
		       pfnscope_scan_has(s, " total pagecache pages");
	case PFNSCOPE_LINE_SWAP:
	case PFNSCOPE_LINE_MEM_INFO:
	case PFNSCOPE_LINE_COUNTERS:
	case PFNSCOPE_LINE_NODE:
	case PFNSCOPE_LINE_ZONE:
	case PFNSCOPE_LINE_LIST:
	case PFNSCOPE_LINE_SYSRQ_MEMORY:
	case PFNSCOPE_LINE_MEMCG_USAGE:
	case PFNSCOPE_LINE_MEMCG_STATS:
	case PFNSCOPE_LINE_MEMCG_TASK:
	case PFNSCOPE_LINE_TASK_HEAD:
	case PFNSCOPE_LINE_CONSTRAINT:
	case PFNSCOPE_LINE_KILL:
	case PFNSCOPE_LINE_NO_VICTIM:
	case PFNSCOPE_LINE_VMALLOC:
	case PFNSCOPE_LINE_SLAB_FAILURE:
	case PFNSCOPE_LINE_CMA:
	case PFNSCOPE_LINE_HUGETLB:
	case PFNSCOPE_LINE_PERCPU:
	case PFNSCOPE_LINE_OOMD:
	case PFNSCOPE_LINE_LOWMEMORY:
		return true;
	default:
		return false;
	}
}
