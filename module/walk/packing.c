// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compaction moves pages from the start of a zone to free ones at its end: one scanner
 * goes up, the other comes down, and where they meet all is over. A pageblock is whole
 * below that place, if nothing in it stays. Free pages that lie there beside pages that
 * stay are lost: nothing moves downwards.
 *
 * The place is known only when all room has been counted, so a slice of the zone
 * keeps what it would take to get beyond it.
 */
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/pageblock-flags.h>
#include <linux/string.h>

#include "walk/packing.h"

/**
 * pfnscope_packing_begin - a zone is about to be walked
 * @packing: forgets what it knew
 * @start_pfn: where the zone starts
 * @end_pfn: and ends
 */
void pfnscope_packing_begin(struct pfnscope_packing *packing,
			    unsigned long start_pfn, unsigned long end_pfn)
{
	unsigned long blocks;

	memset(packing, 0, sizeof(*packing));
	packing->start = start_pfn >> pageblock_order;
	blocks = (end_pfn >> pageblock_order) + 1 - packing->start;
	packing->length = DIV_ROUND_UP(blocks, PFNSCOPE_SLICES);
}

static struct pfnscope_slice *slice_of(struct pfnscope_packing *packing,
				       const struct pfnscope_block *block)
{
	unsigned long number = (block->start_pfn >> pageblock_order) -
			       packing->start;

	return &packing->slice[min(number / packing->length,
				   PFNSCOPE_SLICES - 1UL)];
}

/**
 * pfnscope_packing_add - count the next pageblock
 * @packing: as begun
 * @block: the pageblock
 * @target: whether compaction moves pages to it
 * @kept: of its pages that can move, those that compaction leaves where they are
 * @hidden: pages up to its end that a free scanner which starts there passes over
 */
void pfnscope_packing_add(struct pfnscope_packing *packing,
			  const struct pfnscope_block *block, bool target,
			  u64 kept, u64 hidden)
{
	struct pfnscope_slice *slice = slice_of(packing, block);
	u64 movable = block->fate[PFNSCOPE_FATE_MOVABLE];
	u64 open = block->fate[PFNSCOPE_FATE_FREE] +
		   block->fate[PFNSCOPE_FATE_CLEAN] +
		   block->fate[PFNSCOPE_FATE_DRAINABLE];

	slice->hidden += hidden - packing->hidden;
	packing->hidden = hidden;
	if (open == pageblock_nr_pages) {
		packing->whole++;
		return;
	}
	movable -= min(kept, movable);
	slice->blocks += open + movable == pageblock_nr_pages;
	slice->pages += movable + (target ? open : 0);
	packing->room += target ? open : 0;
}

/* In a slice that is not done, as many pageblocks as are its share. */
static u64 blocks_within(const struct pfnscope_packing *packing, u64 room,
			 bool found)
{
	const struct pfnscope_slice *slice = packing->slice;
	const struct pfnscope_slice *end = slice + PFNSCOPE_SLICES;
	u64 blocks = packing->whole;

	for (; slice < end; slice++) {
		room += found ? slice->hidden : 0;
		if (slice->pages > room)
			break;
		blocks += slice->blocks;
		room -= slice->pages;
	}
	if (slice < end)
		blocks += div_u64(slice->blocks * room, slice->pages);
	return blocks;
}

/**
 * pfnscope_packing_most - pageblocks that are free when the scanners have met
 * @packing: what the walk came to
 * @more: pages of those that can move which reclaim frees before
 *
 * Such a page takes as much room on the way up if it is room itself.
 *
 * Return: how many, if the free scanner finds all the room.
 */
u64 pfnscope_packing_most(const struct pfnscope_packing *packing, u64 more)
{
	return blocks_within(packing, packing->room + more, false);
}

/**
 * pfnscope_packing_least - the same without the room that is passed over
 * @packing: what the walk came to
 *
 * What is passed over below the place where the scanners meet is not missed.
 *
 * Return: how many, if nothing is reclaimed but clean page cache.
 */
u64 pfnscope_packing_least(const struct pfnscope_packing *packing)
{
	return blocks_within(packing, packing->room -
				      min(packing->hidden, packing->room), true);
}
