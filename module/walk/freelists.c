// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel keeps no count of free blocks by migratetype, and walking its lists
 * would hold zone->lock with interrupts off for as long as there are blocks. The
 * walk over the page frames finds them all; each is counted under the migratetype
 * of the pageblock it starts in.
 */
#include "walk/freelists.h"

static int count_zone(struct pfnscope_freelist_cursor *cursor)
{
	struct pfnscope_scan *scan = &cursor->scan;
	unsigned int order;
	int ret;

	memset(cursor->blocks, 0, sizeof(cursor->blocks));
	while ((ret = pfnscope_scan_block(scan)) > 0)
		for (order = 0; order < PFNSCOPE_NR_ORDERS; order++)
			cursor->blocks[order][scan->block.migratetype] +=
				scan->block.free[order];
	pfnscope_scan_pause(scan);
	return ret;
}

/**
 * pfnscope_freelists_fill - the next order and migratetype as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_freelists_fill(struct pfnscope_freelist_cursor *cursor,
			    struct pfnscope_freelist *record)
{
	unsigned int row = cursor->row++;
	int ret;

	if (!row) {
		if (!pfnscope_scan_next_zone(&cursor->scan, &cursor->zones))
			return 0;
		ret = count_zone(cursor);
		if (ret)
			return ret;
	}
	if (cursor->row == PFNSCOPE_NR_ORDERS * MIGRATE_TYPES)
		cursor->row = 0;
	record->node = zone_to_nid(cursor->scan.zone);
	record->zone = cursor->scan.zone->name;
	record->order = row / MIGRATE_TYPES;
	record->migratetype = row % MIGRATE_TYPES;
	record->blocks = cursor->blocks[record->order][record->migratetype];
	return 1;
}
