/* SPDX-License-Identifier: GPL-2.0-only */
/* How many blocks of each order a zone can give, and what it would take. */
#ifndef PFNSCOPE_WALK_CONTIGUITY_H
#define PFNSCOPE_WALK_CONTIGUITY_H

#include "measure.h"
#include "walk/packing.h"
#include "walk/scan.h"

/* Orders of the buddy allocator, then up to that of the largest huge page. */
#define PFNSCOPE_CONTIGUITY_ORDERS					\
	(PFNSCOPE_COMPOUND_ORDER_MAX < PFNSCOPE_NR_ORDERS ?		\
	 PFNSCOPE_NR_ORDERS : PFNSCOPE_COMPOUND_ORDER_MAX + 1)

/* The strides of compaction's free scanner: from 1 to COMPACT_CLUSTER_MAX, which is 32. */
#define PFNSCOPE_STRIDES	6

/**
 * struct pfnscope_chances - blocks of each order, added up over a zone
 *
 * Above the buddy allocator's orders, of the ranges that hugetlb takes but for @whole.
 *
 * @whole: without a hole
 * @free: of free pages only; for orders above the buddy allocator's
 * @drained: with no page but free ones and such as may be on per-CPU lists
 * @reclaimed: and clean file cache; in pageblocks to which compaction moves pages
 * @beside: the same in other pageblocks
 * @movable: and pages that can move
 * @quiet: of free pages and clean file cache only; of pageblocks and larger ones
 * @held_pages: pages in units of that order or above which can move
 * @unknown: ranges of which it cannot be told whether hugetlb takes them
 */
struct pfnscope_chances {
	u64 whole[PFNSCOPE_CONTIGUITY_ORDERS];
	u64 free[PFNSCOPE_CONTIGUITY_ORDERS];
	u64 drained[PFNSCOPE_CONTIGUITY_ORDERS];
	u64 reclaimed[PFNSCOPE_CONTIGUITY_ORDERS];
	u64 beside[PFNSCOPE_CONTIGUITY_ORDERS];
	u64 movable[PFNSCOPE_CONTIGUITY_ORDERS];
	u64 quiet[PFNSCOPE_CONTIGUITY_ORDERS];
	u64 held_pages[PFNSCOPE_CONTIGUITY_ORDERS];
	u64 unknown[PFNSCOPE_CONTIGUITY_ORDERS];
};

/**
 * struct pfnscope_range - an aligned range larger than a pageblock, part seen
 * @start: its first page frame
 * @present: pages seen
 * @fate: of these
 * @left: of those that are unmovable, what only compaction leaves where it is
 * @hugetlb: largest order of a huge page of hugetlbfs in it, or 0
 * @beside: of these, in pageblocks to which compaction moves no pages
 * @cma: whether some are in pageblocks of CMA
 */
struct pfnscope_range {
	unsigned long start;
	u64 present;
	u64 fate[PFNSCOPE_FATES];
	u64 left;
	unsigned int hugetlb;
	u64 beside;
	bool cma;
};

/**
 * struct pfnscope_contiguity_cursor - how far the rows have come
 * @zones: the zones
 * @scan: the walk
 * @row: next row of the zone that was walked last
 * @pcp: the per-CPU lists of that zone
 * @free: its free blocks
 * @fate: its pages
 * @unmappable: of them, file cache that is clean but mapped
 * @target: of them, free or clean in pageblocks to which compaction moves pages
 * @hidden: of @target and @pcp, what compaction's free scanner passes over if it
 *	comes to the pages seen so far looking at each page, at every second, fourth...
 * @hugetlb: largest order of a huge page of hugetlbfs in the block, or 0
 * @kept: pages in it that can move, but not by compaction
 * @packing: what compaction makes of the zone
 * @node: whose zones are being walked
 * @content: direct reclaim will be with one of them, once nothing more is to be had
 * @chances: what it can give
 * @ranges: those orders that are larger than a pageblock
 */
struct pfnscope_contiguity_cursor {
	struct pfnscope_zone_cursor zones;
	struct pfnscope_scan scan;
	unsigned int row;
	struct pfnscope_scan_pcp pcp;
	struct pfnscope_free free;
	u64 fate[PFNSCOPE_FATES];
	u64 unmappable;
	u64 target;
	u64 hidden[PFNSCOPE_STRIDES];
	unsigned int hugetlb;
	u64 kept;
	struct pfnscope_packing packing;
	int node;
	bool content;
	struct pfnscope_chances chances;
	struct pfnscope_range ranges[PFNSCOPE_CONTIGUITY_ORDERS];
};

int pfnscope_contiguity_begin(struct pfnscope_contiguity_cursor *cursor);
int pfnscope_contiguity_fill(struct pfnscope_contiguity_cursor *cursor,
			     struct pfnscope_contiguity *record);

#endif /* PFNSCOPE_WALK_CONTIGUITY_H */
