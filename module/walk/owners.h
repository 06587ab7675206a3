/* SPDX-License-Identifier: GPL-2.0-only */
/* Who has the pages of each zone, and whose pages spoil how many blocks. */
#ifndef PFNSCOPE_WALK_OWNERS_H
#define PFNSCOPE_WALK_OWNERS_H

#include "walk/owner_table.h"
#include "walk/scan.h"

/* Kinds of owner for which spoiled blocks are counted, each on its own. */
enum pfnscope_spoiler {
	PFNSCOPE_SPOILER_CLASS,
	PFNSCOPE_SPOILER_SLAB,
	PFNSCOPE_SPOILER_CGROUP,
	PFNSCOPE_SPOILER_FRAMES,
	PFNSCOPE_SPOILERS
};

/**
 * struct pfnscope_owner_cursor - how far the rows have come
 * @zones: the zones
 * @scan: the walk
 * @table: the owners of the zone that was walked last
 * @last: the cgroup asked about last
 * @last.word: by which the page named it
 * @last.cgroup: its number
 * @row: place of the next one that may be a row
 * @block: counts blocks, so that each is added to an owner once
 * @unmovable: the block has an unmovable page
 * @sole: owner of all the unmovable pages in the block, NULL when there are several
 */
struct pfnscope_owner_cursor {
	struct pfnscope_zone_cursor zones;
	struct pfnscope_scan scan;
	struct pfnscope_owner_table table;
	struct {
		unsigned long word;
		unsigned int cgroup;
	} last;
	unsigned int row;
	u64 block;
	bool unmovable;
	struct pfnscope_owner_slot *sole[PFNSCOPE_SPOILERS];
};

int pfnscope_owners_begin(struct pfnscope_owner_cursor *cursor);
void pfnscope_owners_end(struct pfnscope_owner_cursor *cursor);
int pfnscope_owners_fill(struct pfnscope_owner_cursor *cursor,
			 struct pfnscope_owner *record);

#endif /* PFNSCOPE_WALK_OWNERS_H */
