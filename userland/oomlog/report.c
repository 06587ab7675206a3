// SPDX-License-Identifier: GPL-2.0-only
/* Making, filling and freeing the record of one report. */
#include "oomlog/report.h"

#include <stdlib.h>
#include <string.h>

static void victim_init(struct pfnscope_oom_victim *victim)
{
	victim->pid = PFNSCOPE_MISSING;
	victim->total_vm_kb = PFNSCOPE_MISSING;
	victim->anon_kb = PFNSCOPE_MISSING;
	victim->file_kb = PFNSCOPE_MISSING;
	victim->shmem_kb = PFNSCOPE_MISSING;
	victim->uid = PFNSCOPE_MISSING;
	victim->score = PFNSCOPE_MISSING;
	victim->score_adj = PFNSCOPE_MISSING;
}

static void charge_init(struct pfnscope_oom_charge *charge)
{
	charge->usage_kb = PFNSCOPE_MISSING;
	charge->limit_kb = PFNSCOPE_MISSING;
	charge->failcnt = PFNSCOPE_MISSING;
}

static void memcg_init(struct pfnscope_oom_memcg *memcg)
{
	charge_init(&memcg->memory);
	charge_init(&memcg->swap);
	charge_init(&memcg->memsw);
	charge_init(&memcg->kmem);
	pfnscope_forget(memcg->stats, PFNSCOPE_MEMCG_STATS);
}

static void failure_init(struct pfnscope_oom_failure *failure)
{
	failure->vmalloc_bytes = PFNSCOPE_MISSING;
	failure->count = PFNSCOPE_MISSING;
	failure->got = PFNSCOPE_MISSING;
	failure->of = PFNSCOPE_MISSING;
	failure->unit_kb = PFNSCOPE_MISSING;
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
	report->group_killed = PFNSCOPE_MISSING;
	failure_init(&report->failure);
	pfnscope_forget(report->counters, PFNSCOPE_MEM_COUNTERS);
	pfnscope_forget(report->node_sums.kb, PFNSCOPE_MEM_COUNTERS);
	pfnscope_forget(report->zone_sums.kb, PFNSCOPE_MEM_COUNTERS);
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
	free(report->group_pids);
	free(report->tasks);
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
	pfnscope_forget(z->reserve_pages, PFNSCOPE_OOM_CLASSES);
}

/*
 * Doubling keeps it linear; the cap keeps a hostile log from growing it.
 * Return: @array with room for one more than @n, or NULL.
 */
static void *grow(void *array, size_t n, size_t most, size_t size)
{
	if (n >= most)
		return NULL;
	if (n && (n < 4 || (n & (n - 1))))
		return array;
	return realloc(array, (n < 4 ? 4 : 2 * n) * size);
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
	z = grow(report->zones, report->nr_zones, PFNSCOPE_OOM_ZONES,
		 sizeof(*z));
	if (!z)
		return NULL;
	report->zones = z;
	z = &report->zones[report->nr_zones++];
	zone_init(z, node, zone);
	return z;
}

/**
 * pfnscope_oom_report_task - room for one more row of the task table
 * @report: the report
 *
 * Return: the row, or NULL without memory or beyond PFNSCOPE_OOM_TASKS.
 */
struct pfnscope_oom_task *
pfnscope_oom_report_task(struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_task *task = grow(report->tasks, report->nr_tasks,
					      PFNSCOPE_OOM_TASKS,
					      sizeof(*task));

	report->tasks_seen++;
	if (!task)
		return NULL;
	report->tasks = task;
	return &report->tasks[report->nr_tasks++];
}

/**
 * pfnscope_oom_report_group - one more task died along with the victim
 * @report: the report
 * @pid: the task
 *
 * A paste of the console and of the journal tells each death twice.
 */
void pfnscope_oom_report_group(struct pfnscope_oom_report *report, int64_t pid)
{
	size_t n = (size_t)report->group_killed;
	int64_t *pids;

	if (pid == report->killed.pid)
		return;
	for (size_t i = 0; i < n && i < PFNSCOPE_OOM_GROUP; i++)
		if (report->group_pids[i] == pid)
			return;
	if (n < PFNSCOPE_OOM_GROUP) {
		pids = grow(report->group_pids, n, PFNSCOPE_OOM_GROUP, sizeof(*pids));
		if (!pids)
			return;
		pids[n] = pid;
		report->group_pids = pids;
	}
	report->group_killed++;
}
