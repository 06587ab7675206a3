/* SPDX-License-Identifier: GPL-2.0-only */
/* Every pageblock of every zone, one after the other. */
#ifndef PFNSCOPE_WALK_PAGEBLOCKS_H
#define PFNSCOPE_WALK_PAGEBLOCKS_H

#include "walk/scan.h"

/**
 * struct pfnscope_pageblock_cursor - how far the rows have come
 * @zones: the zones
 * @scan: the walk
 */
struct pfnscope_pageblock_cursor {
	struct pfnscope_zone_cursor zones;
	struct pfnscope_scan scan;
};

int pfnscope_pageblocks_begin(struct pfnscope_pageblock_cursor *cursor);
int pfnscope_pageblocks_fill(struct pfnscope_pageblock_cursor *cursor,
			     struct pfnscope_block *record);

#endif /* PFNSCOPE_WALK_PAGEBLOCKS_H */
