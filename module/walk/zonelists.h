/* SPDX-License-Identifier: GPL-2.0-only */
/* The order in which each node's allocations try zones. */
#ifndef PFNSCOPE_WALK_ZONELISTS_H
#define PFNSCOPE_WALK_ZONELISTS_H

#include "record.h"

/**
 * struct pfnscope_zonelist_cursor - the place to visit next
 * @node: node that asks
 * @list: index in its node_zonelists[]
 * @position: index in that list
 */
struct pfnscope_zonelist_cursor {
	int node;
	unsigned int list;
	unsigned int position;
};

int pfnscope_zonelists_fill(struct pfnscope_zonelist_cursor *cursor,
			    struct pfnscope_zoneref *record);

#endif /* PFNSCOPE_WALK_ZONELISTS_H */
