// SPDX-License-Identifier: GPL-2.0-only
/*
 * Up to the size of a pageblock, the walk's maps of the block are folded in
 * halves, so that each order costs a few words. Larger blocks are ranges of
 * pageblocks: their pages are added up while the walk passes through.
 */
#include <linux/pageblock-flags.h>

#include "reach/contig.h"
#include "walk/contiguity.h"
#include "walk/fold.h"

/* Compaction moves pages to such blocks only: suitable_migration_target(). */
static bool is_target(const struct pfnscope_block *block)
{
	return is_migrate_movable(block->migratetype);
}

static u64 *reclaimed_of(struct pfnscope_chances *chances, bool target)
{
	return target ? chances->reclaimed : chances->beside;
}

static void count_maps(struct pfnscope_contiguity_cursor *cursor)
{
	struct pfnscope_chances *chances = &cursor->chances;
	struct pfnscope_scan *scan = &cursor->scan;
	unsigned int bits = pageblock_nr_pages;

	pfnscope_fold_count(scan->maps.absent, bits, chances->whole);
	pfnscope_fold_count(scan->maps.drain, bits, chances->drained);
	pfnscope_fold_count(scan->maps.busy, bits,
			    reclaimed_of(chances, is_target(&scan->block)));
	pfnscope_fold_count(scan->maps.unmovable, bits, chances->movable);
}

/*
 * Huge pages above the buddy allocator's orders: what is passed over of ranges with
 * pages in use is told by contig.h.
 */
static bool range_can_move(const struct pfnscope_range *range,
			   unsigned int order)
{
	if (range->fate[PFNSCOPE_FATE_UNMOVABLE])
		return false;
	if (order < PFNSCOPE_NR_ORDERS)
		return true;
	if (range->hugetlb && (range->hugetlb >= order ||
			       !pfnscope_contig_moves_hugetlb()))
		return false;
	return pfnscope_contig_moves_pages() ||
	       (!range->fate[PFNSCOPE_FATE_CLEAN] &&
		!range->fate[PFNSCOPE_FATE_MOVABLE]);
}

static void finish_range(struct pfnscope_contiguity_cursor *cursor,
			 unsigned int order)
{
	struct pfnscope_chances *chances = &cursor->chances;
	struct pfnscope_range *range = &cursor->ranges[order];
	u64 size = BIT_ULL(order);
	u64 free = range->fate[PFNSCOPE_FATE_FREE] +
		   range->fate[PFNSCOPE_FATE_DRAINABLE];

	if (range->present == size) {
		chances->whole[order]++;
		chances->free[order] += range->fate[PFNSCOPE_FATE_FREE] == size;
		chances->drained[order] += free == size;
		reclaimed_of(chances, !range->beside)[order] +=
			free + range->fate[PFNSCOPE_FATE_CLEAN] == size;
		chances->movable[order] += range_can_move(range, order);
	}
	memset(range, 0, sizeof(*range));
}

static void add_to_range(struct pfnscope_contiguity_cursor *cursor,
			 unsigned int order)
{
	const struct pfnscope_block *block = &cursor->scan.block;
	struct pfnscope_range *range = &cursor->ranges[order];
	unsigned long start = block->start_pfn & ~(BIT(order) - 1);
	unsigned int i;

	if (range->present && range->start != start)
		finish_range(cursor, order);
	range->start = start;
	range->present += block->present;
	range->hugetlb = max(range->hugetlb, cursor->hugetlb);
	range->beside += is_target(block) ? 0 : block->present;
	for (i = 0; i < PFNSCOPE_FATES; i++)
		range->fate[i] += block->fate[i];
}

/* The one fate of all pages of a whole block, else PFNSCOPE_FATES. */
static enum pfnscope_fate only_fate(const struct pfnscope_block *block)
{
	enum pfnscope_fate fate = 0;

	while (fate < PFNSCOPE_FATES && block->fate[fate] != pageblock_nr_pages)
		fate++;
	return fate;
}

/* Most blocks are all free or all in use alike: there is nothing to fold. */
static void count_alike(struct pfnscope_chances *chances,
			enum pfnscope_fate fate, bool target)
{
	unsigned int order;
	u64 blocks;

	for (order = 0; order <= pageblock_order; order++) {
		blocks = pageblock_nr_pages >> order;
		chances->whole[order] += blocks;
		if (fate < PFNSCOPE_FATE_UNMOVABLE)
			chances->movable[order] += blocks;
		if (fate < PFNSCOPE_FATE_MOVABLE)
			reclaimed_of(chances, target)[order] += blocks;
		if (fate < PFNSCOPE_FATE_CLEAN)
			chances->drained[order] += blocks;
	}
}

