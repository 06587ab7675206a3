// SPDX-License-Identifier: GPL-2.0-only
/*
 * Up to the size of a pageblock, the walk's maps of the block are folded in
 * halves, so that each order costs a few words. Larger blocks are ranges of
 * pageblocks: their pages are added up while the walk passes through.
 */
#include <linux/pageblock-flags.h>
#include <linux/swap.h>
#include <linux/compaction.h>	/* needs the types of others */

#include "reach/compact.h"
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

/* Pages to move others to, all of the block's words laid over each other. */
static unsigned long room_of(const struct pfnscope_maps *maps)
{
	unsigned long room = 0;
	unsigned int i;

	for (i = 0; i < BITS_TO_LONGS(pageblock_nr_pages); i++)
		room |= ~maps->busy[i];
	return room;
}

/* Is one of them at a multiple of that stride? The quotient has a bit at each. */
static bool is_in_sight(unsigned long room, unsigned int stride)
{
	return room & (~0UL / (BIT(stride) - 1));
}

/*
 * The free scanner comes from the end of the zone. It looks at each page of a block
 * at first and after a block that gave some, and at half as many after one that
 * gave none, down to one in COMPACT_CLUSTER_MAX: isolate_freepages(). The walk goes
 * the other way: it keeps what is passed over below for each way to come there.
 * A block that is free as a whole is not looked at, suitable_migration_target(), but
 * it is given away before any other, and gives nothing then.
 */
static void count_hidden(struct pfnscope_contiguity_cursor *cursor,
			 unsigned long room, u64 pages)
{
	u64 below[PFNSCOPE_STRIDES];
	unsigned int i;

	memcpy(below, cursor->hidden, sizeof(below));
	for (i = 0; i < PFNSCOPE_STRIDES; i++)
		cursor->hidden[i] = is_in_sight(room, 1U << i) ? below[0] :
			pages + below[min(i + 1, PFNSCOPE_STRIDES - 1U)];
}

