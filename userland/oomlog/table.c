// SPDX-License-Identifier: GPL-2.0-only
/* The tables of a report: what was asked, zones, counters, tasks, slabs. */
#include <stdio.h>
#include <string.h>

#include "allocator/explain-table.h"
#include "oomlog/table.h"
#include "table/row.h"

#define SHOWN	PFNSCOPE_SHOWN

#define REQUEST_ROW(INTEGER, STRING)					\
	INTEGER(first_line, 0, "line of the log it begins at")		\
	STRING(stamp, 0, "what stood in front of that line: time, host, level") \
	STRING(kind, SHOWN, "oom, memcg_oom, allocation_failure")	\
	STRING(comm, SHOWN, "task that asked")				\
	INTEGER(pid, SHOWN, "its process id")				\
	STRING(gfp_mask, SHOWN, "flags of the request, as printed")	\
	STRING(gfp_flags, SHOWN, "their names, where the kernel printed them") \
	INTEGER(order, SHOWN, "two to this power pages in one block")	\
	STRING(failed, 0, "allocator that gave up: page, vmalloc, vmap, slab, cma, hugetlb, percpu") \
	INTEGER(vmalloc_bytes, 0, "size asked of vmalloc")		\
	INTEGER(failed_count, 0, "pages asked of a CMA area, huge pages asked for a pool") \
	INTEGER(failed_got, 0, "huge pages that the pool got, free pages of the area") \
	INTEGER(failed_of, 0, "pages of the area")			\
	INTEGER(failed_unit_kb, 0, "size of such a huge page")		\
	STRING(failed_where, 0, "CMA area, slab cache, node of huge pages, words of other allocators") \
	STRING(failed_memcg, 0, "cgroup that the slab cache was made for") \
	STRING(caller, SHOWN, "who asked: first function beyond the allocator, with its module") \
	STRING(panic_text, 0, "what the kernel said when it panicked")	\
	STRING(killer, 0, "who killed, if not the kernel's OOM killer") \
	INTEGER(group_killed, 0, "tasks killed along with the victim by memory.oom.group") \
	STRING(preferred_zone, SHOWN, "highest zone class it may use")	\
	STRING(nodemask, 0, "nodes it may use")				\
	STRING(cpuset, 0, "its cpuset")					\
	STRING(mems_allowed, 0, "nodes of the cpuset")			\
	STRING(constraint, 0, "what limited it, as the kernel names it") \
	INTEGER(oom_score_adj, 0, "of the task that asked")		\
	STRING(kernel_release, SHOWN, "kernel that printed the report")	\
	INTEGER(page_size_kb, 0, "size of a page")			\
	INTEGER(unaccounted_kb, 0, "memory that no counter of the report names; null where one is missing") \
	STRING(watermark_rule, 0, "how that kernel checks a zone")	\
	STRING(verdict_confidence, 0, "low where a figure that this kernel does not print could change a verdict")

#define ZONE_ROW(INTEGER, STRING)					\
	INTEGER(node, SHOWN, "NUMA node, where one is printed")		\
	STRING(zone, SHOWN, "zone of the node")				\
	INTEGER(free_kb, SHOWN, "in the buddy allocator")		\
	INTEGER(min_kb, SHOWN, "min watermark, boost included")		\
	INTEGER(low_kb, SHOWN, "low watermark, boost included")		\
	INTEGER(high_kb, SHOWN, "high watermark, boost included")	\
	INTEGER(managed_kb, SHOWN, "what the buddy allocator was given") \
	INTEGER(present_kb, 0, "without the holes")			\
	INTEGER(boost_kb, 0, "added to each watermark")			\
	INTEGER(free_cma_kb, 0, "free, for movable requests only")	\
	INTEGER(free_pcp_kb, 0, "on per-CPU lists")		\
	INTEGER(reserved_highatomic_kb, 0, "kept for high-order atomic requests") \
	INTEGER(free_highatomic_kb, 0, "free pages of that")			\
	INTEGER(free_list_total_kb, 0, "sum of the free list, as printed")

