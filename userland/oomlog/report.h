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

#define PFNSCOPE_MISSING	INT64_MIN

#define PFNSCOPE_OOM_ORDERS	20
#define PFNSCOPE_OOM_CLASSES	8
#define PFNSCOPE_OOM_ZONES	512	/* zones kept of one report */
#define PFNSCOPE_OOM_TOP	10	/* tasks and slab caches kept */

enum pfnscope_oom_kind {
	PFNSCOPE_OOM_UNKNOWN,		/* a memory dump without a request */
	PFNSCOPE_OOM_GLOBAL,
	PFNSCOPE_OOM_MEMCG,
	PFNSCOPE_OOM_ALLOC_FAILURE,
	PFNSCOPE_OOM_ALLOC_STALL,	/* 4.10 to 4.14 warned of slow ones too */
};

/* Pages, but for the last ones, which the kernel prints in kB. */
enum pfnscope_oom_counter {
	PFNSCOPE_MEM_ACTIVE_ANON,
	PFNSCOPE_MEM_INACTIVE_ANON,
	PFNSCOPE_MEM_ISOLATED_ANON,
	PFNSCOPE_MEM_ACTIVE_FILE,
	PFNSCOPE_MEM_INACTIVE_FILE,
	PFNSCOPE_MEM_ISOLATED_FILE,
	PFNSCOPE_MEM_ACTIVE,
	PFNSCOPE_MEM_INACTIVE,
	PFNSCOPE_MEM_UNEVICTABLE,
	PFNSCOPE_MEM_DIRTY,
	PFNSCOPE_MEM_WRITEBACK,
	PFNSCOPE_MEM_SLAB,
	PFNSCOPE_MEM_SLAB_RECLAIMABLE,
	PFNSCOPE_MEM_SLAB_UNRECLAIMABLE,
	PFNSCOPE_MEM_MAPPED,
	PFNSCOPE_MEM_SHMEM,
	PFNSCOPE_MEM_PAGETABLES,
	PFNSCOPE_MEM_SEC_PAGETABLES,
	PFNSCOPE_MEM_BOUNCE,
	PFNSCOPE_MEM_FREE,
	PFNSCOPE_MEM_FREE_PCP,
	PFNSCOPE_MEM_FREE_CMA,
	PFNSCOPE_MEM_PAGECACHE,
	PFNSCOPE_MEM_RAM,
	PFNSCOPE_MEM_RESERVED,
	PFNSCOPE_MEM_HIGHMEM,
	PFNSCOPE_MEM_SWAP_FREE_KB,
	PFNSCOPE_MEM_SWAP_TOTAL_KB,
	PFNSCOPE_MEM_KERNEL_STACK_KB,
	PFNSCOPE_MEM_HUGEPAGES_KB,
	PFNSCOPE_MEM_MLOCKED_KB,
	PFNSCOPE_MEM_CMA_RESERVED,
	PFNSCOPE_MEM_COUNTERS
};

/* Statistics of a memory cgroup; kernels print bytes, before 4.19 kB. */
enum pfnscope_memcg_stat {
	PFNSCOPE_MEMCG_ANON,
	PFNSCOPE_MEMCG_FILE,
	PFNSCOPE_MEMCG_CACHE,
	PFNSCOPE_MEMCG_RSS,
	PFNSCOPE_MEMCG_SHMEM,
	PFNSCOPE_MEMCG_DIRTY,
	PFNSCOPE_MEMCG_FILE_DIRTY,
	PFNSCOPE_MEMCG_KERNEL,
	PFNSCOPE_MEMCG_KERNEL_STACK,
	PFNSCOPE_MEMCG_PAGETABLES,
	PFNSCOPE_MEMCG_PERCPU,
	PFNSCOPE_MEMCG_SOCK,
	PFNSCOPE_MEMCG_VMALLOC,
	PFNSCOPE_MEMCG_SLAB,
	PFNSCOPE_MEMCG_SLAB_RECLAIMABLE,
	PFNSCOPE_MEMCG_SLAB_UNRECLAIMABLE,
	PFNSCOPE_MEMCG_TOTAL_CACHE,
	PFNSCOPE_MEMCG_TOTAL_RSS,
	PFNSCOPE_MEMCG_TOTAL_DIRTY,
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
	bool has_line;			/* a zone line, not a list alone */
};

struct pfnscope_oom_task {
	int64_t pid;
	char comm[32];
	int64_t rss_pages;
	int64_t swap_pages;
	int64_t score_adj;
};

struct pfnscope_oom_slab {
	char name[40];
	int64_t total_kb;
};

struct pfnscope_oom_victim {
	int64_t pid;
	char comm[32];
	int64_t total_vm_kb;
	int64_t anon_kb;
	int64_t file_kb;
	int64_t shmem_kb;
	int64_t score_adj;
};

struct pfnscope_oom_memcg {
	bool seen;
	char path[256];
	int64_t usage_kb;
	int64_t limit_kb;
	int64_t failcnt;
	int64_t kmem_usage_kb;
	bool stats_in_kb;
	int64_t stats[PFNSCOPE_MEMCG_STATS];
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

#define PFNSCOPE_KERNEL(a, b, c) (((a) << 16) + ((b) << 8) + (c))

struct pfnscope_oom_report {
	size_t first_line;		/* line of the log it begins at */
	enum pfnscope_oom_kind kind;
	char comm[32];
	int64_t pid;
	bool has_gfp;
	uint64_t gfp_mask;
	char gfp_flags[256];
	int64_t order;
	char failure[32];		/* which allocator gave up: "page", "vmalloc" */
	char nodemask[64];
	char cpuset[128];
	char mems_allowed[64];
	char constraint[32];
	int64_t score_adj;
	struct pfnscope_oom_era era;
	int64_t counters[PFNSCOPE_MEM_COUNTERS];
	int64_t node_kb[PFNSCOPE_MEM_COUNTERS];	/* sums of the node lines */
	int64_t zone_kb[PFNSCOPE_MEM_COUNTERS];	/* sums of the zone lines */
	size_t node_lines;
	int64_t pcp_used;		/* "usd:" of kernels up to 4.0, pages */
	struct pfnscope_oom_zone *zones;
	size_t nr_zones;
	struct pfnscope_oom_memcg memcg;
	struct pfnscope_oom_victim killed;
	struct pfnscope_oom_victim chosen;	/* named by the choice, maybe spared */
	bool killed_line;		/* from the Killed line itself */
	bool no_killable;
	bool panicked;
	bool allocating_task;		/* vm.oom_kill_allocating_task */
	struct pfnscope_oom_task tasks[PFNSCOPE_OOM_TOP];	/* by rss */
	size_t nr_tasks;		/* rows seen */
	struct pfnscope_oom_slab slabs[PFNSCOPE_OOM_TOP];	/* by size */
	size_t nr_slabs;
};

struct pfnscope_oom_report *pfnscope_oom_report_new(void);
void pfnscope_oom_report_free(struct pfnscope_oom_report *report);
struct pfnscope_oom_zone *
pfnscope_oom_report_zone(struct pfnscope_oom_report *report, int64_t node,
			 const char *zone);

#endif