static void count_target(struct pfnscope_contiguity_cursor *cursor)
{
	const struct pfnscope_block *block = &cursor->scan.block;
	u64 pages = block->fate[PFNSCOPE_FATE_FREE] +
		    block->fate[PFNSCOPE_FATE_CLEAN];
	u64 open = pages + block->fate[PFNSCOPE_FATE_DRAINABLE];

	cursor->target += pages;
	if (open && open < pageblock_nr_pages)
		count_hidden(cursor, room_of(&cursor->scan.maps), open);
	else
		count_hidden(cursor, 0, 0);
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

/* Is nothing in the range that stays? What is passed over is told by contig.h. */
static bool range_can_move(const struct pfnscope_range *range,
			   unsigned int order, enum pfnscope_contig way)
{
	u64 unmovable = range->fate[PFNSCOPE_FATE_UNMOVABLE];
	bool cma = way == PFNSCOPE_CONTIG_CMA;

	if (order < PFNSCOPE_NR_ORDERS)
		return !unmovable;
	if (unmovable > range->left)
		return false;
	if (range->hugetlb &&
	    (range->hugetlb >= order || !(cma ? pfnscope_cma_moves_hugetlb() :
						pfnscope_contig_moves_hugetlb())))
		return false;
	return cma || pfnscope_contig_moves_pages() ||
	       (!range->fate[PFNSCOPE_FATE_CLEAN] &&
		!range->fate[PFNSCOPE_FATE_MOVABLE] && !unmovable);
}

static enum pfnscope_contig
way_of(const struct pfnscope_contiguity_cursor *cursor, unsigned int order)
{
	const struct pfnscope_range *range = &cursor->ranges[order];

	return order < PFNSCOPE_NR_ORDERS ? PFNSCOPE_CONTIG_PAGES :
	       pfnscope_contig_way(cursor->scan.zone, range->start, BIT(order),
				   range->cma);
}

static void count_range(struct pfnscope_contiguity_cursor *cursor,
			unsigned int order)
{
	struct pfnscope_chances *chances = &cursor->chances;
	const struct pfnscope_range *range = &cursor->ranges[order];
	enum pfnscope_contig way = way_of(cursor, order);
	u64 size = BIT_ULL(order);
	u64 free = range->fate[PFNSCOPE_FATE_FREE] +
		   range->fate[PFNSCOPE_FATE_DRAINABLE];

	chances->whole[order]++;
	chances->unknown[order] += way == PFNSCOPE_CONTIG_UNKNOWN;
	if (way == PFNSCOPE_CONTIG_NEVER || way == PFNSCOPE_CONTIG_UNKNOWN)
		return;
	chances->free[order] += range->fate[PFNSCOPE_FATE_FREE] == size;
	chances->drained[order] += free == size;
	reclaimed_of(chances, !range->beside)[order] +=
		free + range->fate[PFNSCOPE_FATE_CLEAN] == size;
	chances->quiet[order] += range->fate[PFNSCOPE_FATE_FREE] +
				 range->fate[PFNSCOPE_FATE_CLEAN] == size;
	chances->movable[order] += range_can_move(range, order, way);
}

static void finish_range(struct pfnscope_contiguity_cursor *cursor,
			 unsigned int order)
{
	struct pfnscope_range *range = &cursor->ranges[order];

	if (range->present == BIT_ULL(order))
		count_range(cursor, order);
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
	range->left += block->left;
	range->hugetlb = max(range->hugetlb, cursor->hugetlb);
	range->beside += is_target(block) ? 0 : block->present;
	range->cma |= is_migrate_cma(block->migratetype);
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
	cursor->chances.quiet[pageblock_order] +=
		block->fate[PFNSCOPE_FATE_FREE] +
		block->fate[PFNSCOPE_FATE_CLEAN] == pageblock_nr_pages;
	if (is_target(block))
		count_target(cursor);
	pfnscope_packing_add(&cursor->packing, block, is_target(block),
			     cursor->kept, cursor->hidden[0]);
	for (i = 0; i < PFNSCOPE_NR_ORDERS; i++)
		cursor->free.blocks[i] += block->free[i];
	for (i = pageblock_order + 1; i < PFNSCOPE_CONTIGUITY_ORDERS; i++)
		add_to_range(cursor, i);
	if (alike < PFNSCOPE_FATES)
		count_alike(&cursor->chances, alike, is_target(block));
	else
		count_maps(cursor);
	cursor->hugetlb = 0;
	cursor->kept = 0;
}

/* Compaction moves no page of hugetlbfs, and no large one. */
static bool is_kept(const struct pfnscope_unit *unit)
{
	return unit->fate == PFNSCOPE_FATE_MOVABLE &&
	       (unit->class == PFNSCOPE_CLASS_HUGETLB ||
		pfnscope_compact_keeps(unit->order));
}

/* A huge page can move, but to another block of its size only. */
static void visit(void *data, const struct pfnscope_unit *unit,
		  unsigned long pfn, unsigned int pages)
{
	struct pfnscope_contiguity_cursor *cursor = data;
	unsigned int i;

	if (unit->class == PFNSCOPE_CLASS_HUGETLB)
		cursor->hugetlb = max(cursor->hugetlb, unit->order);
	if (is_kept(unit))
		cursor->kept += pages;
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
	memset(cursor->hidden, 0, sizeof(cursor->hidden));
	cursor->hugetlb = 0;
	cursor->kept = 0;
	pfnscope_packing_begin(&cursor->packing, cursor->scan.pfn,
			       cursor->scan.end_pfn);
	memset(&cursor->chances, 0, sizeof(cursor->chances));
	memset(cursor->ranges, 0, sizeof(cursor->ranges));
	while ((ret = pfnscope_scan_block(&cursor->scan)) > 0)
		add_block(cursor);
	pfnscope_scan_pause(&cursor->scan);
	pfnscope_scan_pcp(&cursor->scan, &cursor->pcp);
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

static u64 spare_pages(const struct pfnscope_contiguity_cursor *cursor)
{
	return cursor->fate[PFNSCOPE_FATE_FREE] +
	       cursor->fate[PFNSCOPE_FATE_CLEAN];
}

/*
 * Of smaller blocks than compaction empties: what free pages would make. Those in
 * pageblocks that are not movable are of use only where they make a block by
 * themselves. @more become free beside those that are or can be dropped; @hidden are
 * not found to move others to.
 */
static u64 room_blocks(const struct pfnscope_contiguity_cursor *cursor,
		       unsigned int order, u64 more, u64 hidden)
{
	u64 room = cursor->target + cursor->pcp.pages + more;

	return cursor->chances.beside[order] +
	       ((room - min(room, hidden)) >> order);
}

/* Of the buddy allocator's orders: what is free once pages have been moved, at best. */
static u64 most_usable(const struct pfnscope_contiguity_cursor *cursor,
		       unsigned int order)
{
	u64 more = cursor->unmappable;

	return order < pageblock_order ? room_blocks(cursor, order, more, 0) :
	       pfnscope_packing_most(&cursor->packing, more) >>
	       (order - pageblock_order);
}

/* Without mapped page cache, and without the room that is not found. */
static u64 least_usable(const struct pfnscope_contiguity_cursor *cursor,
			unsigned int order)
{
	return order < pageblock_order ?
	       room_blocks(cursor, order, 0, cursor->hidden[0]) :
	       pfnscope_packing_least(&cursor->packing) >>
	       (order - pageblock_order);
}

/*
 * Above: no watermark is heeded where the range is taken, and pages are moved
 * wherever there is room.
 */
static u64 range_blocks(const struct pfnscope_contiguity_cursor *cursor,
			unsigned int order, u64 possible)
{
	u64 have = global_zone_page_state(NR_FREE_PAGES) +
		   cursor->fate[PFNSCOPE_FATE_CLEAN] + cursor->unmappable;

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

/* Blocks that are there as soon as clean page cache is dropped. */
static u64 quiet_blocks(const struct pfnscope_contiguity_cursor *cursor,
			const struct pfnscope_contiguity *record)
{
	unsigned int order = record->order;
	unsigned int above = max_t(unsigned int, order, pageblock_order);
	u64 whole = cursor->chances.quiet[above] << (above - order);

	return min(max(record->now, whole),
		   within_reach(cursor, order, WMARK_MIN, spare_pages(cursor)));
}

/* From the min watermark to where compaction begins: __compaction_suitable(). */
static u64 step_to_compaction(const struct pfnscope_contiguity_cursor *cursor)
{
	const struct zone *zone = cursor->scan.zone;

	return low_wmark_pages(zone) - min_wmark_pages(zone) +
	       compact_gap(pageblock_order);
}

/*
 * When nothing more is to be had: is there enough left in the zone to begin
 * compaction with, and a block that only the watermark keeps? Then direct reclaim
 * says that it got somewhere: compaction_ready(). Only some kernels want the whole
 * step above the high watermark, which is taken for all.
 */
static bool is_content(const struct pfnscope_contiguity_cursor *cursor)
{
	unsigned int order = pageblock_order;
	u64 spare = spare_pages(cursor);
	u64 blocks = min(most_usable(cursor, order),
			 within_reach(cursor, order, WMARK_MIN, spare +
				      cursor->unmappable + cursor->pcp.pages));
	u64 taken = (blocks << order) + step_to_compaction(cursor);

	return least_usable(cursor, order) > blocks && spare > taken &&
	       within_reach(cursor, 0, WMARK_HIGH, spare - taken);
}

/*
 * What per-CPU lists may cost in the end. Compaction frees what it has moved
 * into the list of its CPU, and gives back that of the CPU that asks. All of them
 * are given back if direct reclaim got somewhere, __alloc_pages_direct_reclaim():
 * has freed something, which it need not, or is content with a zone of the node, of
 * which those below this one have been walked. A list takes a huge page beyond
 * its limit. Beside the pages of a list as many are free in the same pageblocks,
 * unless these are enough for compaction to begin.
 */
static u64 left_on_lists(const struct pfnscope_contiguity_cursor *cursor)
{
	const struct pfnscope_scan_pcp *pcp = &cursor->pcp;
	u64 left = max(pcp->high + pageblock_nr_pages, pcp->pages - pcp->most);

	return cursor->content ? pageblock_nr_pages :
	       left + min(left, step_to_compaction(cursor));
}

/*
 * Blocks that come whatever happens. Mapped page cache may stay where it is. Blocks
 * that pages have to be moved for come while there is room that is found, but for
 * those whose pages stay on per-CPU lists.
 */
static u64 sure_blocks(const struct pfnscope_contiguity_cursor *cursor,
		       const struct pfnscope_contiguity *record, u64 possible)
{
	unsigned int order = record->order;
	u64 have = spare_pages(cursor) + cursor->pcp.pages;
	u64 left = DIV_ROUND_UP_ULL(left_on_lists(cursor), BIT_ULL(order));
	u64 moved = min3(possible, least_usable(cursor, order),
			 within_reach(cursor, order, WMARK_MIN, have));

	return max(quiet_blocks(cursor, record), moved - min(moved, left));
}

/* Returns how many of them are sure. */
static u64 fill_obtainable(const struct pfnscope_contiguity_cursor *cursor,
			   struct pfnscope_contiguity *record, u64 possible)
{
	u64 more = cursor->unmappable + cursor->pcp.pages;
	unsigned int order = record->order;

	if (order >= PFNSCOPE_NR_ORDERS) {
		record->obtainable = range_blocks(cursor, order, possible);
		return record->reclaimed;
	}
	record->obtainable =
		min3(possible, most_usable(cursor, order),
		     within_reach(cursor, order, WMARK_MIN,
				  spare_pages(cursor) + more));
	return sure_blocks(cursor, record, possible);
}

/* What cannot be told whether hugetlb takes it is left out, and so is the rest. */
static void forget_chances(struct pfnscope_contiguity *record)
{
	record->now = PFNSCOPE_UNKNOWN;
	record->drained = PFNSCOPE_UNKNOWN;
	record->reclaimed = PFNSCOPE_UNKNOWN;
	record->compacted = PFNSCOPE_UNKNOWN;
	record->movable = PFNSCOPE_UNKNOWN;
	record->never = PFNSCOPE_UNKNOWN;
	record->written = PFNSCOPE_UNKNOWN;
	record->obtainable = PFNSCOPE_UNKNOWN;
	record->unsure = PFNSCOPE_UNKNOWN;
}

/*
 * Pages that are such a block could move to another one only. Above the buddy
 * allocator's orders they are not counted as movable in the first place.
 */
static u64 most_possible(const struct pfnscope_contiguity *record)
{
	u64 held = record->order < PFNSCOPE_NR_ORDERS ?
		   min(record->movable, record->held) : 0;

	return max(record->reclaimed, record->movable - held);
}

static void fill_chances(const struct pfnscope_contiguity_cursor *cursor,
			 unsigned int order, struct pfnscope_contiguity *record)
{
	const struct pfnscope_chances *chances = &cursor->chances;
	u64 movable = chances->movable[order], sure;

	record->order = order;
	record->whole = chances->whole[order];
	record->now = free_now(cursor, order);
	/* A block that a per-CPU list holds back has at least one page on it. */
	record->drained = max(record->now, min(chances->drained[order],
					       record->now + cursor->pcp.pages));
	record->reclaimed = max(record->drained, chances->reclaimed[order] +
						 chances->beside[order]);
	record->held = chances->held_pages[order] >> order;
	record->movable = movable;
	record->never = chances->whole[order] -
			min(movable, chances->whole[order]);
	sure = fill_obtainable(cursor, record, most_possible(record));
	record->hidden = cursor->hidden[0];
	record->written = free_within_reach(cursor, record);
	record->unsure = record->obtainable - min(sure, record->obtainable);
	record->compacted = max(record->reclaimed, record->obtainable);
	if (chances->unknown[order])
		forget_chances(record);
}

static void fill_indices(struct pfnscope_contiguity_cursor *cursor,
			 unsigned int order, struct pfnscope_contiguity *record)
{
	record->unusable = pfnscope_unusable_index(&cursor->free, order);
	record->extfrag = pfnscope_extfrag_index(&cursor->free, order);
}

static void note_content(struct pfnscope_contiguity_cursor *cursor)
{
	int node = zone_to_nid(cursor->scan.zone);

	cursor->content = (cursor->content && node == cursor->node) ||
			  is_content(cursor);
	cursor->node = node;
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
		note_content(cursor);
	}
	if (cursor->row == rows())
		cursor->row = 0;
	record->node = zone_to_nid(cursor->scan.zone);
	record->zone = cursor->scan.zone->name;
	fill_chances(cursor, order, record);
	fill_indices(cursor, order, record);
	return 1;
}
