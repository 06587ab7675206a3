// SPDX-License-Identifier: GPL-2.0-only
/*
 * One block for each row. Any time may pass between two rows, so nothing is held
 * from one to the next: a reader of the whole file sees each block at another
 * moment.
 */
#include "walk/pageblocks.h"

/**
 * pfnscope_pageblocks_begin - prepare the first row
 * @cursor: zeroed; its walk is to be given to pfnscope_scan_end() if this
 *	returns 0
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_pageblocks_begin(struct pfnscope_pageblock_cursor *cursor)
{
	return pfnscope_scan_begin(&cursor->scan, false);
}

/**
 * pfnscope_pageblocks_fill - the next block as a record
 * @cursor: as begun
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_pageblocks_fill(struct pfnscope_pageblock_cursor *cursor,
			     struct pfnscope_block *record)
{
	struct pfnscope_scan *scan = &cursor->scan;
	int ret = 0;

	for (;;) {
		if (scan->zone)
			ret = pfnscope_scan_block(scan);
		pfnscope_scan_pause(scan);
		if (ret)
			break;
		if (!pfnscope_scan_next_zone(scan, &cursor->zones))
			return 0;
	}
	*record = scan->block;
	return ret;
}
