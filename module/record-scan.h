/* SPDX-License-Identifier: GPL-2.0-only */
/* The records that come from looking at every page frame. See record.h. */
#ifndef PFNSCOPE_RECORD_SCAN_H
#define PFNSCOPE_RECORD_SCAN_H

#include <linux/types.h>

#include "classify.h"
#include "record.h"

#define PFNSCOPE_OWNER_NAME	64

/**
 * struct pfnscope_block - one pageblock of one zone, sizes in pages
 * @node: node id
 * @zone: name of the zone
 * @start_pfn: first page frame of the block, even if it is not in the zone
 * @migratetype: of the block
 * @skip: compaction has given it up for now
 * @present: page frames that are online and in the zone
 * @class: pages of each class
 * @state: pages in each state
 * @fate: pages of each fate
 * @unmappable: pages that would be clean if they were not mapped
 * @left: pages that would be movable if compaction did not leave them
 * @free: free blocks of each order that start here
 * @blocker_pfn: first unmovable page, PFNSCOPE_UNKNOWN if there is none
 * @blocker_class: what that is
 * @blocker: name of its slab cache; empty otherwise
 */
struct pfnscope_block {
	int node;
	const char *zone;
	u64 start_pfn;
	unsigned int migratetype;
	bool skip;
	unsigned int present;
	unsigned int class[PFNSCOPE_CLASSES];
	unsigned int state[PFNSCOPE_STATES];
	unsigned int fate[PFNSCOPE_FATES];
	unsigned int unmappable;
	unsigned int left;
	u64 free[PFNSCOPE_NR_ORDERS];
	u64 blocker_pfn;
	enum pfnscope_class blocker_class;
	char blocker[PFNSCOPE_OWNER_NAME];
};

/**
 * struct pfnscope_freelist - the free blocks of one order and migratetype
 * @node: node id
 * @zone: name of the zone
 * @order: size of the blocks
 * @migratetype: of the pageblock they start in
 * @blocks: how many
 */
struct pfnscope_freelist {
	int node;
	const char *zone;
	unsigned int order;
	unsigned int migratetype;
	u64 blocks;
};

/* How an owner is named. */
enum pfnscope_owner_kind {
	PFNSCOPE_OWNER_CLASS,
	PFNSCOPE_OWNER_STATE,	/* class.state */
	PFNSCOPE_OWNER_ORDER,	/* class-order of pages larger than one frame */
	PFNSCOPE_OWNER_COUNTER,	/* not seen page by page */
	PFNSCOPE_OWNER_RESERVED,	/* what it was reserved for at boot */
	PFNSCOPE_OWNER_VMALLOC,	/* the function that asked for it */
	PFNSCOPE_OWNER_HOLDER,	/* the part of the kernel that knows it has it */
	PFNSCOPE_OWNER_SLAB,
	PFNSCOPE_OWNER_CGROUP,
	PFNSCOPE_OWNER_DYING_CGROUP,	/* removed, but pages are left */
	PFNSCOPE_OWNER_KINDS
};

/**
 * struct pfnscope_owner - what one owner has in one zone
 * @node: node id
 * @zone: name of the zone
 * @kind: how it is named
 * @name: class, slab cache, path of the cgroup...; stays as long as the walk, or
 *	is @words
 * @words: room for a name that consists of several
 * @pages: pages it has
 * @blocks: pageblocks with one of them or more
 * @spoiled: of these, blocks in which every unmovable page is its;
 *	PFNSCOPE_UNKNOWN where the row may stand for several owners
 */
struct pfnscope_owner {
	int node;
	const char *zone;
	enum pfnscope_owner_kind kind;
	const char *name;
	char words[PFNSCOPE_OWNER_NAME];
	u64 pages;
	u64 blocks;
	u64 spoiled;
};

/**
 * struct pfnscope_sample - what a class of pages has in one zone, told from a part of it
 * @node: node id
 * @zone: name of the zone
 * @class: the class
 * @pages: what it has, as far as that can be told
 * @error: by how much that may be off, in 19 of 20 cases
 * @regions: aligned parts of the zone, as large as the largest free block or a pageblock
 * @looked: how many of them were looked at
 */
struct pfnscope_sample {
	int node;
	const char *zone;
	enum pfnscope_class class;
	u64 pages;
	u64 error;
	u64 regions;
	u64 looked;
};

/**
 * struct pfnscope_contiguity - blocks of one order that a zone can give
 * @node: node id
 * @zone: name of the zone
 * @order: size of the blocks; all counts are in blocks of it
 * @whole: aligned blocks that lie in the zone without a hole
 * @now: free
 * @drained: free if the per-CPU lists were given back, at best
 * @reclaimed: free if clean, unmapped file cache were dropped as well
 * @compacted: free if all that can move were moved, as far as the free pages go
 * @movable: without an unmovable page, whether or not there are free pages
 * @held: inside one page of that order or above which could move, but only to
 *	another such block
 * @never: with an unmovable page
 * @written: what asking once brings at least: free blocks, of which the zone keeps
 *	its low watermark and as much
 * @obtainable: of @compacted, what a request for user memory gets: the zone keeps
 *	its min watermark and what it reserves for other zones' requests
 * @unsure: of @obtainable, what comes only if reclaim unmaps file cache, compaction
 *	finds every free page and no page stays on a per-CPU list, or above the buddy
 *	allocator's orders, if pages in use can all be moved
 * @hidden: pages of the zone that others could be moved to, but which compaction
 *	passes over
 * @unusable: unusable free space index in thousandths
 * @extfrag: external fragmentation index in thousandths, -1000 when a block of
 *	that order is free
 */
struct pfnscope_contiguity {
	int node;
	const char *zone;
	unsigned int order;
	u64 whole;
	u64 now;
	u64 drained;
	u64 reclaimed;
	u64 compacted;
	u64 movable;
	u64 held;
	u64 never;
	u64 written;
	u64 obtainable;
	u64 unsure;
	u64 hidden;
	int unusable;
	int extfrag;
};

#endif /* PFNSCOPE_RECORD_SCAN_H */
