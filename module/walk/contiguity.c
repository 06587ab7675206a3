// SPDX-License-Identifier: GPL-2.0-only
/*
 * Up to the size of a pageblock, the walk's maps of the block are folded in
 * halves, so that each order costs a few words. Larger blocks are ranges of
 * pageblocks: their pages are added up while the walk passes through.
 */
#include <linux/pageblock-flags.h>
#include <linux/swap.h>

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

/*
 * Has the block a page to move others to at a multiple of COMPACT_CLUSTER_MAX? Such
 * are all that the free scanner looks at in its first, asynchronous pass, and in
 * others behind five blocks in a row that gave nothing: isolate_freepages(). The
 * pass marks the block to be skipped by those that follow.
 */
static bool is_in_sight(const struct pfnscope_scan *scan)
{
	unsigned int i;

	for (i = 0; i < pageblock_nr_pages; i += SWAP_CLUSTER_MAX)
		if (!test_bit(i, scan->maps.busy))
			return true;
	return false;
}

static void count_hidden(struct pfnscope_contiguity_cursor *cursor)
{
	const struct pfnscope_block *block = &cursor->scan.block;

	if (is_target(block) && !is_in_sight(&cursor->scan))
		cursor->hidden += block->fate[PFNSCOPE_FATE_FREE] +
				  block->fate[PFNSCOPE_FATE_CLEAN];
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
	if (alike < PFNSCOPE_FATES) {
		count_alike(&cursor->chances, alike, is_target(block));
	} else {
		count_hidden(cursor);
		count_maps(cursor);
	}
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
	cursor->hidden = 0;
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
 * Blocks that the pages at hand would make. A request for user memory stops at a
 * watermark, above what the zone keeps from requests that could have gone to a
 * higher one: at the min one where there is a free block, but compaction does not
 * begin below the low one.
 */
static u64 within_reach(const struct pfnscope_contiguity_cursor *cursor,
			unsigned int order, enum zone_watermarks mark, u64 have)
{
	const struct zone *zone = cursor->scan.zone;
	u64 keep = READ_ONCE(zone->_watermark[mark]) +
		   READ_ONCE(zone->watermark_boost) +
		   READ_ONCE(zone->lowmem_reserve[ZONE_MOVABLE]);

	return have > keep ? (have - keep) >> order : 0;
}

/*
 * Of the buddy allocator's orders: free pages in pageblocks that are not movable
 * are of use only where they make a block by themselves. @more pages may become
 * free, wherever they are, and of those that others can move to @hidden are not
 * found.
 */
static u64 buddy_blocks(const struct pfnscope_contiguity_cursor *cursor,
			unsigned int order, enum zone_watermarks mark, u64 more,
			u64 hidden, u64 possible)
{
	u64 have = cursor->fate[PFNSCOPE_FATE_FREE] +
		   cursor->fate[PFNSCOPE_FATE_CLEAN] + more;
	u64 of_use = cursor->chances.beside[order] +
		     ((cursor->target - hidden + more) >> order);

	return min3(possible, of_use,
		    within_reach(cursor, order, mark, have));
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
 * What one request after the other brings without anybody's help: the blocks that
 * are free. Whether compaction makes more then, nobody can tell: it skips the
 * pageblocks that it went through before until kswapd has slept, and it may never
 * have been woken: reset_isolation_suitable().
 */
static u64 free_within_reach(const struct pfnscope_contiguity_cursor *cursor,
			     const struct pfnscope_contiguity *record)
{
	if (record->order >= PFNSCOPE_NR_ORDERS)
		return min(record->now, record->obtainable);
	return min(record->now,
		   within_reach(cursor, record->order, WMARK_LOW,
				cursor->fate[PFNSCOPE_FATE_FREE]));
}

/*
 * Returns how many of them do not hang on what the kernel may or may not do: unmap
 * page cache, and find the free pages of pageblocks where the first look shows none.
 * Of the blocks that pages have to be moved for, a quarter is not counted on, but no
 * more than one block in 32 of all: the scanners of compaction meet before the last
 * page has found a place, and free pages of blocks which they have passed are left.
 */
static u64 fill_obtainable(const struct pfnscope_contiguity_cursor *cursor,
			   struct pfnscope_contiguity *record, u64 possible)
{
	unsigned int order = record->order;
	u64 sure, moved;

	if (order >= PFNSCOPE_NR_ORDERS) {
		record->obtainable = range_blocks(cursor, order, possible);
		return record->reclaimed;
	}
	record->obtainable = buddy_blocks(cursor, order, WMARK_MIN,
					  cursor->unmappable + cursor->pcp, 0,
					  possible);
	sure = buddy_blocks(cursor, order, WMARK_LOW, cursor->pcp,
			    cursor->hidden, possible);
	moved = sure - min(sure, record->reclaimed);
	return sure - min(moved / 4, sure / 32);
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
	record->hidden = cursor->hidden;
	record->written = free_within_reach(cursor, record);
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
