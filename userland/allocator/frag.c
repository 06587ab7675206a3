// SPDX-License-Identifier: GPL-2.0-only
/*
 * There is no agreed single figure of fragmentation, so all of them, each with
 * its definition. The arithmetic is the module's own file measure.c.
 */
#include <string.h>

#include "allocator/frag.h"
#include "measure.h"
#include "table/fields.h"
#include "view/contiguity.h"
#include "view/freelists.h"
#include "view/zones.h"

const struct pfnscope_view pfnscope_view_frag = PFNSCOPE_BOUNDED_VIEW(FRAG, "frag");

struct zone_key {
	uint64_t node;
	const char *zone;
};

/* Of any of the tables that are read here. */
PFNSCOPE_BEGINS_WITH_PLACE(FREELISTS);
PFNSCOPE_BEGINS_WITH_PLACE(ZONES);
PFNSCOPE_BEGINS_WITH_PLACE(CONTIGUITY);

static bool is_of_zone(const struct pfnscope_table *table, size_t row,
		       const struct zone_key *key)
{
	const char *zone = pfnscope_table_string(table, row, PLACE_zone);
	uint64_t node;

	return pfnscope_table_number(table, row, PLACE_node, &node) && zone &&
	       node == key->node && !strcmp(zone, key->zone);
}

static void frag_add_blocks(const struct FREELISTS_table *freelists,
			    const struct zone_key *key, struct pfnscope_free *area,
			    unsigned int *orders)
{
	uint64_t order, blocks;
	size_t row;

	memset(area, 0, sizeof(*area));
	*orders = 0;
	for (row = 0; row < freelists->all.nr_rows; row++) {
		if (!is_of_zone(&freelists->all, row, key) ||
		    !pfnscope_table_number(CELL(freelists, row, FREELISTS_order), &order) ||
		    !pfnscope_table_number(CELL(freelists, row, FREELISTS_blocks), &blocks) ||
		    order >= PFNSCOPE_ORDERS)
			continue;
		area->blocks[order] += blocks;
		if (order >= *orders)
			*orders = (unsigned int)order + 1;
	}
}

/* present_pages of the zone and of its node. */
static bool find_present(const struct ZONES_table *zones,
			 const struct zone_key *key, uint64_t *zone,
			 uint64_t *node)
{
	uint64_t of, present;
	bool found = false;
	size_t row;

	*node = 0;
	for (row = 0; zones && row < zones->all.nr_rows; row++) {
		if (!pfnscope_table_number(CELL(zones, row, ZONES_node), &of) ||
		    of != key->node ||
		    !pfnscope_table_number(CELL(zones, row, ZONES_present_pages), &present))
			continue;
		*node += present;
		if (is_of_zone(&zones->all, row, key)) {
			*zone = present;
			found = true;
		}
	}
	return found;
}

static bool find_spread(const struct CONTIGUITY_table *contiguity,
			const struct zone_key *key, unsigned int order,
			int64_t *spread)
{
	uint64_t of, whole, never;
	size_t row;

	for (row = 0; contiguity && row < contiguity->all.nr_rows; row++) {
		if (!is_of_zone(&contiguity->all, row, key) ||
		    !pfnscope_table_number(CELL(contiguity, row, CONTIGUITY_order), &of) ||
		    of != order ||
		    !pfnscope_table_number(CELL(contiguity, row, CONTIGUITY_whole_blocks),
					   &whole) ||
		    !pfnscope_table_number(CELL(contiguity, row, CONTIGUITY_never_blocks), &never))
			continue;
		*spread = whole ? (int64_t)(never * 1000 / whole) : 0;
		return whole;
	}
	return false;
}

