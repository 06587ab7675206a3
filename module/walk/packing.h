/* SPDX-License-Identifier: GPL-2.0-only */
/* How far compaction gets in a zone, and which pageblocks it leaves free. */
#ifndef PFNSCOPE_WALK_PACKING_H
#define PFNSCOPE_WALK_PACKING_H

#include <linux/types.h>

#include "record-scan.h"

/* So many that they and the cursor around them fit into 16 KiB. */
#define PFNSCOPE_SLICES	768

/**
 * struct pfnscope_slice - some pageblocks, from the start of the zone on
 * @pages: by which there is less room once the migration scanner is beyond: those to
 *	be moved, and the room behind it
 * @blocks: whole when their pages are moved
 * @hidden: by which the free scanner passes over more below its end than below its start
 */
struct pfnscope_slice {
	u32 pages;
	u32 blocks;
	u32 hidden;
};

/**
 * struct pfnscope_packing - pageblocks of a zone, as compaction meets them
 * @start: the first of them
 * @length: how many make a slice: one in zones of up to 768
 * @room: free and clean pages to which others may be moved, those on per-CPU lists
 *	included
 * @hidden: of these, what the free scanner passes over
 * @whole: pageblocks of nothing but such pages, which compaction leaves alone
 * @slice: the others
 */
struct pfnscope_packing {
	unsigned long start;
	unsigned long length;
	u64 room;
	u64 hidden;
	u64 whole;
	struct pfnscope_slice slice[PFNSCOPE_SLICES];
};

void pfnscope_packing_begin(struct pfnscope_packing *packing,
			    unsigned long start_pfn, unsigned long end_pfn);
void pfnscope_packing_add(struct pfnscope_packing *packing,
			  const struct pfnscope_block *block, bool target,
			  u64 kept, u64 hidden);
u64 pfnscope_packing_most(const struct pfnscope_packing *packing, u64 more);
u64 pfnscope_packing_least(const struct pfnscope_packing *packing);

#endif /* PFNSCOPE_WALK_PACKING_H */
