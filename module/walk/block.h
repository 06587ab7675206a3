/* SPDX-License-Identifier: GPL-2.0-only */
/* What the units of a pageblock add up to. */
#ifndef PFNSCOPE_WALK_BLOCK_H
#define PFNSCOPE_WALK_BLOCK_H

#include <linux/bitmap.h>
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
void pfnscope_block_add(struct pfnscope_block *block,
			const struct pfnscope_unit *unit,
			const struct pfnscope_names *names, unsigned long pfn,
			unsigned int pages);

void pfnscope_maps_begin(struct pfnscope_maps *maps);
void pfnscope_maps_absent(struct pfnscope_maps *maps, unsigned int first,
			  unsigned int pages);
void pfnscope_maps_add(struct pfnscope_maps *maps, enum pfnscope_fate fate,
		       unsigned int first, unsigned int pages);
void pfnscope_maps_end(struct pfnscope_maps *maps);

#endif /* PFNSCOPE_WALK_BLOCK_H */