static void add_block(struct pfnscope_contiguity_cursor *cursor)
{
	const struct pfnscope_block *block = &cursor->scan.block;
	enum pfnscope_fate alike = only_fate(block);
	unsigned int i;

	for (i = 0; i < PFNSCOPE_FATES; i++)
		cursor->fate[i] += block->fate[i];
	cursor->unmappable += block->unmappable;
	if (is_target(block))
		cursor->target += block->fate[PFNSCOPE_FATE_FREE] +
				  block->fate[PFNSCOPE_FATE_CLEAN];
	for (i = 0; i < PFNSCOPE_NR_ORDERS; i++)
		cursor->free.blocks[i] += block->free[i];
	for (i = pageblock_order + 1; i < PFNSCOPE_CONTIGUITY_ORDERS; i++)
		add_to_range(cursor, i);
	if (alike < PFNSCOPE_FATES)
		count_alike(&cursor->chances, alike, is_target(block));
	else
		count_maps(cursor);
	cursor->hugetlb = 0;
}

/* A huge page can move, but to another block of its size only. */
static void visit(void *data, const struct pfnscope_unit *unit,
		  unsigned int pages)
{
	struct pfnscope_contiguity_cursor *cursor = data;
	unsigned int i;

	if (unit->class == PFNSCOPE_CLASS_HUGETLB)
		cursor->hugetlb = max(cursor->hugetlb, unit->order);
	if (unit->fate == PFNSCOPE_FATE_FREE ||
	    unit->fate == PFNSCOPE_FATE_UNMOVABLE)
		return;
	for (i = 1; i <= unit->order && i < PFNSCOPE_CONTIGUITY_ORDERS; i++)
		cursor->chances.held_pages[i] += pages;
}

static int walk_zone(struct pfnscope_contiguity_cursor *cursor)
{
	unsigned int i;
	int ret;

	memset(&cursor->free, 0, sizeof(cursor->free));
	memset(cursor->fate, 0, sizeof(cursor->fate));
	cursor->unmappable = 0;
	cursor->target = 0;
	cursor->hugetlb = 0;
	memset(&cursor->chances, 0, sizeof(cursor->chances));
	memset(cursor->ranges, 0, sizeof(cursor->ranges));
	while ((ret = pfnscope_scan_block(&cursor->scan)) > 0)
		add_block(cursor);
	pfnscope_scan_pause(&cursor->scan);
	cursor->pcp = pfnscope_scan_pcp_pages(&cursor->scan);
	for (i = pageblock_order + 1; i < PFNSCOPE_CONTIGUITY_ORDERS; i++)
		finish_range(cursor, i);
	return ret;
}

/**
 * pfnscope_contiguity_begin - prepare the first row
 * @cursor: zeroed; its walk is to be given to pfnscope_scan_end() if this
 *	returns 0
 *
 * Return: 0.
 */
int pfnscope_contiguity_begin(struct pfnscope_contiguity_cursor *cursor)
{
	BUILD_BUG_ON(PFNSCOPE_NR_ORDERS > PFNSCOPE_ORDERS);
	BUILD_BUG_ON(pageblock_order >= PFNSCOPE_CONTIGUITY_ORDERS);
	cursor->scan.map_pages = true;
	cursor->scan.visitor.visit = visit;
	cursor->scan.visitor.data = cursor;
	return 0;
}

/*
 * Blocks that the pages at hand would make. A request for user memory stops at
 * the low watermark, above what the zone keeps from requests that could have
 * gone to a higher one.
 */
static u64 within_reach(const struct pfnscope_contiguity_cursor *cursor,
			unsigned int order, u64 have)
{
	const struct zone *zone = cursor->scan.zone;
	u64 keep = READ_ONCE(zone->_watermark[WMARK_LOW]) +
		   READ_ONCE(zone->watermark_boost) +
		   READ_ONCE(zone->lowmem_reserve[ZONE_MOVABLE]);

	return have > keep ? (have - keep) >> order : 0;
}

/*
 * Of the buddy allocator's orders: free pages in pageblocks that are not
 * movable are of use only where they make a block by themselves. @more pages
 * may become free, wherever they are.
 */
