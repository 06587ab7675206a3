/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One OOM or allocation-failure report as the log tells it. Everything the log
 * does not hold stays PFNSCOPE_MISSING or empty; nothing is filled in.
 */
#ifndef PFNSCOPE_OOMLOG_REPORT_H
#define PFNSCOPE_OOMLOG_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/checked.h"
#include "base/release.h"

#define PFNSCOPE_OOM_ORDERS	20
#define PFNSCOPE_OOM_CLASSES	8
#define PFNSCOPE_OOM_ZONES	512	/* zones kept of one report */
#define PFNSCOPE_OOM_TASKS	8192	/* tasks kept */
#define PFNSCOPE_OOM_GROUP	4096	/* of the tasks killed along with one */
#define PFNSCOPE_OOM_TOP	10	/* tasks shown, slab caches kept */

enum pfnscope_oom_kind {
	PFNSCOPE_OOM_UNKNOWN,		/* a memory dump without a request */
	PFNSCOPE_OOM_GLOBAL,
	PFNSCOPE_OOM_MEMCG,
	PFNSCOPE_OOM_ALLOC_FAILURE,
	PFNSCOPE_OOM_ALLOC_STALL,	/* 4.10 to 4.14 warned of slow ones too */
	PFNSCOPE_OOM_POLICY_KILL,	/* systemd-oomd, lowmemorykiller, lmkd */
	PFNSCOPE_OOM_KINDS
};

/*
 * Counters of the machine: pages, but for those in kB, which the kernel prints so.
 * Each is X(more, NAME, name, flags, help).
 */
#define PFNSCOPE_MEM_LIST(X, more)					\
	X(more, ACTIVE_ANON, active_anon, PFNSCOPE_SHOWN, "anonymous pages, active list") \
	X(more, INACTIVE_ANON, inactive_anon, PFNSCOPE_SHOWN, "anonymous pages, inactive list") \
	X(more, ISOLATED_ANON, isolated_anon, 0, "anonymous pages, isolated from their list") \
	X(more, ACTIVE_FILE, active_file, PFNSCOPE_SHOWN, "page cache, active list") \
	X(more, INACTIVE_FILE, inactive_file, PFNSCOPE_SHOWN, "page cache, inactive list") \
	X(more, ISOLATED_FILE, isolated_file, 0, "page cache, isolated from its list") \
	X(more, ACTIVE, active, PFNSCOPE_SHOWN, "active list of kernels up to 2.6.27") \
	X(more, INACTIVE, inactive, PFNSCOPE_SHOWN, "inactive list of kernels up to 2.6.27") \
	X(more, UNEVICTABLE, unevictable, PFNSCOPE_SHOWN, "unevictable pages: mlock, ramfs") \
	X(more, DIRTY, dirty, 0, "dirty page cache") \
	X(more, WRITEBACK, writeback, 0, "page cache under writeback") \
	X(more, SLAB, slab, PFNSCOPE_SHOWN, "slab caches of kernels up to 2.6.31") \
	X(more, SLAB_RECLAIMABLE, slab_reclaimable, PFNSCOPE_SHOWN, "reclaimable slab caches") \
	X(more, SLAB_UNRECLAIMABLE, slab_unreclaimable, PFNSCOPE_SHOWN, "unreclaimable slab caches") \
	X(more, MAPPED, mapped, 0, "page cache mapped by tasks") \
	X(more, SHMEM, shmem, PFNSCOPE_SHOWN, "shared memory and tmpfs") \
	X(more, PAGETABLES, pagetables, PFNSCOPE_SHOWN, "page tables") \
	X(more, SEC_PAGETABLES, sec_pagetables, 0, "page tables of guests and IOMMUs") \
	X(more, BOUNCE, bounce, 0, "bounce buffers") \
	X(more, FREE, free, PFNSCOPE_SHOWN, "in the buddy allocator") \
	X(more, FREE_PCP, free_pcp, 0, "on per-CPU lists") \
	X(more, FREE_CMA, free_cma, 0, "free, for movable requests only") \
	X(more, PAGECACHE, pagecache, 0, "page cache and swap cache") \
	X(more, RAM, pages_ram, 0, "pages of the machine") \
	X(more, RESERVED, pages_reserved, 0, "of them reserved, not managed") \
	X(more, HIGHMEM, pages_highmem, 0, "in HighMem and Movable") \
	X(more, SWAP_FREE_KB, swap_free_kb, PFNSCOPE_SHOWN, "free swap") \
	X(more, SWAP_TOTAL_KB, swap_total_kb, PFNSCOPE_SHOWN, "swap") \
	X(more, KERNEL_STACK_KB, kernel_stack_kb, 0, "kernel stacks") \
	X(more, HUGEPAGES_KB, hugepages_kb, 0, "pools of huge pages, used or not") \
	X(more, HUGEPAGES_FREE_KB, hugepages_free_kb, 0, "of them free") \
	X(more, MLOCKED_KB, mlocked_kb, 0, "locked by mlock()") \
	X(more, BALLOON_KB, balloon_kb, 0, "given back to the host by a balloon, where the kernel counts it") \
	X(more, GPU_ACTIVE_KB, gpu_active_kb, 0, "buffers of GPU drivers, where the kernel counts them") \
	X(more, GPU_RECLAIM_KB, gpu_reclaim_kb, 0, "kept by GPU drivers for the next buffers") \
	X(more, SWAPCACHE, swap_cache, 0, "in the swap cache: in memory and in swap") \
	X(more, CMA_RESERVED, cma_reserved, 0, "areas of the contiguous memory allocator") \
	X(more, HWPOISONED, pages_hwpoisoned, 0, "taken out because the hardware failed")

