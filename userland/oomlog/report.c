// SPDX-License-Identifier: GPL-2.0-only
/* Making, filling and freeing the record of one report. */
#include "oomlog/report.h"

#include <stdlib.h>
#include <string.h>

static void forget(int64_t *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		values[i] = PFNSCOPE_MISSING;
}

static void victim_init(struct pfnscope_oom_victim *victim)
{
	victim->pid = PFNSCOPE_MISSING;
	victim->total_vm_kb = PFNSCOPE_MISSING;
	victim->anon_kb = PFNSCOPE_MISSING;
	victim->file_kb = PFNSCOPE_MISSING;
	victim->shmem_kb = PFNSCOPE_MISSING;
	victim->score_adj = PFNSCOPE_MISSING;
}

static void memcg_init(struct pfnscope_oom_memcg *memcg)
{
	memcg->usage_kb = PFNSCOPE_MISSING;
	memcg->limit_kb = PFNSCOPE_MISSING;
	memcg->failcnt = PFNSCOPE_MISSING;
	memcg->kmem_usage_kb = PFNSCOPE_MISSING;
	forget(memcg->stats, PFNSCOPE_MEMCG_STATS);
}

/**
 * pfnscope_oom_report_new - a report of which nothing is known yet
 *
 * Return: the report, or NULL without memory.
 */
struct pfnscope_oom_report *pfnscope_oom_report_new(void)
{
	struct pfnscope_oom_report *report = calloc(1, sizeof(*report));

	if (!report)
		return NULL;
	report->pid = PFNSCOPE_MISSING;
	report->order = PFNSCOPE_MISSING;
	report->score_adj = PFNSCOPE_MISSING;
	report->pcp_used = PFNSCOPE_MISSING;
	forget(report->counters, PFNSCOPE_MEM_COUNTERS);
	forget(report->node_kb, PFNSCOPE_MEM_COUNTERS);
	forget(report->zone_kb, PFNSCOPE_MEM_COUNTERS);
	memcg_init(&report->memcg);
	victim_init(&report->killed);
	victim_init(&report->chosen);
	return report;
}

/**
 * pfnscope_oom_report_free - free a report
 * @report: the report, or NULL
 */
void pfnscope_oom_report_free(struct pfnscope_oom_report *report)
{
	if (!report)
		return;
	free(report->zones);
	free(report);
}

static void zone_init(struct pfnscope_oom_zone *z, int64_t node,
		      const char *zone)
{
	*z = (struct pfnscope_oom_zone){
		.node = node,
		.free_kb = PFNSCOPE_MISSING,
		.boost_kb = PFNSCOPE_MISSING,
		.min_kb = PFNSCOPE_MISSING,
		.low_kb = PFNSCOPE_MISSING,
		.high_kb = PFNSCOPE_MISSING,
		.present_kb = PFNSCOPE_MISSING,
		.managed_kb = PFNSCOPE_MISSING,
		.reserved_highatomic_kb = PFNSCOPE_MISSING,
		.free_highatomic_kb = PFNSCOPE_MISSING,
		.free_cma_kb = PFNSCOPE_MISSING,
		.free_pcp_kb = PFNSCOPE_MISSING,
		.kernel_stack_kb = PFNSCOPE_MISSING,
		.list_block_kb = PFNSCOPE_MISSING,
		.list_total_kb = PFNSCOPE_MISSING,
	};
	strncpy(z->zone, zone, sizeof(z->zone) - 1);
	forget(z->reserve_pages, PFNSCOPE_OOM_CLASSES);
}

/* Doubling keeps it linear; the cap keeps a hostile log from growing it. */
static int grow(struct pfnscope_oom_report *report)
{
	size_t n = report->nr_zones;
	struct pfnscope_oom_zone *zones;

	if (n >= PFNSCOPE_OOM_ZONES)
		return -1;
	if (n && (n < 4 || (n & (n - 1))))
		return 0;
	zones = realloc(report->zones, (n < 4 ? 4 : 2 * n) * sizeof(*zones));
	if (!zones)
		return -1;
	report->zones = zones;
	return 0;
}

/**
 * pfnscope_oom_report_zone - the record of one zone, made when it is new
 * @report: the report
 * @node: node, or PFNSCOPE_MISSING where the log prints none
 * @zone: name of the zone
 *
 * Return: the zone, or NULL without memory or beyond PFNSCOPE_OOM_ZONES.
 */
struct pfnscope_oom_zone *
pfnscope_oom_report_zone(struct pfnscope_oom_report *report, int64_t node,
			 const char *zone)
{
	struct pfnscope_oom_zone *z;

	for (size_t i = 0; i < report->nr_zones; i++) {
		z = &report->zones[i];
		if (z->node == node && !strcmp(z->zone, zone))
			return z;
	}
	if (grow(report))
		return NULL;
	z = &report->zones[report->nr_zones++];
	zone_init(z, node, zone);
	return z;
}
