// SPDX-License-Identifier: GPL-2.0-only
/* The tables of a report: the machine's memory, and that of a cgroup. */
#include <string.h>

#include "oomlog/table.h"
#include "table/row.h"

#define SHOWN	PFNSCOPE_SHOWN

#define COUNTER(integer, upper, lower, flags, help) \
	integer(lower, flags, help)
#define MEMORY_ROW(INTEGER, STRING) \
	PFNSCOPE_MEM_LIST(COUNTER, INTEGER)

#define HOLDER(integer, upper, lower, help)	integer(lower, SHOWN, help)
#define HOLDER_ROW(INTEGER, STRING) \
	PFNSCOPE_HOLDER_LIST(HOLDER, INTEGER) \
	INTEGER(anon_lru_incl_shmem, 0, "the anon lists as printed") \
	INTEGER(free, SHOWN, "in the buddy allocator") \
	INTEGER(total_usable, SHOWN, "what the kernel manages") \
	STRING(total_from, 0, "where the total comes from, if not from the last lines")

#define DOMINANT_ROW(INTEGER, STRING)					\
	STRING(category, SHOWN, "largest holder of memory")		\
	INTEGER(kb, SHOWN, "what it holds")

#define MOST_ROW(INTEGER, STRING)					\
	STRING(category, SHOWN, "largest of holders, of free memory and of what no counter names") \
	INTEGER(kb, SHOWN, "its size")

#define MEMCG_ROW(INTEGER, STRING)					\
	STRING(path, SHOWN, "memory cgroup whose limit it was")		\
	STRING(task_path, SHOWN, "memory cgroup of the victim")		\
	INTEGER(version, SHOWN, "of the cgroup interface, where the lines tell") \
	INTEGER(usage_kb, SHOWN, "its usage")				\
	INTEGER(limit_kb, SHOWN, "its limit, null without one")		\
	INTEGER(failcnt, SHOWN, "times the limit was hit")		\
	INTEGER(swap_usage_kb, SHOWN, "in swap, cgroup v2")		\
	INTEGER(swap_limit_kb, 0, "limit of it")			\
	INTEGER(swap_failcnt, 0, "times that limit was hit")		\
	INTEGER(memsw_usage_kb, SHOWN, "memory and swap, cgroup v1")	\
	INTEGER(memsw_limit_kb, 0, "limit of both")			\
	INTEGER(memsw_failcnt, 0, "times that limit was hit")		\
	INTEGER(kmem_usage_kb, SHOWN, "kernel memory, cgroup v1")	\
	INTEGER(kmem_limit_kb, 0, "limit of it")			\
	INTEGER(kmem_failcnt, 0, "times that limit was hit")		\
	STRING(limits, 0, "\"none\" where the log says that memory has no limit")

