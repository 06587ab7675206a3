// SPDX-License-Identifier: GPL-2.0-only
/* What kswapd, direct reclaim and compaction have done and stand at. */
#include <linux/mm.h>

#include "reach/compact.h"
#include "reach/counter.h"
#include "reach/kswapd.h"
#include "reach/node.h"
#include "walk/reclaim.h"

/* A counter of the node, of the host without one. */
static u64 counter(enum pfnscope_counter id, struct pglist_data *pgdat)
{
	u64 value;
	int ret;

	ret = pgdat ? pfnscope_counter_node(id, pgdat, &value) :
		      pfnscope_counter_host(id, &value);
	return ret ? PFNSCOPE_UNKNOWN : value;
}

static void fill_counters(struct pglist_data *pgdat,
			  struct pfnscope_reclaim *record)
{
	record->scanned_kswapd = counter(PFNSCOPE_PGSCAN_KSWAPD, pgdat);
	record->scanned_direct = counter(PFNSCOPE_PGSCAN_DIRECT, pgdat);
	record->stolen_kswapd = counter(PFNSCOPE_PGSTEAL_KSWAPD, pgdat);
	record->stolen_direct = counter(PFNSCOPE_PGSTEAL_DIRECT, pgdat);
	record->refault_anon = counter(PFNSCOPE_WORKINGSET_REFAULT_ANON, pgdat);
	record->refault_file = counter(PFNSCOPE_WORKINGSET_REFAULT_FILE, pgdat);
}

static void fill_unknown(struct pfnscope_reclaim *record)
{
	memset(record, 0, sizeof(*record));
	record->node = PFNSCOPE_UNKNOWN;
	record->kswapd_pid = PFNSCOPE_UNKNOWN;
	record->kswapd_order = PFNSCOPE_UNKNOWN;
	record->kswapd_failures = PFNSCOPE_UNKNOWN;
	record->scanned_kswapd = PFNSCOPE_UNKNOWN;
	record->scanned_direct = PFNSCOPE_UNKNOWN;
	record->stolen_kswapd = PFNSCOPE_UNKNOWN;
	record->stolen_direct = PFNSCOPE_UNKNOWN;
	record->refault_anon = PFNSCOPE_UNKNOWN;
	record->refault_file = PFNSCOPE_UNKNOWN;
	record->compact_migrate_pfn = PFNSCOPE_UNKNOWN;
	record->compact_migrate_sync_pfn = PFNSCOPE_UNKNOWN;
	record->compact_free_pfn = PFNSCOPE_UNKNOWN;
	record->compact_considered = PFNSCOPE_UNKNOWN;
	record->compact_defer_shift = PFNSCOPE_UNKNOWN;
	record->compact_order_failed = PFNSCOPE_UNKNOWN;
}

static int fill_host(struct pfnscope_reclaim *record)
{
	record->scope = PFNSCOPE_RECLAIM_HOST;
	fill_counters(NULL, record);
	return 1;
}

static int fill_node(struct pglist_data *pgdat, struct pfnscope_reclaim *record)
{
	record->scope = PFNSCOPE_RECLAIM_NODE;
	record->node = pgdat->node_id;
	fill_counters(pgdat, record);
	pfnscope_kswapd_read(pgdat, record);
	return 1;
}

static int fill_zone(struct zone *zone, struct pfnscope_reclaim *record)
{
	record->scope = PFNSCOPE_RECLAIM_ZONE;
	record->node = zone_to_nid(zone);
	record->zone = zone->name;
	pfnscope_compact_read(zone, record);
	return 1;
}

static struct zone *next_populated(struct pfnscope_reclaim_cursor *cursor,
				   struct pglist_data *pgdat)
{
	struct zone *zone;

	while (cursor->zone < MAX_NR_ZONES) {
		zone = &pgdat->node_zones[cursor->zone++];
		if (populated_zone(zone))
			return zone;
	}
	return NULL;
}

static void step_node(struct pfnscope_reclaim_cursor *cursor)
{
	cursor->node++;
	cursor->node_done = false;
	cursor->zone = 0;
}

static bool is_first(bool *done)
{
	bool first = !*done;

	*done = true;
	return first;
}

/**
 * pfnscope_reclaim_fill - the next row of the view
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * May sleep: events are summed under the CPU hotplug lock.
 *
 * Return: 1, or 0 after the last one.
 */
int pfnscope_reclaim_fill(struct pfnscope_reclaim_cursor *cursor,
			  struct pfnscope_reclaim *record)
{
	struct pglist_data *pgdat;
	struct zone *zone;

	fill_unknown(record);
	if (is_first(&cursor->host_done))
		return fill_host(record);
	for (; cursor->node < nr_node_ids; step_node(cursor)) {
		pgdat = pfnscope_node(cursor->node);
		if (!pgdat)
			continue;
		if (is_first(&cursor->node_done))
			return fill_node(pgdat, record);
		zone = next_populated(cursor, pgdat);
		if (zone)
			return fill_zone(zone, record);
	}
	return 0;
}
