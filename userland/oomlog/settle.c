// SPDX-License-Identifier: GPL-2.0-only
/* What a report is, once all its lines are there. */
#include "allocator/explain.h"
#include "base/array.h"
#include "base/checked.h"
#include "oomlog/gather.h"

#include <stdlib.h>
#include <string.h>

static bool is_oom_panic(const struct pfnscope_oom_report *r)
{
	return pfnscope_oomlog_is_oom_panic(
		pfnscope_scan_from(r->panic, strlen(r->panic)));
}

static bool has_stats(const struct pfnscope_oom_memcg *memcg)
{
	if (!memcg->seen)
		return false;
	for (size_t i = 0; i < PFNSCOPE_MEMCG_STATS; i++)
		if (memcg->stats[i] != PFNSCOPE_MISSING)
			return true;
	return memcg->memory.usage_kb != PFNSCOPE_MISSING;
}

/**
 * pfnscope_gather_awaits_panic - is the trace that comes that of its panic?
 * @r: the report that is open
 *
 * Return: true where the OOM killer ended the machine, and nothing before that
 * told who asked.
 */
bool pfnscope_gather_awaits_panic(const struct pfnscope_oom_report *r)
{
	return is_oom_panic(r) && !*r->trace.caller;
}

/* The lines of the machine and of its nodes have names that no other text has. */
static bool has_counters(const struct pfnscope_oom_report *r)
{
	return r->counters[PFNSCOPE_MEM_ACTIVE_ANON] != PFNSCOPE_MISSING ||
	       r->counters[PFNSCOPE_MEM_PAGECACHE] != PFNSCOPE_MISSING ||
	       r->counters[PFNSCOPE_MEM_RAM] != PFNSCOPE_MISSING || r->node_sums.lines;
}

/**
 * pfnscope_gather_is_report - is there enough for a report?
 * @r: what was gathered
 *
 * Return: false for lines that any text may have.
 */
bool pfnscope_gather_is_report(const struct pfnscope_oom_report *r)
{
	return r->kind != PFNSCOPE_OOM_UNKNOWN || r->nr_zones ||
	       r->killed_line || r->chosen.pid != PFNSCOPE_MISSING ||
	       has_stats(&r->memcg) || is_oom_panic(r) || has_counters(r) ||
	       pfnscope_oomlog_trace_kind(r) != PFNSCOPE_OOM_UNKNOWN;
}

static int by_rss(const void *first, const void *second)
{
	const struct pfnscope_oom_task *a = first, *b = second;

	if (a->rss_pages != b->rss_pages)
		return a->rss_pages < b->rss_pages ? 1 : -1;
	return a->row < b->row ? -1 : 1;
}

static void settle_tasks(struct pfnscope_oom_report *r)
{
	if (r->nr_tasks)
		qsort(r->tasks, r->nr_tasks, sizeof(*r->tasks), by_rss);
}

/* Only v1 has these names; and v2 has had a memory controller since 4.5. */
static void settle_memcg(struct pfnscope_oom_report *r)
{
	struct pfnscope_oom_memcg *memcg = &r->memcg;
	unsigned int version = r->era.version;

	if (!memcg->seen || memcg->version)
		return;
	if (memcg->stats[PFNSCOPE_MEMCG_CACHE] != PFNSCOPE_MISSING ||
	    memcg->stats[PFNSCOPE_MEMCG_TOTAL_CACHE] != PFNSCOPE_MISSING ||
	    (version && version < PFNSCOPE_KERNEL(4, 5, 0)))
		memcg->version = 1;
}

static void settle_victim(struct pfnscope_oom_report *r)
{
	if (!r->killed_line && r->chosen.pid != PFNSCOPE_MISSING)
		r->killed = r->chosen;
	if (r->killed.pid == PFNSCOPE_MISSING || *r->killed.comm)
		return;
	/* The line was cut: the table has the name too. */
	for (size_t i = 0; i < r->nr_tasks; i++)
		if (r->tasks[i].pid == r->killed.pid)
			memcpy(r->killed.comm, r->tasks[i].comm, sizeof(r->killed.comm));
}

/* Where the line of one node or zone was cut, the sum of the others tells nothing. */
static void forget_partial(struct pfnscope_oom_sums *sums)
{
	for (int i = 0; i < PFNSCOPE_MEM_COUNTERS; i++)
		if (sums->seen[i] != sums->lines)
			sums->kb[i] = PFNSCOPE_MISSING;
}

/* A list of free blocks without the line of its zone: that was lost. */
static bool lacks_zone_line(const struct pfnscope_oom_report *r)
{
	for (size_t i = 0; i < r->nr_zones; i++)
		if (!r->zones[i].has_line)
			return true;
	return false;
}

/* The smallest page has 4 kB: is what the zones manage less than the totals leave? */
static bool lacks_zone(const struct pfnscope_oom_report *r)
{
	int64_t usable = pfnscope_minus(r->counters[PFNSCOPE_MEM_RAM],
					r->counters[PFNSCOPE_MEM_RESERVED]);
	int64_t managed = 0;

	for (size_t i = 0; i < r->nr_zones; i++)
		managed = pfnscope_plus(managed, r->zones[i].managed_kb);
	return usable != PFNSCOPE_MISSING && managed != PFNSCOPE_MISSING &&
	       managed / 4 < usable - usable / 10;
}