#define PFNSCOPE_MEM_COUNTER(more, upper, lower, flags, help) \
	PFNSCOPE_MEM_##upper,

enum pfnscope_oom_counter {
	PFNSCOPE_MEM_LIST(PFNSCOPE_MEM_COUNTER, )
	PFNSCOPE_MEM_COUNTERS
};

/*
 * Statistics of a memory cgroup, as memory.stat names them: v2 and later v1
 * in bytes, v1 before 4.19 in kB. Each is X(more, NAME, name, flags, help).
 */
#define PFNSCOPE_MEMCG_STAT_LIST(X, more)				\
	X(more, ANON, anon, PFNSCOPE_SHOWN, "anonymous memory") \
	X(more, FILE, file, PFNSCOPE_SHOWN, "page cache") \
	X(more, CACHE, cache, PFNSCOPE_SHOWN, "page cache, cgroup v1") \
	X(more, RSS, rss, PFNSCOPE_SHOWN, "anonymous memory, cgroup v1") \
	X(more, RSS_HUGE, rss_huge, 0, "of it huge pages, cgroup v1") \
	X(more, SHMEM, shmem, PFNSCOPE_SHOWN, "shared memory and tmpfs") \
	X(more, DIRTY, dirty, PFNSCOPE_SHOWN, "dirty page cache, cgroup v1") \
	X(more, FILE_DIRTY, file_dirty, PFNSCOPE_SHOWN, "dirty page cache") \
	X(more, WRITEBACK, writeback, 0, "page cache under writeback, cgroup v1") \
	X(more, FILE_WRITEBACK, file_writeback, 0, "page cache under writeback") \
	X(more, MAPPED_FILE, mapped_file, 0, "page cache mapped by tasks, cgroup v1") \
	X(more, FILE_MAPPED, file_mapped, 0, "page cache mapped by tasks") \
	X(more, KERNEL, kernel, 0, "all kernel memory") \
	X(more, KERNEL_STACK, kernel_stack, 0, "kernel stacks") \
	X(more, PAGETABLES, pagetables, 0, "page tables") \
	X(more, SEC_PAGETABLES, sec_pagetables, 0, "page tables of guests and IOMMUs") \
	X(more, PERCPU, percpu, 0, "per-CPU memory") \
	X(more, SOCK, sock, 0, "network buffers") \
	X(more, VMALLOC, vmalloc, 0, "vmalloc") \
	X(more, SLAB, slab, PFNSCOPE_SHOWN, "slab caches") \
	X(more, SLAB_RECLAIMABLE, slab_reclaimable, 0, "reclaimable slab caches") \
	X(more, SLAB_UNRECLAIMABLE, slab_unreclaimable, 0, "unreclaimable slab caches") \
	X(more, HUGETLB, hugetlb, 0, "huge pages of hugetlb") \
	X(more, ANON_THP, anon_thp, 0, "anonymous memory in huge pages") \
	X(more, FILE_THP, file_thp, 0, "page cache in huge pages") \
	X(more, SHMEM_THP, shmem_thp, 0, "shared memory in huge pages") \
	X(more, SWAP, swap, 0, "in swap, cgroup v1") \
	X(more, SWAPCACHED, swapcached, 0, "in the swap cache: in memory and in swap") \
	X(more, ZSWAP, zswap, 0, "what zswap takes, compressed") \
	X(more, ZSWAPPED, zswapped, 0, "what is in zswap, uncompressed") \
	X(more, ACTIVE_ANON, active_anon, 0, "anonymous memory, active list") \
	X(more, INACTIVE_ANON, inactive_anon, 0, "anonymous memory, inactive list") \
	X(more, ACTIVE_FILE, active_file, 0, "page cache, active list") \
	X(more, INACTIVE_FILE, inactive_file, 0, "page cache, inactive list") \
	X(more, UNEVICTABLE, unevictable, 0, "unevictable pages: mlock, ramfs") \
	X(more, TOTAL_CACHE, total_cache, 0, "page cache with that of children") \
	X(more, TOTAL_RSS, total_rss, 0, "anonymous memory with that of children") \
	X(more, TOTAL_SHMEM, total_shmem, 0, "shared memory with that of children") \
	X(more, TOTAL_DIRTY, total_dirty, 0, "dirty page cache with that of children") \
	X(more, TOTAL_SWAP, total_swap, 0, "in swap with children")