static u64 buddy_blocks(const struct pfnscope_contiguity_cursor *cursor,
			unsigned int order, u64 more, u64 possible)
{
	u64 have = cursor->fate[PFNSCOPE_FATE_FREE] +
		   cursor->fate[PFNSCOPE_FATE_CLEAN] + more;
	u64 of_use = cursor->chances.beside[order] +
		     ((cursor->target + more) >> order);

	return min3(possible, of_use, within_reach(cursor, order, have));
}

/*
 * Above: alloc_contig_pages() heeds no watermark where it takes the range, and
 * moves pages wherever there is room. In ZONE_MOVABLE it looks if told to.
 */
static u64 range_blocks(const struct pfnscope_contiguity_cursor *cursor,
			unsigned int order, u64 possible)
{
	u64 have = global_zone_page_state(NR_FREE_PAGES) +
		   cursor->fate[PFNSCOPE_FATE_CLEAN] + cursor->unmappable;

	if (!pfnscope_contig_takes(cursor->scan.zone))
		return 0;
	return min(possible, have >> order);
}

/* Blocks of free pages of that order, as pieces of larger ones too. */
static u64 free_now(const struct pfnscope_contiguity_cursor *cursor,
		    unsigned int order)
{
	return order < PFNSCOPE_NR_ORDERS ?
	       pfnscope_free_blocks_at(&cursor->free, order) :
	       cursor->chances.free[order];
}

/*
 * Returns how many of them do not hang on what the kernel may or may not do:
 * unmap page cache, drain the per-CPU lists, which it does after reclaim got
 * somewhere, and find the last free page, which compaction does not, because
 * behind blocks without one it looks at every 32nd page: isolate_freepages().
 */
static u64 fill_obtainable(const struct pfnscope_contiguity_cursor *cursor,
			   struct pfnscope_contiguity *record, u64 possible)
{
	u64 sure;

	if (record->order >= PFNSCOPE_NR_ORDERS) {
		record->obtainable = range_blocks(cursor, record->order,
						  possible);
		return record->reclaimed;
	}
	record->obtainable = buddy_blocks(cursor, record->order,
					  cursor->unmappable + cursor->pcp,
					  possible);
	sure = buddy_blocks(cursor, record->order, 0, possible);
	return sure - (sure - min(sure, record->reclaimed)) / 4;
}

static void fill_chances(const struct pfnscope_contiguity_cursor *cursor,
			 unsigned int order, struct pfnscope_contiguity *record)
{
	const struct pfnscope_chances *chances = &cursor->chances;
	u64 movable = chances->movable[order], possible, sure;

	record->order = order;
	record->whole = chances->whole[order];
	record->now = free_now(cursor, order);
	/* A block that a per-CPU list holds back has at least one page on it. */
	record->drained = max(record->now, min(chances->drained[order],
					       record->now + cursor->pcp));
	record->reclaimed = max(record->drained, chances->reclaimed[order] +
						 chances->beside[order]);
	record->held = chances->held_pages[order] >> order;
	record->movable = movable;
	record->never = chances->whole[order] -
			min(movable, chances->whole[order]);
	possible = max(record->reclaimed,
		       movable - min(movable, record->held));
	sure = fill_obtainable(cursor, record, possible);
	record->unsure = record->obtainable - min(sure, record->obtainable);
	record->compacted = max(record->reclaimed, record->obtainable);
}

static void fill_indices(struct pfnscope_contiguity_cursor *cursor,
			 unsigned int order, struct pfnscope_contiguity *record)
{
	record->unusable = pfnscope_unusable_index(&cursor->free, order);
	record->extfrag = pfnscope_extfrag_index(&cursor->free, order);
}

static unsigned int rows(void)
{
	return max_t(unsigned int, pfnscope_gigantic_order() + 1,
		     PFNSCOPE_NR_ORDERS);
}

/**
 * pfnscope_contiguity_fill - the next zone and order as a record
 * @cursor: as begun
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_contiguity_fill(struct pfnscope_contiguity_cursor *cursor,
			     struct pfnscope_contiguity *record)
{
	unsigned int order = cursor->row++;
	int ret;

	if (!order) {
		if (!pfnscope_scan_next_zone(&cursor->scan, &cursor->zones))
			return 0;
		ret = walk_zone(cursor);
		if (ret)
			return ret;
	}
	if (cursor->row == rows())
		cursor->row = 0;
	record->node = zone_to_nid(cursor->scan.zone);
	record->zone = cursor->scan.zone->name;
	fill_chances(cursor, order, record);
	fill_indices(cursor, order, record);
	return 1;
}