/* Nodes of which zones are told. */
static size_t nodes_of(const struct pfnscope_oom_report *r)
{
	size_t nodes = 0;

	for (size_t i = 0; i < r->nr_zones; i++) {
		size_t j = 0;

		while (j < i && r->zones[j].node != r->zones[i].node)
			j++;
		nodes += j == i;
	}
	return nodes;
}

/* Where each node has its pools, so has every other one. */
static void settle_pools(struct pfnscope_oom_report *r, size_t nodes)
{
	size_t told = (size_t)__builtin_popcountll(r->pool_nodes);

	if (nodes < 2 || !r->pool_lines || (told >= nodes && !(r->pool_lines % told)))
		return;
	r->counters[PFNSCOPE_MEM_HUGEPAGES_KB] = PFNSCOPE_MISSING;
	r->counters[PFNSCOPE_MEM_HUGEPAGES_FREE_KB] = PFNSCOPE_MISSING;
}

static void forget_sums(struct pfnscope_oom_sums *sums)
{
	for (int i = 0; i < PFNSCOPE_MEM_COUNTERS; i++)
		sums->kb[i] = PFNSCOPE_MISSING;
}

/* In the lines of nodes only, in kB. */
static void settle_of_nodes(struct pfnscope_oom_report *r)
{
	static const enum pfnscope_oom_counter counters[] = {
		PFNSCOPE_MEM_BALLOON_KB, PFNSCOPE_MEM_GPU_ACTIVE_KB, PFNSCOPE_MEM_GPU_RECLAIM_KB,
	};

	for (size_t i = 0; i < ARRAY_SIZE(counters); i++)
		r->counters[counters[i]] = r->node_sums.kb[counters[i]];
}

/* Stacks are printed for each node since 5.9; for each zone up to 5.8, and the machine's is their sum. */
static void settle_stacks(struct pfnscope_oom_report *r)
{
	int64_t *sum = &r->counters[PFNSCOPE_MEM_KERNEL_STACK_KB];

	r->counters[PFNSCOPE_MEM_MLOCKED_KB] =
		r->zone_sums.kb[PFNSCOPE_MEM_MLOCKED_KB];
	*sum = r->node_sums.kb[PFNSCOPE_MEM_KERNEL_STACK_KB];
	if (*sum == PFNSCOPE_MISSING)
		*sum = r->zone_sums.kb[PFNSCOPE_MEM_KERNEL_STACK_KB];
}

/* Is this zone's line lost, of the same node as @zone and above it? */
static bool is_lost_above(const struct pfnscope_oom_zone *lost,
			  const struct pfnscope_oom_zone *zone)
{
	return !lost->has_line && lost->node == zone->node &&
	       pfnscope_class_named(lost->zone) > pfnscope_class_named(zone->zone);
}

/*
 * What a zone keeps is told behind its line. Where that of a zone above it is
 * lost, the numbers may be that one's: it keeps nothing for the zone below.
 */
static void forget_strange_reserves(struct pfnscope_oom_report *r)
{
	for (size_t i = 0; i < r->nr_zones; i++)
		for (size_t j = 0; j < r->nr_zones; j++)
			if (is_lost_above(&r->zones[j], &r->zones[i]))
				r->zones[i].reserves = 0;
}

/* The header where there is one, else the trace, else who died. */
static void settle_kind(struct pfnscope_oom_report *r)
{
	bool victim = r->killed_line || r->chosen.pid != PFNSCOPE_MISSING;

	if (r->kind == PFNSCOPE_OOM_UNKNOWN) {
		r->kind = pfnscope_oomlog_trace_kind(r);
		memcpy(r->failure.what, r->trace.what, sizeof(r->trace.what));
	}
	if (r->kind == PFNSCOPE_OOM_UNKNOWN &&
	    (victim || r->no_killable || is_oom_panic(r)))
		r->kind = PFNSCOPE_OOM_GLOBAL;
	r->memcg.seen |= r->trace.memcg;
	if (r->memcg.seen && (r->kind == PFNSCOPE_OOM_GLOBAL ||
			      r->kind == PFNSCOPE_OOM_UNKNOWN))
		r->kind = PFNSCOPE_OOM_MEMCG;
}

/**
 * pfnscope_gather_settle - what follows once all lines are there
 * @r: the report
 * @release: kernel that booted last in this log, or empty
 */
void pfnscope_gather_settle(struct pfnscope_oom_report *r, const char *release)
{
	size_t nodes = nodes_of(r);
	bool some_nodes;

	if (*release && !r->era.release[0])
		pfnscope_oomlog_release(release, &r->era);
	settle_kind(r);
	settle_victim(r);
	settle_memcg(r);
	settle_tasks(r);
	forget_partial(&r->node_sums);
	forget_partial(&r->zone_sums);
	some_nodes = r->node_sums.lines && (!r->node_sums.from_first || r->node_sums.lines < nodes);
	if (some_nodes || lacks_zone_line(r) || lacks_zone(r))
		forget_sums(&r->zone_sums);
	if (some_nodes)
		forget_sums(&r->node_sums);
	settle_pools(r, nodes);
	forget_strange_reserves(r);
	settle_stacks(r);
	settle_of_nodes(r);
}
