/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the units of a pageblock add up to. What is asked for each unit is here, for
 * the walk to be as fast as if it had no parts.
 */
#ifndef PFNSCOPE_WALK_BLOCK_H
#define PFNSCOPE_WALK_BLOCK_H

#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/pageblock-flags.h>

#include "record-scan.h"
#include "walk/names.h"

/*
 * Pages of a pageblock. On 5.10 it may be larger than the largest block of the
 * buddy allocator, with pages of 64 KiB and huge pages of 512 MiB.
 */
#define PFNSCOPE_BLOCK_PAGES						\
	(pageblock_nr_pages > BIT(PFNSCOPE_NR_ORDERS - 1) ?		\
	 pageblock_nr_pages : BIT(PFNSCOPE_NR_ORDERS - 1))

/**
 * struct pfnscope_maps - a bit for each page of a pageblock
 * @absent: not online, of another zone, or a hole
 * @unmovable: cannot move, @absent included
 * @busy: neither free nor clean file cache, @unmovable included
 * @drain: neither free nor perhaps on a per-CPU list, @busy included
 */
struct pfnscope_maps {
	DECLARE_BITMAP(absent, PFNSCOPE_BLOCK_PAGES);
	DECLARE_BITMAP(unmovable, PFNSCOPE_BLOCK_PAGES);
	DECLARE_BITMAP(busy, PFNSCOPE_BLOCK_PAGES);
	DECLARE_BITMAP(drain, PFNSCOPE_BLOCK_PAGES);
};

void pfnscope_block_begin(struct pfnscope_block *block,
			  const struct zone *zone, unsigned long start);
void pfnscope_block_blame(struct pfnscope_block *block,
			  const struct pfnscope_unit *unit,
			  const struct pfnscope_names *names,
			  unsigned long pfn);

void pfnscope_maps_begin(struct pfnscope_maps *maps);
void pfnscope_maps_end(struct pfnscope_maps *maps);

/* File cache that reclaim takes as soon as it has unmapped it. */
static inline bool pfnscope_is_unmappable(const struct pfnscope_unit *unit)
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
static inline void pfnscope_block_add(struct pfnscope_block *block,
				      const struct pfnscope_unit *unit,
				      const struct pfnscope_names *names,
				      unsigned long pfn, unsigned int pages)
{
	unsigned int states;

	block->present += pages;
	block->class[unit->class] += pages;
	block->fate[unit->fate] += pages;
	if (pfnscope_is_unmappable(unit))
		block->unmappable += pages;
	if (unit->left)
		block->left += pages;
	for (states = unit->states; states; states &= states - 1)
		block->state[__ffs(states)] += pages;
	if (unit->class == PFNSCOPE_CLASS_FREE && unit->start == pfn)
		block->free[unit->order]++;
	if (unit->fate == PFNSCOPE_FATE_UNMOVABLE &&
	    block->blocker_pfn == PFNSCOPE_UNKNOWN)
		pfnscope_block_blame(block, unit, names, pfn);
}

static inline void pfnscope_set_bits(unsigned long *map, unsigned int first,
				     unsigned int pages)
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
static inline void pfnscope_maps_absent(struct pfnscope_maps *maps,
					unsigned int first, unsigned int pages)
{
	pfnscope_set_bits(maps->absent, first, pages);
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
static inline void pfnscope_maps_add(struct pfnscope_maps *maps,
				     enum pfnscope_fate fate,
				     unsigned int first, unsigned int pages)
{
	if (fate == PFNSCOPE_FATE_UNMOVABLE)
		pfnscope_set_bits(maps->unmovable, first, pages);
	else if (fate == PFNSCOPE_FATE_MOVABLE)
		pfnscope_set_bits(maps->busy, first, pages);
	else if (fate == PFNSCOPE_FATE_CLEAN)
		pfnscope_set_bits(maps->drain, first, pages);
}

#endif /* PFNSCOPE_WALK_BLOCK_H */