#define VICTIM_ROW(INTEGER, STRING)					\
	INTEGER(pid, SHOWN, "process that was killed")			\
	STRING(comm, SHOWN, "its name")					\
	INTEGER(total_vm_kb, 0, "its address space")			\
	INTEGER(anon_rss_kb, SHOWN, "anonymous memory, resident")			\
	INTEGER(file_rss_kb, SHOWN, "mapped page cache, resident")			\
	INTEGER(shmem_rss_kb, SHOWN, "shared memory and tmpfs")		\
	INTEGER(uid, 0, "its user")					\
	INTEGER(score, 0, "badness score, as kernels up to 5.2 print it")	\
	INTEGER(oom_score_adj, 0, "its oom_score_adj")

#define TASK_ROW(INTEGER, STRING)					\
	INTEGER(pid, SHOWN, "process")					\
	STRING(comm, SHOWN, "its name")					\
	INTEGER(rss_pages, SHOWN, "resident pages")			\
	INTEGER(swapents, SHOWN, "pages in swap")			\
	INTEGER(pgtables_bytes, 0, "page tables, since 4.15")		\
	INTEGER(pgtables_pages, 0, "page tables, up to 4.14")		\
	INTEGER(total_vm_pages, 0, "address space")			\
	INTEGER(uid, 0, "user")						\
	INTEGER(oom_score_adj, SHOWN, "its oom_score_adj, -1000 to 1000") \
	INTEGER(oom_adj, 0, "its oom_adj up to 2.6.35, -17 to 15")

#define SLAB_ROW(INTEGER, STRING)					\
	STRING(cache, SHOWN, "slab cache")				\
	INTEGER(total_kb, SHOWN, "memory of its slabs")

#define SITE_ROW(INTEGER, STRING)					\
	STRING(function, SHOWN, "function of the kernel that allocated")	\
	STRING(module, SHOWN, "its module")				\
	STRING(place, SHOWN, "file and line")				\
	INTEGER(kb, SHOWN, "what it allocated and nobody freed, three digits of it") \
	INTEGER(calls, SHOWN, "in so many allocations")

#define LIST_ROW(INTEGER, STRING)					\
	INTEGER(line, SHOWN, "line of the log that the report begins at")	\
	STRING(kind, SHOWN, "oom, memcg_oom, allocation_failure")	\
	STRING(comm, SHOWN, "task that asked")				\
	INTEGER(order, SHOWN, "two to this power pages in one block")	\
	STRING(gfp, SHOWN, "flags of the request, as printed")		\
	STRING(zone, SHOWN, "zone that is short by most")		\
	STRING(killed, SHOWN, "process that was killed")		\
	STRING(stamp, SHOWN, "what stood in front of that line: time, host, level")

PFNSCOPE_ROW(list, LIST_ROW)
PFNSCOPE_ROW(request, REQUEST_ROW)
PFNSCOPE_ROW(zone, ZONE_ROW)
PFNSCOPE_ROW(victim, VICTIM_ROW)
PFNSCOPE_ROW(task, TASK_ROW)
PFNSCOPE_ROW(slab, SLAB_ROW)
PFNSCOPE_ROW(site, SITE_ROW)

const struct pfnscope_view pfnscope_oom_view_request = PFNSCOPE_ROW_VIEW(request);
const struct pfnscope_view pfnscope_oom_view_zone = PFNSCOPE_ROW_VIEW(zone);
const struct pfnscope_view pfnscope_oom_view_victim = PFNSCOPE_ROW_VIEW(victim);
const struct pfnscope_view pfnscope_oom_view_task = PFNSCOPE_ROW_VIEW(task);
const struct pfnscope_view pfnscope_oom_view_slab = PFNSCOPE_ROW_VIEW(slab);
const struct pfnscope_view pfnscope_oom_view_site = PFNSCOPE_ROW_VIEW(site);

/**
 * pfnscope_oom_kind_name - name of a kind of report
 * @kind: the kind
 *
 * Return: the name, NULL for a dump without a request.
 */
const char *pfnscope_oom_kind_name(enum pfnscope_oom_kind kind)
{
	static const char *const names[PFNSCOPE_OOM_KINDS] = {
		[PFNSCOPE_OOM_GLOBAL] = "oom",
		[PFNSCOPE_OOM_MEMCG] = "memcg_oom",
		[PFNSCOPE_OOM_ALLOC_FAILURE] = "allocation_failure",
		[PFNSCOPE_OOM_ALLOC_STALL] = "allocation_stall",
		[PFNSCOPE_OOM_POLICY_KILL] = "policy_kill",
	};

	return names[kind];
}

