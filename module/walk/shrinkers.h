/* SPDX-License-Identifier: GPL-2.0-only */
/* Shrinkers, and what they say they could free. */
#ifndef PFNSCOPE_WALK_SHRINKERS_H
#define PFNSCOPE_WALK_SHRINKERS_H

#include "record-pools.h"

/**
 * struct pfnscope_shrinkers_cursor - the row to visit next
 * @position: in the list
 * @node: node id
 * @cost: what it has cost
 */
struct pfnscope_shrinkers_cursor {
	unsigned int position;
	int node;
	struct pfnscope_cost cost;
};

int pfnscope_shrinkers_fill(struct pfnscope_shrinkers_cursor *cursor,
			    struct pfnscope_shrinker *record);

#endif /* PFNSCOPE_WALK_SHRINKERS_H */
