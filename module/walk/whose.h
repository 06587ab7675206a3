/* SPDX-License-Identifier: GPL-2.0-only */
/* Everything known of the page frames of one range. */
#ifndef PFNSCOPE_WALK_WHOSE_H
#define PFNSCOPE_WALK_WHOSE_H

#include "reach/inode.h"
#include "record-whose.h"
#include "walk/scan.h"

/**
 * struct pfnscope_range - page frames, one at least
 * @first: the first
 * @last: the last
 */
struct pfnscope_range {
	unsigned long first;
	unsigned long last;
};

/**
 * struct pfnscope_whose_row - what is kept of page frames until they are told
 * @told: all but the file system and the path
 * @mapping: of their file, by which its path is asked for then; 0 for none
 * @id: its inode
 * @fs_type: type of its file system
 */
struct pfnscope_whose_row {
	struct pfnscope_whose told;
	unsigned long mapping;
	struct pfnscope_inode id;
	char fs_type[PFNSCOPE_FS_TYPE];
};

/**
 * struct pfnscope_whose_cursor - how far the rows have come
 * @zones: the zones
 * @scan: the walk
 * @range: the page frames that were asked about when it began
 * @rows: those of the block that was looked at last
 * @count: how many
 * @next: the one to be told next
 * @path: room for that of the one told last
 */
struct pfnscope_whose_cursor {
	struct pfnscope_zone_cursor zones;
	struct pfnscope_scan scan;
	struct pfnscope_range range;
	struct pfnscope_whose_row *rows;
	unsigned int count;
	unsigned int next;
	char path[1024];
};

bool pfnscope_whose_range(struct pfnscope_range *range);
void pfnscope_whose_ask(const struct pfnscope_range *range);

int pfnscope_whose_begin(struct pfnscope_whose_cursor *cursor);
void pfnscope_whose_end(struct pfnscope_whose_cursor *cursor);
int pfnscope_whose_fill(struct pfnscope_whose_cursor *cursor,
			struct pfnscope_whose *record);

#endif /* PFNSCOPE_WALK_WHOSE_H */