static const char *text(const char *string)
{
	return *string ? string : NULL;
}

/**
 * pfnscope_oom_table_request - what was asked, by whom, of which kernel
 * @report: the report
 * @answer: its answer
 *
 * Return: a table of one row.
 */
struct pfnscope_table *
pfnscope_oom_table_request(const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer)
{
	bool zones = answer->nr_verdicts > 0;
	char mask[24];
	struct request_row row = {
		.first_line = (int64_t)report->first_line,
		.stamp = text(report->stamp),
		.kind = pfnscope_oom_kind_name(report->kind),
		.comm = text(report->comm),
		.pid = report->pid,
		.gfp_mask = report->has_gfp ? mask : NULL,
		.gfp_flags = text(report->gfp_flags),
		.order = report->order,
		.failed = text(report->failure.what),
		.vmalloc_bytes = report->failure.vmalloc_bytes,
		.failed_count = report->failure.count,
		.failed_got = report->failure.got,
		.failed_of = report->failure.of,
		.failed_unit_kb = report->failure.unit_kb,
		.failed_where = text(report->failure.where),
		.failed_memcg = text(report->failure.memcg),
		.caller = text(report->trace.caller),
		.panic_text = text(report->panic),
		.killer = text(report->killer),
		.group_killed = report->group_killed,
		.preferred_zone = answer->preferred_known ?
			pfnscope_class_name(answer->preferred) : NULL,
		.nodemask = text(report->nodemask),
		.cpuset = text(report->cpuset),
		.mems_allowed = text(report->mems_allowed),
		.constraint = text(report->constraint),
		.oom_score_adj = report->score_adj,
		.kernel_release = text(report->era.release),
		.page_size_kb = answer->page_kb,
		.unaccounted_kb = answer->dominant.unaccounted_kb,
		.watermark_rule = zones ? answer->rules.name : NULL,
		.verdict_confidence = answer->uncertain ? "low" : "high",
	};

	snprintf(mask, sizeof(mask), "0x%llx",
		 (unsigned long long)report->gfp_mask);
	return pfnscope_row_table(&request_view, &row);
}

/**
 * pfnscope_oom_table_zones - the zones as printed
 * @report: the report
 *
 * Return: a table; row i is zone i of the report.
 */
struct pfnscope_table *
pfnscope_oom_table_zones(const struct pfnscope_oom_report *report)
{
	struct pfnscope_table *table = pfnscope_table_new(&zone_view);

	for (size_t i = 0; i < report->nr_zones; i++) {
		const struct pfnscope_oom_zone *z = &report->zones[i];
		struct zone_row row = {
			.node = z->node,
			.zone = z->zone,
			.free_kb = z->free_kb,
			.min_kb = z->min_kb,
			.low_kb = z->low_kb,
			.high_kb = z->high_kb,
			.managed_kb = z->managed_kb,
			.present_kb = z->present_kb,
			.boost_kb = z->boost_kb,
			.free_cma_kb = z->free_cma_kb,
			.free_pcp_kb = z->free_pcp_kb,
			.reserved_highatomic_kb = z->reserved_highatomic_kb,
			.free_highatomic_kb = z->free_highatomic_kb,
			.free_list_total_kb = z->list_total_kb,
		};

		pfnscope_row_add(table, &row);
	}
	return table;
}

/**
 * pfnscope_oom_table_victim - who was killed
 * @victim: the victim
 *
 * Return: a table of one row.
 */
struct pfnscope_table *
pfnscope_oom_table_victim(const struct pfnscope_oom_victim *victim)
{
	struct victim_row row = {
		.pid = victim->pid,
		.comm = text(victim->comm),
		.total_vm_kb = victim->total_vm_kb,
		.anon_rss_kb = victim->anon_kb,
		.file_rss_kb = victim->file_kb,
		.shmem_rss_kb = victim->shmem_kb,
		.uid = victim->uid,
		.score = victim->score,
		.oom_score_adj = victim->score_adj,
	};

	return pfnscope_row_table(&victim_view, &row);
}

static size_t kept(size_t seen)
{
	return seen < PFNSCOPE_OOM_TOP ? seen : PFNSCOPE_OOM_TOP;
}

