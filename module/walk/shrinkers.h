/* SPDX-License-Identifier: GPL-2.0-only */
/* Shrinkers, and what they say they could free. */
#ifndef PFNSCOPE_WALK_SHRINKERS_H
#define PFNSCOPE_WALK_SHRINKERS_H

#include "record-pools.h"

/**
 * struct pfnscope_shrinkers_cursor - rows that were made together
 * @rows: room for them
 * @count: how many there are
 * @next: which one comes next
 * @position: in the list, of the shrinker to be visited after them
 * @node: node id to begin with there
 * @cost: what it has cost
 */
struct pfnscope_shrinkers_cursor {
	struct pfnscope_shrinker *rows;
	unsigned int count;
	unsigned int next;
	unsigned int position;
	int node;
	struct pfnscope_cost cost;
};

int pfnscope_shrinkers_begin(struct pfnscope_shrinkers_cursor *cursor);
int pfnscope_shrinkers_fill(struct pfnscope_shrinkers_cursor *cursor,
			    struct pfnscope_shrinker *record);
void pfnscope_shrinkers_end(struct pfnscope_shrinkers_cursor *cursor);

#endif /* PFNSCOPE_WALK_SHRINKERS_H */
