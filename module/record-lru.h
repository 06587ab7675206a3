/* SPDX-License-Identifier: GPL-2.0-only */
/* The records of `lru`, `generations`, `balance` and `lrutail`. */
#ifndef PFNSCOPE_RECORD_LRU_H
#define PFNSCOPE_RECORD_LRU_H

#include <linux/limits.h>

#include "record.h"

/**
 * struct pfnscope_cgroup - which memory cgroup a row is about
 * @id: as the kernel numbers cgroups; the inode number of its directory
 * @dying: its directory is gone, or the memory controller was taken from it
 * @path: below the root of its hierarchy
 */
struct pfnscope_cgroup {
	u64 id;
	bool dying;
	char path[PATH_MAX];
};

/**
 * struct pfnscope_lru - the LRU lists of one memory cgroup in one zone
 * @cgroup: whose pages, without those of the cgroups below it
 * @node: node id
 * @zone: name of the zone
 * @pages: on each list; with the multi-gen LRU its two youngest generations are
 *	the active list, as the kernel counts
 */
struct pfnscope_lru {
	struct pfnscope_cgroup cgroup;
	int node;
	const char *zone;
	u64 pages[NR_LRU_LISTS];
};

/* Types of pages in the order of the kernel's own indices. */
enum pfnscope_lru_type {
	PFNSCOPE_LRU_ANON,
	PFNSCOPE_LRU_FILE,
	PFNSCOPE_LRU_TYPES
};

/**
 * struct pfnscope_generation - one generation of a memory cgroup in one zone
 * @cgroup: whose pages, without those of the cgroups below it
 * @node: node id
 * @zone: name of the zone
 * @seq: number of the generation, the oldest is the lowest
 * @age_ms: time since it was the youngest
 * @pages: of each type; unknown for a type that has no generation of this number
 */
struct pfnscope_generation {
	struct pfnscope_cgroup cgroup;
	int node;
	const char *zone;
	u64 seq;
	u64 age_ms;
	u64 pages[PFNSCOPE_LRU_TYPES];
};

/* As many as the kernel's MAX_NR_GENS and MAX_NR_TIERS, which not all configurations have. */
#define PFNSCOPE_LRU_GENERATIONS	4
#define PFNSCOPE_LRU_TIERS		4

/**
 * struct pfnscope_balance_type - what reclaim weighs of one type of pages
 * @inactive: pages on the inactive list, or in all but the two youngest generations
 * @active: on the active list, or in these two
 * @cost: the kernel's floating average of what reclaim of the type cost
 * @refault_snapshot: activated by refaults, as it was when reclaim last looked
 * @min_seq: the oldest generation
 * @generations: pages of each generation from @min_seq on; those behind the
 *	youngest are unknown
 * @refaulted: of each tier, pages that came back, as its feedback loop counts
 * @evicted: of each tier, pages that were evicted or protected, likewise
 */
struct pfnscope_balance_type {
	u64 inactive;
	u64 active;
	u64 cost;
	u64 refault_snapshot;
	u64 min_seq;
	u64 generations[PFNSCOPE_LRU_GENERATIONS];
	u64 refaulted[PFNSCOPE_LRU_TIERS];
	u64 evicted[PFNSCOPE_LRU_TIERS];
};

/**
 * struct pfnscope_balance - what reclaim weighs of a memory cgroup on a node
 * @cgroup: whose pages, without those of the cgroups below it
 * @node: node id
 * @gen: the multi-gen LRU has the pages
 * @swappiness: the cgroup's own; unknown where vm.swappiness counts
 * @usage: charged to the cgroup and to those below it, of all nodes
 * @min: memory.min
 * @low: memory.low
 * @emin: what reclaim made of @min when it last came by
 * @elow: what it made of @low
 * @swap: swapped out of the cgroup and of those below it
 * @swap_max: memory.swap.max; unknown where there is no limit
 * @max_seq: the youngest generation
 * @types: by enum pfnscope_lru_type
 */
struct pfnscope_balance {
	struct pfnscope_cgroup cgroup;
	int node;
	bool gen;
	u64 swappiness;
	u64 usage;
	u64 min;
	u64 low;
	u64 emin;
	u64 elow;
	u64 swap;
	u64 swap_max;
	u64 max_seq;
	struct pfnscope_balance_type types[PFNSCOPE_LRU_TYPES];
};

/* The lists that reclaim takes pages from. */
enum pfnscope_lrutail_list {
	PFNSCOPE_LRUTAIL_INACTIVE_ANON,
	PFNSCOPE_LRUTAIL_ACTIVE_ANON,
	PFNSCOPE_LRUTAIL_INACTIVE_FILE,
	PFNSCOPE_LRUTAIL_ACTIVE_FILE,
	/* The oldest generation of the multi-gen LRU that has any */
	PFNSCOPE_LRUTAIL_OLDEST_ANON,
	PFNSCOPE_LRUTAIL_OLDEST_FILE,
	PFNSCOPE_LRUTAIL_LISTS
};

/* What keeps a page from being dropped at once; a page may have several. */
enum pfnscope_lrutail_class {
	PFNSCOPE_LRUTAIL_DIRTY,
	PFNSCOPE_LRUTAIL_WRITEBACK,
	PFNSCOPE_LRUTAIL_REFERENCED,
	PFNSCOPE_LRUTAIL_MAPPED,
	PFNSCOPE_LRUTAIL_UNEVICTABLE,
	PFNSCOPE_LRUTAIL_PINNED,
	/* none of these */
	PFNSCOPE_LRUTAIL_CLEAN,
	PFNSCOPE_LRUTAIL_CLASSES
};

/* Why the sample ends where it does. */
enum pfnscope_lrutail_stop {
	PFNSCOPE_LRUTAIL_END,
	PFNSCOPE_LRUTAIL_CAP,
	PFNSCOPE_LRUTAIL_LOST,
	PFNSCOPE_LRUTAIL_STOPS
};

/**
 * struct pfnscope_lrutail - a sample from the tail of one LRU list
 * @cgroup: whose list
 * @node: node id
 * @list: which list
 * @zone: name of the zone of a multi-gen list, else NULL
 * @seq: generation of a multi-gen list, else unknown
 * @pages: on the list
 * @entries: looked at; a huge page is one entry
 * @sampled: pages of these entries
 * @classes: of @sampled, pages of each class
 * @stop: whether the list ended, the cap was reached, or the place was lost
 */
struct pfnscope_lrutail {
	struct pfnscope_cgroup cgroup;
	int node;
	enum pfnscope_lrutail_list list;
	const char *zone;
	u64 seq;
	u64 pages;
	u64 entries;
	u64 sampled;
	u64 classes[PFNSCOPE_LRUTAIL_CLASSES];
	enum pfnscope_lrutail_stop stop;
};

#endif /* PFNSCOPE_RECORD_LRU_H */