/**
 * pfnscope_oom_table_tasks - the largest tasks of the dump
 * @report: the report
 *
 * Return: a table, largest first.
 */
struct pfnscope_table *
pfnscope_oom_table_tasks(const struct pfnscope_oom_report *report)
{
	struct pfnscope_table *table = pfnscope_table_new(&task_view);

	for (size_t i = 0; i < kept(report->nr_tasks); i++) {
		const struct pfnscope_oom_task *task = &report->tasks[i];
		struct task_row row = {
			.pid = task->pid,
			.comm = text(task->comm),
			.rss_pages = task->rss_pages,
			.swapents = task->swap_pages,
			.pgtables_bytes = task->pgtables_bytes,
			.pgtables_pages = task->pgtables_pages,
			.total_vm_pages = task->total_vm_pages,
			.uid = task->uid,
			.oom_adj = task->oom_adj,
			.oom_score_adj = task->score_adj,
		};

		pfnscope_row_add(table, &row);
	}
	return table;
}

/**
 * pfnscope_oom_table_slabs - the largest unreclaimable slab caches
 * @report: the report
 *
 * Return: a table, largest first.
 */
struct pfnscope_table *
pfnscope_oom_table_slabs(const struct pfnscope_oom_report *report)
{
	struct pfnscope_table *table = pfnscope_table_new(&slab_view);

	for (size_t i = 0; i < kept(report->nr_slabs); i++) {
		struct slab_row row = {
			.cache = report->slabs[i].name,
			.total_kb = report->slabs[i].total_kb,
		};

		pfnscope_row_add(table, &row);
	}
	return table;
}

/**
 * pfnscope_oom_table_sites - who allocated most
 * @report: the report
 *
 * Return: a table, largest first.
 */
struct pfnscope_table *
pfnscope_oom_table_sites(const struct pfnscope_oom_report *report)
{
	struct pfnscope_table *table = pfnscope_table_new(&site_view);

	for (size_t i = 0; i < report->nr_sites; i++) {
		const struct pfnscope_oom_site *site = &report->sites[i];
		struct site_row row = {
			.function = site->function,
			.module = text(site->module),
			.place = site->place,
			.kb = site->kb,
			.calls = site->calls,
		};

		pfnscope_row_add(table, &row);
	}
	return table;
}

/**
 * pfnscope_oom_list_new - an empty list of reports
 *
 * Return: a table for pfnscope_oom_list_add().
 */
struct pfnscope_table *pfnscope_oom_list_new(void)
{
	return pfnscope_table_new(&list_view);
}

/* Of a small zone most may be kept for others: that is no shortage. */
static int64_t weight(const struct pfnscope_verdict *v)
{
	return v->reason == PFNSCOPE_REASON_RESERVE ? 0 :
	       pfnscope_verdict_shortage(v);
}

/* The zone that is short of most, else the first that does not serve. */
static const struct pfnscope_verdict *
worst(const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_verdict *worst = NULL;

	for (size_t i = 0; i < answer->nr_verdicts; i++) {
		const struct pfnscope_verdict *v = &answer->verdicts[i];

		if (pfnscope_verdict_passes(v) == PFNSCOPE_PASSES_NO &&
		    (!worst || weight(v) > weight(worst)))
			worst = v;
	}
	return worst;
}

/**
 * pfnscope_oom_list_add - one line for a report
 * @list: the list
 * @report: the report
 * @answer: its answer
 */
void pfnscope_oom_list_add(struct pfnscope_table *list,
			   const struct pfnscope_oom_report *report,
			   const struct pfnscope_oom_answer *answer)
{
	const struct pfnscope_verdict *v = worst(answer);
	char mask[24], zone[40];
	struct list_row row = {
		.line = (int64_t)report->first_line,
		.kind = pfnscope_oom_kind_name(report->kind),
		.comm = text(report->comm),
		.order = report->order,
		.gfp = report->has_gfp ? mask : NULL,
		.zone = v ? zone : NULL,
		.killed = text(report->killed.comm),
		.stamp = text(report->stamp),
	};

	snprintf(mask, sizeof(mask), "0x%llx",
		 (unsigned long long)report->gfp_mask);
	if (v)
		pfnscope_verdict_zone(v, zone, sizeof(zone));
	pfnscope_row_add(list, &row);
}
