/* SPDX-License-Identifier: GPL-2.0-only */
/* Free blocks by zone, order and migratetype. */
#ifndef PFNSCOPE_WALK_FREELISTS_H
#define PFNSCOPE_WALK_FREELISTS_H

#include "walk/scan.h"

/**
 * struct pfnscope_freelist_cursor - how far the rows have come
 * @zones: the zones
 * @row: next row of the zone that @blocks is of
 * @blocks: its free blocks
 * @scan: the walk that counts them
 */
struct pfnscope_freelist_cursor {
	struct pfnscope_zone_cursor zones;
	unsigned int row;
	u64 blocks[PFNSCOPE_NR_ORDERS][MIGRATE_TYPES];
	struct pfnscope_scan scan;
};

int pfnscope_freelists_fill(struct pfnscope_freelist_cursor *cursor,
			    struct pfnscope_freelist *record);

#endif /* PFNSCOPE_WALK_FREELISTS_H */
