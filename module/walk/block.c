// SPDX-License-Identifier: GPL-2.0-only
/* What is done once for each pageblock. */
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

/**
 * pfnscope_block_blame - remember why the block cannot be freed
 * @block: the block, of which nothing was unmovable so far
 * @unit: what is
 * @names: by which a slab is told
 * @pfn: the first page that it has in the block
 */
void pfnscope_block_blame(struct pfnscope_block *block,
			  const struct pfnscope_unit *unit,
			  const struct pfnscope_names *names, unsigned long pfn)
{
	block->blocker_pfn = pfn;
	block->blocker_class = unit->class;
	if (unit->class == PFNSCOPE_CLASS_SLAB &&
	    unit->cache < names->caches.count)
		strscpy(block->blocker,
			pfnscope_slab_name(names->caches.all[unit->cache]),
			sizeof(block->blocker));
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