#define PFNSCOPE_MEMCG_STAT(more, upper, lower, flags, help) \
	PFNSCOPE_MEMCG_##upper,

enum pfnscope_memcg_stat {
	PFNSCOPE_MEMCG_STAT_LIST(PFNSCOPE_MEMCG_STAT, )
	PFNSCOPE_MEMCG_STATS
};

struct pfnscope_oom_zone {
	int64_t node;
	char zone[16];
	int64_t free_kb;
	int64_t boost_kb;
	int64_t min_kb;
	int64_t low_kb;
	int64_t high_kb;
	int64_t present_kb;
	int64_t managed_kb;
	int64_t reserved_highatomic_kb;
	int64_t free_highatomic_kb;
	int64_t free_cma_kb;
	int64_t free_pcp_kb;
	int64_t kernel_stack_kb;
	int64_t reserve_pages[PFNSCOPE_OOM_CLASSES];
	unsigned int reserves;
	int64_t list_blocks[PFNSCOPE_OOM_ORDERS];	/* by position */
	uint32_t list_types[PFNSCOPE_OOM_ORDERS];
	char list_letters[PFNSCOPE_OOM_ORDERS][8];	/* the same, as printed */
	unsigned int list_orders;
	int64_t list_block_kb;		/* size of the first column */
	int64_t list_total_kb;
	bool list_whole;		/* it was read up to "= 4kB" */
	bool has_line;			/* a zone line, not a list alone */
};

/* One row of the task table; kernels differ in what they print. */
struct pfnscope_oom_task {
	size_t row;
	int64_t pid;
	char comm[32];
	int64_t uid;
	int64_t tgid;
	int64_t total_vm_pages;
	int64_t rss_pages;
	int64_t swap_pages;
	int64_t pgtables_bytes;		/* since 4.15 */
	int64_t pgtables_pages;		/* nr_ptes and nr_pmds before */
	int64_t score_adj;
	int64_t oom_adj;		/* up to 2.6.35, -17 to 15 */
};

struct pfnscope_oom_slab {
	char name[40];
	int64_t total_kb;
};

/* A place in the kernel's code, and what it allocated. */
struct pfnscope_oom_site {
	char function[64];
	char module[40];
	char place[96];
	int64_t kb;
	int64_t calls;			/* allocations that were not freed */
};

struct pfnscope_oom_victim {
	int64_t pid;
	char comm[32];
	int64_t total_vm_kb;
	int64_t anon_kb;
	int64_t file_kb;
	int64_t shmem_kb;
	int64_t uid;
	int64_t score;			/* points, as old kernels print them */
	int64_t score_adj;
};

/* Usage and limit of one counter of a cgroup. */
struct pfnscope_oom_charge {
	int64_t usage_kb;
	int64_t limit_kb;		/* PFNSCOPE_MISSING without a limit, too */
	int64_t failcnt;
	bool unlimited;			/* the log says so */
};

struct pfnscope_oom_memcg {
	bool seen;			/* it was a cgroup's limit */
	char path[256];			/* whose limit it was */
	char task_path[256];		/* cgroup of the victim */
	int version;			/* 1, 2, 0 where nothing tells */
	struct pfnscope_oom_charge memory;
	struct pfnscope_oom_charge swap;	/* v2 */
	struct pfnscope_oom_charge memsw;	/* v1: memory and swap */
	struct pfnscope_oom_charge kmem;	/* v1 */
	bool stats_in_kb;
	bool summing;			/* of a cgroup below it */
	int64_t stats[PFNSCOPE_MEMCG_STATS];
	int64_t below[PFNSCOPE_MEMCG_STATS];	/* summed, where each has a line */
};

