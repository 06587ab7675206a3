// SPDX-License-Identifier: GPL-2.0-only
/* Sizes, watermarks and reserves of a zone, read without any lock. */
#include "reach/node.h"
#include "reach/zone.h"
#include "walk/zones.h"

/**
 * pfnscope_zone_next - step to the next zone of an online node
 * @cursor: zeroed for the first zone
 *
 * Zones without pages are visited too.
 *
 * Return: the zone, NULL after the last one. It stays valid: a node's
 * pglist_data is never freed once the node has been online.
 */
struct zone *pfnscope_zone_next(struct pfnscope_zone_cursor *cursor)
{
	struct pglist_data *pgdat;

	for (; cursor->node < nr_node_ids; cursor->node++, cursor->index = 0) {
		pgdat = pfnscope_node(cursor->node);
		if (pgdat && cursor->index < MAX_NR_ZONES)
			return &pgdat->node_zones[cursor->index++];
	}
	return NULL;
}

/**
 * pfnscope_zone_next_populated - step to the next zone that has pages now
 * @cursor: zeroed for the first zone
 *
 * Return: as pfnscope_zone_next().
 */
struct zone *pfnscope_zone_next_populated(struct pfnscope_zone_cursor *cursor)
{
	struct zone *zone;

	do {
		zone = pfnscope_zone_next(cursor);
	} while (zone && !READ_ONCE(zone->present_pages));
	return zone;
}

static void fill_watermarks(struct zone *zone, struct pfnscope_zone *record)
{
	unsigned int i;

	record->min = READ_ONCE(zone->_watermark[WMARK_MIN]);
	record->low = READ_ONCE(zone->_watermark[WMARK_LOW]);
	record->high = READ_ONCE(zone->_watermark[WMARK_HIGH]);
	record->promo = pfnscope_zone_wmark_promo(zone);
	record->boost = READ_ONCE(zone->watermark_boost);
	for (i = 0; i < MAX_NR_ZONES; i++)
		record->lowmem_reserve[i] = READ_ONCE(zone->lowmem_reserve[i]);
}

/**
 * pfnscope_zones_fill - the next zone as a record
 * @cursor: zeroed for the first zone
 * @record: filled
 *
 * Return: 1, or 0 after the last zone.
 */
int pfnscope_zones_fill(struct pfnscope_zone_cursor *cursor,
			struct pfnscope_zone *record)
{
	struct zone *zone = pfnscope_zone_next(cursor);

	if (!zone)
		return 0;
	record->node = zone_to_nid(zone);
	record->name = zone->name;
	pfnscope_zone_span(zone, &record->start_pfn, &record->spanned);
	record->present = READ_ONCE(zone->present_pages);
	record->managed = zone_managed_pages(zone);
	record->free = zone_page_state(zone, NR_FREE_PAGES);
	record->highatomic = READ_ONCE(zone->nr_reserved_highatomic);
	record->cma = pfnscope_zone_cma_pages(zone);
	record->flags = pfnscope_zone_flags(zone);
	fill_watermarks(zone, record);
	return 1;
}