static void frag_add_row(struct FRAG_table *table, const struct zone_key *key,
			 unsigned int order, const struct pfnscope_free *area)
{
	struct pfnscope_value *cells = pfnscope_table_add(&table->all);

	pfnscope_table_set_number(CELL(table, cells, FRAG_node), key->node);
	pfnscope_table_set_string(CELL(table, cells, FRAG_zone), key->zone);
	pfnscope_table_set_number(CELL(table, cells, FRAG_order), order);
	pfnscope_table_set_number(CELL(table, cells, FRAG_free_blocks),
				  pfnscope_free_blocks_at(area, order));
	pfnscope_table_set_signed(CELL(table, cells, FRAG_unusable_permille),
				  pfnscope_unusable_index(area, order));
	pfnscope_table_set_signed(CELL(table, cells, FRAG_extfrag_permille),
				  pfnscope_extfrag_index(area, order));
	pfnscope_table_set_signed(CELL(table, cells, FRAG_fmfi_permille),
				  pfnscope_fmfi_permille(area, order));
}

static uint64_t compaction_score(const struct pfnscope_free *area, unsigned int order,
				 uint64_t present, uint64_t of_node)
{
	unsigned int permille = (unsigned int)pfnscope_fragmentation_permille(area, order);

	return pfnscope_compaction_score(permille / 10, present, of_node);
}

static void frag_add_zone(const struct pfnscope_snapshot *snapshot,
			  struct FRAG_table *table,
			  const struct FREELISTS_table *freelists,
			  const struct zone_key *key)
{
	const struct ZONES_table *zones = ZONES_IN(snapshot);
	const struct CONTIGUITY_table *contiguity = CONTIGUITY_IN(snapshot);
	uint64_t present, of_node;
	struct pfnscope_value *cells;
	struct pfnscope_free area;
	unsigned int order, orders;
	int64_t spread;

	frag_add_blocks(freelists, key, &area, &orders);
	for (order = 0; order < orders; order++) {
		frag_add_row(table, key, order, &area);
		cells = pfnscope_table_row(&table->all, table->all.nr_rows - 1);
		if (find_present(zones, key, &present, &of_node))
			pfnscope_table_set_number(CELL(table, cells, FRAG_score_percent),
						  compaction_score(&area, order, present, of_node));
		if (find_spread(contiguity, key, order, &spread))
			pfnscope_table_set_signed(CELL(table, cells, FRAG_spread_permille),
						  spread);
	}
}

static void set_threshold(struct FRAG_table *table, int64_t threshold)
{
	for (size_t row = 0; threshold >= 0 && row < table->all.nr_rows; row++)
		pfnscope_table_set_number(CELL(table, pfnscope_table_row(&table->all, row),
					       FRAG_extfrag_threshold_permille),
					  (uint64_t)threshold);
}

struct pfnscope_table *pfnscope_frag(const struct pfnscope_snapshot *snapshot,
				     int64_t threshold)
{
	const struct FREELISTS_table *freelists = FREELISTS_IN(snapshot);
	struct FRAG_table *table = FRAG_NEW();
	struct zone_key key, last = { UINT64_MAX, "" };
	size_t row;

	if (freelists->all.state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_table_limit(&table->all, freelists->all.state, "%s",
				     freelists->all.reason);
	for (row = 0; row < freelists->all.nr_rows; row++) {
		key.zone = pfnscope_table_string(CELL(freelists, row, FREELISTS_zone));
		if (!key.zone ||
		    !pfnscope_table_number(CELL(freelists, row, FREELISTS_node), &key.node) ||
		    (key.node == last.node && !strcmp(key.zone, last.zone)))
			continue;
		frag_add_zone(snapshot, table, freelists, &key);
		last = key;
	}
	pfnscope_table_needs(&table->all, pfnscope_snapshot_table(snapshot,
				&pfnscope_view_zones), "score");
	pfnscope_table_needs(&table->all, pfnscope_snapshot_table(snapshot,
				&pfnscope_view_contiguity), "spread");
	set_threshold(table, threshold);
	pfnscope_bound_mark(&table->all);
	return &table->all;
}
