/* SPDX-License-Identifier: GPL-2.0-only */
/* Every zone of every online node, in node then zone order. */
#ifndef PFNSCOPE_WALK_ZONES_H
#define PFNSCOPE_WALK_ZONES_H

#include "record.h"

/**
 * struct pfnscope_zone_cursor - how far a walk over all zones has come
 * @node: node of the zone to visit next
 * @index: index of that zone in its node
 */
struct pfnscope_zone_cursor {
	int node;
	unsigned int index;
};

struct zone *pfnscope_zone_next(struct pfnscope_zone_cursor *cursor);
struct zone *pfnscope_zone_next_populated(struct pfnscope_zone_cursor *cursor);
int pfnscope_zones_fill(struct pfnscope_zone_cursor *cursor,
			struct pfnscope_zone *record);

#endif /* PFNSCOPE_WALK_ZONES_H */