/* An allocator that gave up, and what was asked of it. */
struct pfnscope_oom_failure {
	char what[16];		/* "page", "vmalloc", "slab", "cma", ... */
	int64_t vmalloc_bytes;
	bool vmalloc_pages;	/* pages were lacking, not size or address space */
	bool vmalloc_excess;	/* it was more than the machine has pages */
	int64_t count;		/* pages of a CMA area, huge pages of a pool */
	int64_t got;		/* of them; what was free in the area */
	int64_t of;		/* pages of the area */
	int64_t unit_kb;	/* size of a huge page */
	char where[96];		/* CMA area, slab cache */
	char memcg[96];		/* cgroup in the name of the slab cache */
	bool slab;		/* it was a slab cache that needed the pages */
};

/* What the text itself says about which kernel printed it. */
struct pfnscope_oom_era {
	char release[96];
	unsigned int version;		/* PFNSCOPE_KERNEL(), 0 = not said */
	unsigned int not_before;	/* from the shape of the lines */
	unsigned int not_after;
	unsigned int pointer_bits;	/* 32, 64, 0 = not seen */
	bool x86;			/* registers of x86: 4 KiB pages */
};

/* The trace, from its top to the first function beyond the allocator. */
struct pfnscope_oom_trace {
	char caller[128];		/* that function, "name [module]" */
	bool ended;			/* it was met, or another trace's top */
	bool just_ended;		/* by the last frame */
	char what[8];			/* which allocator gave up, where that tells */
	bool pages;			/* the last one above it is of the page allocator's own */
	bool allocator;			/* functions above it: */
	bool warn;
	bool oom;
	bool memcg;
};

/* The figures of the lines of all nodes, or of all zones, summed. */
struct pfnscope_oom_sums {
	int64_t kb[PFNSCOPE_MEM_COUNTERS];
	size_t seen[PFNSCOPE_MEM_COUNTERS];	/* lines that have it */
	size_t lines;
	bool from_first;		/* a line of node 0 is among them */
};

struct pfnscope_oom_report {
	size_t first_line;		/* line of the log it begins at */
	char stamp[96];			/* what stood in front of that line */
	enum pfnscope_oom_kind kind;
	char comm[32];
	int64_t pid;
	bool has_gfp;
	uint64_t gfp_mask;
	char gfp_flags[256];
	int64_t order;
	struct pfnscope_oom_failure failure;
	struct pfnscope_oom_trace trace;
	bool forced;			/* by SysRq */
	char nodemask[64];
	char cpuset[128];
	char mems_allowed[64];
	char constraint[32];
	int64_t score_adj;
	struct pfnscope_oom_era era;
	int64_t counters[PFNSCOPE_MEM_COUNTERS];
	struct pfnscope_oom_sums node_sums;
	struct pfnscope_oom_sums zone_sums;
	int64_t pcp_used;		/* "usd:" of kernels up to 4.0, pages */
	struct pfnscope_oom_zone *zones;
	size_t nr_zones;
	struct pfnscope_oom_memcg memcg;
	struct pfnscope_oom_victim killed;
	struct pfnscope_oom_victim chosen;	/* named by the choice, maybe spared */
	bool killed_line;		/* from the Killed line itself */
	char killer[24];		/* of a policy kill: "systemd-oomd" */
	int64_t group_killed;		/* with the victim, by memory.oom.group */
	int64_t *group_pids;		/* theirs, the first PFNSCOPE_OOM_GROUP */
	bool no_killable;
	bool exiting;			/* the victim was, so nobody was killed */
	bool panicked;
	char panic[128];		/* what the kernel said of it */
	bool allocating_task;		/* vm.oom_kill_allocating_task */
	struct pfnscope_oom_task *tasks;	/* by rss */
	size_t nr_tasks;
	size_t tasks_seen;		/* rows of the table, kept or not */
	struct pfnscope_oom_slab slabs[PFNSCOPE_OOM_TOP];	/* by size */
	struct pfnscope_oom_site sites[PFNSCOPE_OOM_TOP];
	size_t nr_sites;
	size_t pool_lines;		/* one for each node and size of huge pages */
	uint64_t pool_nodes;		/* these nodes, bit by bit */
	size_t nr_slabs;
	size_t unread_lines;		/* behind prefixes that were not understood */
	size_t cut_lines;		/* whose end is not there */
};

struct pfnscope_oom_report *pfnscope_oom_report_new(void);
void pfnscope_oom_report_free(struct pfnscope_oom_report *report);
struct pfnscope_oom_zone *
pfnscope_oom_report_zone(struct pfnscope_oom_report *report, int64_t node,
			 const char *zone);
struct pfnscope_oom_task *
pfnscope_oom_report_task(struct pfnscope_oom_report *report);
void pfnscope_oom_report_group(struct pfnscope_oom_report *report, int64_t pid);

#endif