#define STAT_BYTES(integer, upper, lower, flags, help) \
	integer(lower##_bytes, flags, help)
#define STATS_ROW(INTEGER, STRING)					\
	PFNSCOPE_MEMCG_STAT_LIST(STAT_BYTES, INTEGER)			\
	INTEGER(kmem_usage_kb, SHOWN, "kernel memory, cgroup v1")

/* Before 4.19 the same in kB. */
#define STAT_KB(integer, upper, lower, flags, help) \
	integer(lower##_kb, flags, help)
#define STATS_KB_ROW(INTEGER, STRING)					\
	PFNSCOPE_MEMCG_STAT_LIST(STAT_KB, INTEGER)			\
	INTEGER(kmem_usage_kb, SHOWN, "kernel memory, cgroup v1")

PFNSCOPE_ROW(mem_info_pages, MEMORY_ROW)
PFNSCOPE_ROW(holder, HOLDER_ROW)
PFNSCOPE_ROW(dominant, DOMINANT_ROW)
PFNSCOPE_ROW(most, MOST_ROW)
PFNSCOPE_ROW(memcg, MEMCG_ROW)
PFNSCOPE_ROW(stats, STATS_ROW)
PFNSCOPE_ROW(stats_kb, STATS_KB_ROW)

const struct pfnscope_view pfnscope_oom_view_memory = PFNSCOPE_ROW_VIEW(mem_info_pages);
const struct pfnscope_view pfnscope_oom_view_holder = PFNSCOPE_ROW_VIEW(holder);
const struct pfnscope_view pfnscope_oom_view_dominant = PFNSCOPE_ROW_VIEW(dominant);
const struct pfnscope_view pfnscope_oom_view_most = PFNSCOPE_ROW_VIEW(most);
const struct pfnscope_view pfnscope_oom_view_memcg = PFNSCOPE_ROW_VIEW(memcg);
const struct pfnscope_view pfnscope_oom_view_stats = PFNSCOPE_ROW_VIEW(stats);
const struct pfnscope_view pfnscope_oom_view_stats_kb = PFNSCOPE_ROW_VIEW(stats_kb);

_Static_assert(sizeof(struct mem_info_pages_row) ==
	       PFNSCOPE_MEM_COUNTERS * sizeof(int64_t),
	       "a field for each counter");
_Static_assert(sizeof(struct stats_row) ==
	       (PFNSCOPE_MEMCG_STATS + 1) * sizeof(int64_t),
	       "a field for each statistic");
_Static_assert(sizeof(struct stats_kb_row) == sizeof(struct stats_row),
	       "the same statistics in both units");
_Static_assert(offsetof(struct holder_row, anon_lru_incl_shmem) ==
	       PFNSCOPE_HOLDERS * sizeof(int64_t), "a field for each holder");

/**
 * pfnscope_oom_table_memory - the counters of the machine
 * @report: the report
 *
 * Return: a table of one row.
 */
struct pfnscope_table *
pfnscope_oom_table_memory(const struct pfnscope_oom_report *report)
{
	return pfnscope_row_table(&mem_info_pages_view, report->counters);
}

/**
 * pfnscope_oom_table_dominant - the largest holder
 * @dominant: what held the memory
 *
 * Return: a table of one row.
 */
struct pfnscope_table *
pfnscope_oom_table_dominant(const struct pfnscope_oom_dominant *dominant)
{
	struct dominant_row row = {
		.category = *dominant->category ? dominant->category : NULL,
		.kb = dominant->kb,
	};

	return pfnscope_row_table(&dominant_view, &row);
}

/**
 * pfnscope_oom_table_most - the largest part of memory, free memory included
 * @dominant: what held the memory
 *
 * Return: a table of one row.
 */
struct pfnscope_table *
pfnscope_oom_table_most(const struct pfnscope_oom_dominant *dominant)
{
	struct most_row row = {
		.category = *dominant->most ? dominant->most : NULL,
		.kb = dominant->most_kb,
	};

	return pfnscope_row_table(&most_view, &row);
}

/**
 * pfnscope_oom_table_holders - all holders
 * @dominant: what held the memory
 *
 * Return: a table of one row.
 */
struct pfnscope_table *
pfnscope_oom_table_holders(const struct pfnscope_oom_dominant *dominant)
{
	struct holder_row row = {
		.anon_lru_incl_shmem = dominant->anon_lru_kb,
		.free = dominant->free_kb,
		.total_usable = dominant->usable_kb,
		.total_from = dominant->from_managed ?
			"sum of managed (no reserved line)" : NULL,
	};

	memcpy(&row, dominant->hold, sizeof(dominant->hold));
	return pfnscope_row_table(&holder_view, &row);
}

/**
 * pfnscope_oom_table_memcg - the cgroup that reached its limit
 * @memcg: the cgroup
 *
 * Return: a table of one row.
 */
struct pfnscope_table *
pfnscope_oom_table_memcg(const struct pfnscope_oom_memcg *memcg)
{
	struct memcg_row row = {
		.path = *memcg->path ? memcg->path : NULL,
		.task_path = *memcg->task_path ? memcg->task_path : NULL,
		.version = memcg->version ? memcg->version : PFNSCOPE_MISSING,
		.usage_kb = memcg->memory.usage_kb,
		.limit_kb = memcg->memory.limit_kb,
		.failcnt = memcg->memory.failcnt,
		.swap_usage_kb = memcg->swap.usage_kb,
		.swap_limit_kb = memcg->swap.limit_kb,
		.swap_failcnt = memcg->swap.failcnt,
		.memsw_usage_kb = memcg->memsw.usage_kb,
		.memsw_limit_kb = memcg->memsw.limit_kb,
		.memsw_failcnt = memcg->memsw.failcnt,
		.kmem_usage_kb = memcg->kmem.usage_kb,
		.kmem_limit_kb = memcg->kmem.limit_kb,
		.kmem_failcnt = memcg->kmem.failcnt,
		.limits = memcg->memory.unlimited ? "none" : NULL,
	};

	return pfnscope_row_table(&memcg_view, &row);
}

/**
 * pfnscope_oom_table_stats - what the cgroup's memory was
 * @memcg: the cgroup
 *
 * Return: a table of one row, in the unit that the kernel printed.
 */
struct pfnscope_table *
pfnscope_oom_table_stats(const struct pfnscope_oom_memcg *memcg)
{
	struct stats_row row;

	memcpy(&row, memcg->stats, sizeof(memcg->stats));
	row.kmem_usage_kb = memcg->kmem.usage_kb;
	return pfnscope_row_table(memcg->stats_in_kb ? &stats_kb_view :
						       &stats_view, &row);
}
