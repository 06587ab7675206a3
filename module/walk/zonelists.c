// SPDX-License-Identifier: GPL-2.0-only
/*
 * Zonelists are rebuilt in place when the first page of a zone comes online or
 * the last one goes. Each place is read once and always names a valid zone; a
 * walk across a rebuild may show some places of the old order and some of the new.
 */
#include <linux/mm.h>

#include "reach/node.h"
#include "walk/zonelists.h"

static struct zone *zone_at(const struct pfnscope_zonelist_cursor *cursor)
{
	struct pglist_data *pgdat = pfnscope_node(cursor->node);

	if (!pgdat || cursor->position >= MAX_ZONES_PER_ZONELIST)
		return NULL;
	return READ_ONCE(pgdat->node_zonelists[cursor->list]
			 ._zonerefs[cursor->position].zone);
}

static void next_list(struct pfnscope_zonelist_cursor *cursor)
{
	cursor->position = 0;
	if (++cursor->list < MAX_ZONELISTS)
		return;
	cursor->list = 0;
	cursor->node++;
}

/**
 * pfnscope_zonelists_fill - the next place of a zonelist as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, or 0 after the last one.
 */
int pfnscope_zonelists_fill(struct pfnscope_zonelist_cursor *cursor,
			    struct pfnscope_zoneref *record)
{
	struct zone *zone;

	for (; cursor->node < nr_node_ids; next_list(cursor)) {
		zone = zone_at(cursor);
		if (!zone)
			continue;
		record->node = cursor->node;
		record->nofallback = cursor->list != ZONELIST_FALLBACK;
		record->position = cursor->position++;
		record->zone_node = zone_to_nid(zone);
		record->zone = zone->name;
		return 1;
	}
	return 0;
}
