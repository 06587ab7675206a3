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
	INTEGER(mlocked_kb, 0, "pages that tasks locked")		\
	INTEGER(cma_reserved, 0, "areas of CMA")

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
	INTEGER(usage_kb, SHOWN, "its usage")				\
	INTEGER(limit_kb, SHOWN, "its limit")				\
	INTEGER(failcnt, SHOWN, "times the limit was hit")

/* In the order of enum pfnscope_memcg_stat, then kernel memory of cgroup v1. */
#define STATS_ROW(INTEGER, STRING)					\
	INTEGER(anon_bytes, SHOWN, "memory of tasks")			\
	INTEGER(file_bytes, SHOWN, "page cache")			\
	INTEGER(cache_bytes, SHOWN, "page cache, cgroup v1")		\
	INTEGER(rss_bytes, SHOWN, "memory of tasks, cgroup v1")		\
	INTEGER(shmem_bytes, SHOWN, "shared memory and tmpfs")		\
	INTEGER(dirty_bytes, SHOWN, "page cache to be written, cgroup v1") \
	INTEGER(file_dirty_bytes, SHOWN, "page cache to be written")	\
	INTEGER(kernel_bytes, 0, "all kernel memory")			\
	INTEGER(kernel_stack_bytes, 0, "stacks of tasks")		\
	INTEGER(pagetables_bytes, 0, "page tables")			\
	INTEGER(percpu_bytes, 0, "per-CPU memory")			\
	INTEGER(sock_bytes, 0, "network buffers")			\
	INTEGER(vmalloc_bytes, 0, "vmalloc")				\
	INTEGER(slab_bytes, SHOWN, "slab caches")			\
	INTEGER(slab_reclaimable_bytes, 0, "slab caches that can shrink") \
	INTEGER(slab_unreclaimable_bytes, 0, "slab caches that cannot")	\
	INTEGER(total_cache_bytes, 0, "page cache with that of children") \
	INTEGER(total_rss_bytes, 0, "memory of tasks with children")	\
	INTEGER(total_dirty_bytes, 0, "page cache to be written with children") \
	INTEGER(kmem_usage_kb, SHOWN, "kernel memory, cgroup v1")

/* Before 4.19 the same in kB. */
#define STATS_KB_ROW(INTEGER, STRING)					\
	INTEGER(anon_kb, SHOWN, "memory of tasks")			\
	INTEGER(file_kb, SHOWN, "page cache")				\
	INTEGER(cache_kb, SHOWN, "page cache, cgroup v1")		\
	INTEGER(rss_kb, SHOWN, "memory of tasks, cgroup v1")		\
	INTEGER(shmem_kb, SHOWN, "shared memory and tmpfs")		\
	INTEGER(dirty_kb, SHOWN, "page cache to be written, cgroup v1")	\
	INTEGER(kmem_usage_kb, SHOWN, "kernel memory, cgroup v1")

PFNSCOPE_ROW(mem_info_pages, MEMORY_ROW)
PFNSCOPE_ROW(holder, HOLDER_ROW)
PFNSCOPE_ROW(dominant, DOMINANT_ROW)
PFNSCOPE_ROW(most, MOST_ROW)
PFNSCOPE_ROW(memcg, MEMCG_ROW)
PFNSCOPE_ROW(stats, STATS_ROW)
PFNSCOPE_ROW(stats_kb, STATS_KB_ROW)

_Static_assert(sizeof(struct mem_info_pages_row) ==
	       PFNSCOPE_MEM_COUNTERS * sizeof(int64_t),
	       "a field for each counter");
_Static_assert(sizeof(struct stats_row) ==
	       (PFNSCOPE_MEMCG_STATS + 1) * sizeof(int64_t),
	       "a field for each statistic");
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
		.usage_kb = memcg->usage_kb,
		.limit_kb = memcg->limit_kb,
		.failcnt = memcg->failcnt,
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
	const int64_t *stats = memcg->stats;
	struct stats_row row;
	struct stats_kb_row kb = {
		.anon_kb = stats[PFNSCOPE_MEMCG_ANON],
		.file_kb = stats[PFNSCOPE_MEMCG_FILE],
		.cache_kb = stats[PFNSCOPE_MEMCG_CACHE],
		.rss_kb = stats[PFNSCOPE_MEMCG_RSS],
		.shmem_kb = stats[PFNSCOPE_MEMCG_SHMEM],
		.dirty_kb = stats[PFNSCOPE_MEMCG_DIRTY],
		.kmem_usage_kb = memcg->kmem_usage_kb,
	};

	if (memcg->stats_in_kb)
		return pfnscope_row_table(&stats_kb_view, &kb);
	memcpy(&row, stats, sizeof(memcg->stats));
	row.kmem_usage_kb = memcg->kmem_usage_kb;
	return pfnscope_row_table(&stats_view, &row);
}
