// SPDX-License-Identifier: GPL-2.0-only
/* Counts and maps of one pageblock, filled while the walk passes through it. */
#include <linux/mm.h>

#include "reach/pageblock.h"
#include "reach/slab.h"
#include "walk/block.h"

/**
 * pfnscope_block_begin - a block without a page yet
 * @block: filled
 * @zone: the zone that is being looked at
 * @start: first page frame of the block
 */
void pfnscope_block_begin(struct pfnscope_block *block,
			  const struct zone *zone, unsigned long start)
{
	unsigned long flags = pfnscope_pageblock_flags(start);

	memset(block, 0, sizeof(*block));
	block->node = zone_to_nid((struct zone *)zone);
	block->zone = zone->name;
	block->start_pfn = start;
	block->migratetype = pfnscope_pageblock_migratetype(flags);
	block->skip = pfnscope_pageblock_skip(flags);
	block->blocker_pfn = PFNSCOPE_UNKNOWN;
}

static void note_blocker(struct pfnscope_block *block,
			 const struct pfnscope_unit *unit,
			 const struct pfnscope_names *names, unsigned long pfn)
{
	struct pfnscope_slab_cache *cache;

	if (block->blocker_pfn != PFNSCOPE_UNKNOWN)
		return;
	block->blocker_pfn = pfn;
	block->blocker_class = unit->class;
	if (unit->class != PFNSCOPE_CLASS_SLAB)
		return;
	cache = pfnscope_names_cache(names, unit->page);
	if (cache)
		strscpy(block->blocker, pfnscope_slab_name(cache),
			sizeof(block->blocker));
}

/* File cache that reclaim takes as soon as it has unmapped it. */
static bool is_unmappable(const struct pfnscope_unit *unit)
{
	const unsigned int kept = BIT(PFNSCOPE_STATE_DIRTY) |
				  BIT(PFNSCOPE_STATE_WRITEBACK) |
				  BIT(PFNSCOPE_STATE_UNEVICTABLE) |
				  BIT(PFNSCOPE_STATE_MLOCKED) |
				  BIT(PFNSCOPE_STATE_PINNED);

	return unit->class == PFNSCOPE_CLASS_FILE &&
	       unit->states & BIT(PFNSCOPE_STATE_MAPPED) &&
	       !(unit->states & kept);
}

/**
 * pfnscope_block_add - count the pages that a unit has in the block
 * @block: the block
 * @unit: the unit
 * @names: by which a slab is told
 * @pfn: the first of these pages
 * @pages: how many
 */
void pfnscope_block_add(struct pfnscope_block *block,
			const struct pfnscope_unit *unit,
			const struct pfnscope_names *names, unsigned long pfn,
			unsigned int pages)
{
	unsigned int states;

	block->present += pages;
	block->class[unit->class] += pages;
	block->fate[unit->fate] += pages;
	if (is_unmappable(unit))
		block->unmappable += pages;
	for (states = unit->states; states; states &= states - 1)
		block->state[__ffs(states)] += pages;
	if (unit->class == PFNSCOPE_CLASS_FREE && unit->start == pfn)
		block->free[unit->order]++;
	if (unit->fate == PFNSCOPE_FATE_UNMOVABLE)
		note_blocker(block, unit, names, pfn);
}

/**
 * pfnscope_maps_begin - maps without a bit
 * @maps: the maps
 */
void pfnscope_maps_begin(struct pfnscope_maps *maps)
{
	bitmap_zero(maps->absent, pageblock_nr_pages);
	bitmap_zero(maps->unmovable, pageblock_nr_pages);
	bitmap_zero(maps->busy, pageblock_nr_pages);
	bitmap_zero(maps->drain, pageblock_nr_pages);
}

static void set_bits(unsigned long *map, unsigned int first, unsigned int pages)
{
	if (pages == 1)
		__set_bit(first, map);
	else
		bitmap_set(map, first, pages);
}

/**
 * pfnscope_maps_absent - pages that are none of the zone's
 * @maps: the maps
 * @first: the first of them, counted from the start of the block
 * @pages: how many
 */
void pfnscope_maps_absent(struct pfnscope_maps *maps, unsigned int first,
			  unsigned int pages)
{
	set_bits(maps->absent, first, pages);
}

/**
 * pfnscope_maps_add - pages of the zone
 * @maps: the maps
 * @fate: what can become of them
 * @first: the first of them, counted from the start of the block
 * @pages: how many
 *
 * Each page gets a bit in one map: the wider ones get it from the narrower at
 * the end.
 */
void pfnscope_maps_add(struct pfnscope_maps *maps, enum pfnscope_fate fate,
		       unsigned int first, unsigned int pages)
{
	if (fate == PFNSCOPE_FATE_UNMOVABLE)
		set_bits(maps->unmovable, first, pages);
	else if (fate == PFNSCOPE_FATE_MOVABLE)
		set_bits(maps->busy, first, pages);
	else if (fate == PFNSCOPE_FATE_CLEAN)
		set_bits(maps->drain, first, pages);
}

/**
 * pfnscope_maps_end - each map includes the ones before
 * @maps: the maps
 */
void pfnscope_maps_end(struct pfnscope_maps *maps)
{
	unsigned int i;

	for (i = 0; i < BITS_TO_LONGS(pageblock_nr_pages); i++) {
		maps->unmovable[i] |= maps->absent[i];
		maps->busy[i] |= maps->unmovable[i];
		maps->drain[i] |= maps->busy[i];
	}
}
