/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's own counters, by name. The same name stands in different enums
 * of different kernels (NR_PAGETABLE moved from the zones to the nodes in 5.11,
 * PGSCAN_KSWAPD from the vm events to the nodes in 7.0), so an index compiled
 * in could read another counter without a word. Which enum has the name, and
 * at what index, is asked of the running kernel's BTF once.
 */
#ifndef PFNSCOPE_REACH_COUNTER_H
#define PFNSCOPE_REACH_COUNTER_H

#include <linux/mmzone.h>
#include <linux/types.h>

enum pfnscope_counter {
	/* Zones */
	PFNSCOPE_NR_FREE_PAGES,
	PFNSCOPE_NR_FREE_CMA_PAGES,
	PFNSCOPE_NR_MLOCK,
	PFNSCOPE_NR_BOUNCE,
	PFNSCOPE_NR_ZSPAGES,
	PFNSCOPE_NR_UNACCEPTED,
	/* Zones up to 5.10, nodes since */
	PFNSCOPE_NR_PAGETABLE,
	/* Nodes */
	PFNSCOPE_NR_INACTIVE_ANON,
	PFNSCOPE_NR_ACTIVE_ANON,
	PFNSCOPE_NR_INACTIVE_FILE,
	PFNSCOPE_NR_ACTIVE_FILE,
	PFNSCOPE_NR_UNEVICTABLE,
	PFNSCOPE_NR_SLAB_RECLAIMABLE_B,
	PFNSCOPE_NR_SLAB_UNRECLAIMABLE_B,
	PFNSCOPE_NR_ANON_MAPPED,
	PFNSCOPE_NR_FILE_MAPPED,
	PFNSCOPE_NR_FILE_PAGES,
	PFNSCOPE_NR_FILE_DIRTY,
	PFNSCOPE_NR_WRITEBACK,
	PFNSCOPE_NR_SHMEM,
	PFNSCOPE_NR_SHMEM_THPS,
	PFNSCOPE_NR_FILE_THPS,
	PFNSCOPE_NR_ANON_THPS,
	PFNSCOPE_NR_KERNEL_STACK_KB,
	PFNSCOPE_NR_HUGETLB,
	PFNSCOPE_WORKINGSET_REFAULT_ANON,
	PFNSCOPE_WORKINGSET_REFAULT_FILE,
	/* Events of the host up to 6.12, nodes in 7.2 */
	PFNSCOPE_PGSCAN_KSWAPD,
	PFNSCOPE_PGSCAN_DIRECT,
	PFNSCOPE_PGSTEAL_KSWAPD,
	PFNSCOPE_PGSTEAL_DIRECT,
	/* Events of the host */
	PFNSCOPE_PSWPIN,
	PFNSCOPE_PSWPOUT,
	PFNSCOPE_ZSWPIN,
	PFNSCOPE_ZSWPOUT,
	PFNSCOPE_ZSWPWB,
	PFNSCOPE_THP_FAULT_ALLOC,
	PFNSCOPE_THP_FAULT_FALLBACK,
	PFNSCOPE_THP_COLLAPSE_ALLOC,
	PFNSCOPE_THP_COLLAPSE_ALLOC_FAILED,
	PFNSCOPE_THP_FILE_ALLOC,
	PFNSCOPE_THP_SPLIT_PAGE,
	PFNSCOPE_THP_SPLIT_PAGE_FAILED,
	PFNSCOPE_THP_SWPOUT,
	PFNSCOPE_THP_SWPOUT_FALLBACK,
	PFNSCOPE_COUNTERS
};

void pfnscope_counter_init(void);
bool pfnscope_counter_available(enum pfnscope_counter id, const char **reason);

int pfnscope_counter_zone(enum pfnscope_counter id, struct zone *zone,
			  u64 *value);
int pfnscope_counter_node(enum pfnscope_counter id, pg_data_t *pgdat,
			  u64 *value);
int pfnscope_counter_host(enum pfnscope_counter id, u64 *value);

#endif /* PFNSCOPE_REACH_COUNTER_H */
