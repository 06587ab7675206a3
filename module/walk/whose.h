/* SPDX-License-Identifier: GPL-2.0-only */
/* Everything known of the page frames of one range. */
#ifndef PFNSCOPE_WALK_WHOSE_H
#define PFNSCOPE_WALK_WHOSE_H

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
 * struct pfnscope_whose_cursor - how far the rows have come
 * @zones: the zones
 * @scan: the walk
 * @range: the page frames that were asked about when it began
 * @rows: those of the block that was looked at last
 * @count: how many
 * @next: the one to be told next
 */
struct pfnscope_whose_cursor {
	struct pfnscope_zone_cursor zones;
	struct pfnscope_scan scan;
	struct pfnscope_range range;
	struct pfnscope_whose *rows;
	unsigned int count;
	unsigned int next;
};

bool pfnscope_whose_range(struct pfnscope_range *range);
void pfnscope_whose_ask(const struct pfnscope_range *range);

int pfnscope_whose_begin(struct pfnscope_whose_cursor *cursor);
void pfnscope_whose_end(struct pfnscope_whose_cursor *cursor);
int pfnscope_whose_fill(struct pfnscope_whose_cursor *cursor,
			struct pfnscope_whose *record);

#endif /* PFNSCOPE_WALK_WHOSE_H */
