// SPDX-License-Identifier: GPL-2.0-only
/* The tables of a report: the machine's memory, and that of a cgroup. */
#include <string.h>

#include "oomlog/table.h"
#include "table/row.h"

#define SHOWN	PFNSCOPE_SHOWN

/* In the order of enum pfnscope_oom_counter. */
#define MEMORY_ROW(INTEGER, STRING)					\
	INTEGER(active_anon, SHOWN, "pages of tasks, used lately")	\
	INTEGER(inactive_anon, SHOWN, "pages of tasks, not used lately") \
	INTEGER(isolated_anon, 0, "pages of tasks in reclaim's hands")	\
	INTEGER(active_file, SHOWN, "page cache, used lately")		\
	INTEGER(inactive_file, SHOWN, "page cache, not used lately")	\
	INTEGER(isolated_file, 0, "page cache in reclaim's hands")	\
	INTEGER(active, SHOWN, "active list of kernels up to 2.6.27")	\
	INTEGER(inactive, SHOWN, "inactive list of kernels up to 2.6.27") \
	INTEGER(unevictable, SHOWN, "locked and ramfs pages")		\
	INTEGER(dirty, 0, "page cache to be written")			\
	INTEGER(writeback, 0, "page cache being written")		\
	INTEGER(slab, SHOWN, "slab caches of kernels up to 2.6.31")	\
	INTEGER(slab_reclaimable, SHOWN, "slab caches that can shrink")	\
	INTEGER(slab_unreclaimable, SHOWN, "slab caches that cannot")	\
	INTEGER(mapped, 0, "page cache mapped by tasks")		\
	INTEGER(shmem, SHOWN, "shared memory and tmpfs")		\
	INTEGER(pagetables, SHOWN, "page tables")			\
	INTEGER(sec_pagetables, 0, "page tables of guests and IOMMUs")	\
	INTEGER(bounce, 0, "bounce buffers")				\
	INTEGER(free, SHOWN, "in the buddy allocator")			\
	INTEGER(free_pcp, 0, "in per-CPU lists")			\
	INTEGER(free_cma, 0, "free, for movable requests only")		\
	INTEGER(pagecache, 0, "page cache and swap cache")		\
	INTEGER(pages_ram, 0, "pages of the machine")			\
	INTEGER(pages_reserved, 0, "of them not managed")		\
	INTEGER(pages_highmem, 0, "in HighMem and Movable")		\
	INTEGER(swap_free_kb, SHOWN, "free swap")			\
	INTEGER(swap_total_kb, SHOWN, "swap")				\
	INTEGER(kernel_stack_kb, 0, "stacks of tasks")			\
	INTEGER(hugepages_kb, 0, "pools of huge pages, used or not")	\
	INTEGER(hugepages_free_kb, 0, "of them not used")		\
	INTEGER(mlocked_kb, 0, "locked by tasks")			\
	INTEGER(swap_cache, 0, "pages in swap and in memory")		\
	INTEGER(cma_reserved, 0, "areas of contiguous memory")	\
	INTEGER(pages_hwpoisoned, 0, "broken, not used any more")

/* In the order of enum pfnscope_oom_holder. */
#define HOLDER_ROW(INTEGER, STRING)					\
	INTEGER(anon, SHOWN, "memory of tasks, without shmem")		\
	INTEGER(file, SHOWN, "page cache")				\
	INTEGER(shmem, SHOWN, "shared memory and tmpfs")		\
	INTEGER(lru_active_plus_inactive_not_split, SHOWN,		\
		"tasks and page cache of kernels that do not split them") \
	INTEGER(unevictable, SHOWN, "locked and ramfs pages")		\
	INTEGER(slab_unreclaimable, SHOWN, "slab caches that cannot shrink") \
	INTEGER(slab_reclaimable, SHOWN, "slab caches that can shrink")	\
	INTEGER(slab_not_split, SHOWN, "slab caches of kernels that do not split them") \
	INTEGER(kernel_stack, SHOWN, "stacks of tasks")			\
	INTEGER(pagetables, SHOWN, "page tables")			\
	INTEGER(hugepages, SHOWN, "pools of huge pages, used or not")	\
	INTEGER(unaccounted, SHOWN, "drivers, vmalloc, balloons: no counter of the report") \
	INTEGER(anon_lru_incl_shmem, 0, "the anon lists as printed")	\
	INTEGER(free, SHOWN, "in the buddy allocator")			\
	INTEGER(total_usable, SHOWN, "what the kernel manages")		\
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

/* In the order of enum pfnscope_memcg_stat, then kernel memory of cgroup v1. */
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
