/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One row of a view as plain numbers: what a walker fills and a view prints.
 * No locks, no lists, no kernel pointers except to strings that never go away
 * (zone names). Units are in the names, as in the columns.
 */
#ifndef PFNSCOPE_RECORD_H
#define PFNSCOPE_RECORD_H

#include <linux/mmzone.h>
#include <linux/types.h>

/* A number this kernel does not have, or that does not apply to this row. */
#define PFNSCOPE_UNKNOWN U64_MAX

/* Bits of pfnscope_zone.flags: ours, in the order in which they are printed. */
enum pfnscope_zone_flag {
	PFNSCOPE_ZONE_BOOSTED_WATERMARK,
	PFNSCOPE_ZONE_RECLAIM_ACTIVE,
	PFNSCOPE_ZONE_BELOW_HIGH,
	PFNSCOPE_ZONE_FLAGS
};

/**
 * struct pfnscope_zone - one zone of one node, sizes in pages
 * @node: node id
 * @name: name of the zone
 * @start_pfn: first page frame of the span, holes included
 * @spanned: size of the span, holes included
 * @present: page frames that exist
 * @managed: page frames the buddy allocator was given
 * @free: NR_FREE_PAGES, without what the CPUs have not folded in yet
 * @min: raw watermarks, without the boost
 * @low: likewise
 * @high: likewise
 * @promo: likewise; unknown where the kernel has only three
 * @boost: temporary raise of all watermarks
 * @lowmem_reserve: kept back from requests of each zone class
 * @highatomic: reserved for high-order atomic requests
 * @cma: CMA areas
 * @flags: bits of enum pfnscope_zone_flag
 */
struct pfnscope_zone {
	int node;
	const char *name;
	u64 start_pfn;
	u64 spanned;
	u64 present;
	u64 managed;
	u64 free;
	u64 min;
	u64 low;
	u64 high;
	u64 promo;
	u64 boost;
	u64 lowmem_reserve[MAX_NR_ZONES];
	u64 highatomic;
	u64 cma;
	unsigned long flags;
};

/**
 * struct pfnscope_about - one thing that is known about the kernel
 * @key: what
 * @value: a number or some words
 */
struct pfnscope_about {
	char key[64];
	char value[192];
};

/**
 * struct pfnscope_zoneref - one place in a node's order of zones to try
 * @node: node that asks
 * @nofallback: the list for __GFP_THISNODE
 * @position: 0 is tried first
 * @zone_node: node of the zone
 * @zone: name of the zone
 */
struct pfnscope_zoneref {
	int node;
	bool nofallback;
	unsigned int position;
	int zone_node;
	const char *zone;
};

/**
 * struct pfnscope_gfp - a gfp flag, or a combination with a name of its own
 * @name: as in the kernel's source
 * @value: its bits on this kernel; 0 where it is compiled out
 * @compound: more than one flag
 */
struct pfnscope_gfp {
	const char *name;
	u64 value;
	bool compound;
};

/**
 * struct pfnscope_pcp - the free pages one CPU keeps of one zone
 * @node: node id
 * @zone: name of the zone
 * @cpu: CPU number
 * @count: pages on the lists
 * @high: above this pages go back to the buddy allocator
 * @batch: how many move at once
 * @high_min: bounds of @high where it adapts, else unknown
 * @high_max: likewise
 * @lists: a bit for each list that holds pages, PFNSCOPE_PCP_LIST()
 */
struct pfnscope_pcp {
	int node;
	const char *zone;
	unsigned int cpu;
	u64 count;
	u64 high;
	u64 batch;
	u64 high_min;
	u64 high_max;
	u64 lists;
};

/* Orders 0 to 3, then huge pages; three migratetypes each. */
#define PFNSCOPE_PCP_ORDERS	5
#define PFNSCOPE_PCP_TYPES	3
#define PFNSCOPE_PCP_LIST(order, type) \
	BIT_ULL((order) * PFNSCOPE_PCP_TYPES + (type))

enum pfnscope_reclaim_scope {
	PFNSCOPE_RECLAIM_HOST,
	PFNSCOPE_RECLAIM_NODE,
	PFNSCOPE_RECLAIM_ZONE,
};

/**
 * struct pfnscope_reclaim - reclaim and compaction of the host, a node or a zone
 * @scope: which of them; numbers that do not apply are unknown
 * @node: node id
 * @zone: name of the zone, else NULL
 * @kswapd_pid: of the node's kswapd, as the initial namespace counts
 * @kswapd_state: its letter in ps, 0 if there is none
 * @kswapd_order: order it was woken for, unknown when it was not
 * @kswapd_highest_zone: zone it was woken for, NULL when it was not
 * @kswapd_failures: rounds in a row that freed nothing
 * @scanned_kswapd: pages looked at by kswapd
 * @scanned_direct: pages looked at by allocating tasks
 * @stolen_kswapd: pages reclaimed by kswapd
 * @stolen_direct: pages reclaimed by allocating tasks
 * @refault_anon: anonymous pages read back soon after they were reclaimed
 * @refault_file: likewise of files
 * @compact_migrate_pfn: where the migration scanner goes on, async compaction
 * @compact_migrate_sync_pfn: likewise, sync
 * @compact_free_pfn: where the free scanner goes on
 * @compact_considered: attempts that were put off since the last failure
 * @compact_defer_shift: 1 << this many are put off
 * @compact_order_failed: lowest order that failed
 */
struct pfnscope_reclaim {
	enum pfnscope_reclaim_scope scope;
	u64 node;
	const char *zone;
	u64 kswapd_pid;
	char kswapd_state;
	u64 kswapd_order;
	const char *kswapd_highest_zone;
	u64 kswapd_failures;
	u64 scanned_kswapd;
	u64 scanned_direct;
	u64 stolen_kswapd;
	u64 stolen_direct;
	u64 refault_anon;
	u64 refault_file;
	u64 compact_migrate_pfn;
	u64 compact_migrate_sync_pfn;
	u64 compact_free_pfn;
	u64 compact_considered;
	u64 compact_defer_shift;
	u64 compact_order_failed;
};

/**
 * struct pfnscope_cost - what a view has cost
 * @opens: times it was opened
 * @rows: rows produced
 * @spent_ns: time spent in producing them
 * @longest_hold_ns: longest time a lock of the kernel's was held
 * @visited_pages: page frames looked at
 */
struct pfnscope_cost {
	u64 opens;
	u64 rows;
	u64 spent_ns;
	u64 longest_hold_ns;
	u64 visited_pages;
};

#endif /* PFNSCOPE_RECORD_H */
