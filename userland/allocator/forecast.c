// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module counts the blocks of each order; here they are put beside the names
 * of those who spoil them. Owners are counted by pageblock, so that they can be
 * named only where the block asked for is one.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/forecast.h"
#include "base/alloc.h"
#include "table/fields.h"
#include "table/select.h"
#include "view/about.h"
#include "view/contiguity.h"
#include "view/forecast.h"
#include "view/hugepages.h"
#include "view/owners.h"

/* No buddy allocator has such blocks: 64 KiB pages take it to order 13. */
#define GIGANTIC_ORDER 14

struct blocker {
	uint64_t blocks;
	const char *owner;
	const char *kind;
};

static int compare_blockers(const void *a, const void *b)
{
	const struct blocker *left = a, *right = b;

	return left->blocks < right->blocks ? 1 :
	       left->blocks > right->blocks ? -1 : 0;
}

/* Slab caches by name; slab as a class would be the same blocks once more. */
static bool is_blocker(const struct OWNERS_table *owners, size_t row,
		       uint64_t node, const char *zone, struct blocker *blocker)
{
	const char *of = pfnscope_table_string(CELL(owners, row, OWNERS_zone));
	uint64_t number;

	blocker->kind = pfnscope_table_string(CELL(owners, row, OWNERS_kind));
	blocker->owner = pfnscope_table_string(CELL(owners, row, OWNERS_owner));
	return of && !strcmp(of, zone) && blocker->kind && blocker->owner &&
	       pfnscope_table_number(CELL(owners, row, OWNERS_node), &number) &&
	       number == node &&
	       pfnscope_table_number(CELL(owners, row, OWNERS_spoiled_blocks),
				     &blocker->blocks) && blocker->blocks &&
	       strcmp(blocker->kind, "state") &&
	       (strcmp(blocker->kind, "class") ||
		strcmp(blocker->owner, "slab"));
}

static void forecast_set_blockers(struct FORECAST_table *table, struct pfnscope_value *cells,
				  struct blocker *blockers, size_t count, size_t names)
{
	const char **words;
	char *word;
	size_t i;

	qsort(blockers, count, sizeof(*blockers), compare_blockers);
	if (count > names)
		count = names;
	words = pfnscope_table_keep(&table->all, (count + 1) * sizeof(*words));
	for (i = 0; i < count; i++) {
		size_t size = strlen(blockers[i].owner) + 32;

		word = pfnscope_table_keep(&table->all, size);
		snprintf(word, size, "%s:%" PRIu64, blockers[i].owner,
			 blockers[i].blocks);
		words[i] = word;
	}
	pfnscope_table_set_words(CELL(table, cells, FORECAST_blockers), words, count);
}

/* Of the zone that was added last. */
static void name_blockers(const struct OWNERS_table *owners,
			  struct FORECAST_table *table, size_t names)
{
	size_t row = table->all.nr_rows - 1;
	const char *zone = pfnscope_table_string(CELL(table, row, FORECAST_zone));
	struct blocker *blockers;
	uint64_t node;
	size_t i, count = 0;

	if (!zone || !pfnscope_table_number(CELL(table, row, FORECAST_node), &node))
		return;
	blockers = pfnscope_calloc(owners->all.nr_rows + 1, sizeof(*blockers));
	for (i = 0; i < owners->all.nr_rows; i++)
		if (is_blocker(owners, i, node, zone, &blockers[count]))
			count++;
	forecast_set_blockers(table, pfnscope_table_row(&table->all, row), blockers, count, names);
	free(blockers);
}

static bool forecast_add_zone(const struct CONTIGUITY_table *contiguity, size_t row,
			      uint64_t order, struct pfnscope_table *table)
{
	uint64_t number;

	if (!pfnscope_table_string(CELL(contiguity, row, CONTIGUITY_zone)) ||
	    !pfnscope_table_number(CELL(contiguity, row, CONTIGUITY_order), &number) ||
	    number != order)
		return false;
	pfnscope_table_copy(table, pfnscope_table_add(table), &contiguity->all, row);
	return true;
}

/* Known where it is of every zone. */
static void forecast_add_sum(struct FORECAST_table *table, uint64_t order)
{
	size_t rows = table->all.nr_rows, row;
	struct pfnscope_value *cells;
	unsigned int column;
	uint64_t number, sum;

	if (rows < 2)
		return;
	cells = pfnscope_table_add(&table->all);
	pfnscope_table_set_string(CELL(table, cells, FORECAST_zone), "all");
	pfnscope_table_set_number(CELL(table, cells, FORECAST_order), order);
	for (column = FORECAST_now_blocks; column <= FORECAST_never_blocks; column++) {
		for (row = 0, sum = 0; row < rows; row++, sum += number)
			if (!pfnscope_table_number(&table->all, row, column, &number))
				break;
		if (row == rows)
			pfnscope_table_set_number(&table->all, cells, column, sum);
	}
}

/*
 * Ranges above the orders of any buddy allocator are emptied into the free pages of
 * all zones, which each zone counts for itself: the host's row knows better.
 */
static void share_room(const struct pfnscope_snapshot *snapshot,
		       struct FORECAST_table *table, uint64_t order)
{
	const struct HUGEPAGES_table *pools = HUGEPAGES_IN(snapshot);
	struct pfnscope_value *last;
	uint64_t size, host, sum;
	size_t row = table->all.nr_rows;

	if (!pools || row < 2 || order < GIGANTIC_ORDER ||
	    !pfnscope_table_number(CELL(table, row - 1, FORECAST_obtainable_blocks), &sum))
		return;
	last = pfnscope_table_row(&table->all, row - 1);
	for (row = 0; row < pools->all.nr_rows; row++)
		if (!pfnscope_table_number(CELL(pools, row, HUGEPAGES_node), &size) &&
		    pfnscope_table_number(CELL(pools, row, HUGEPAGES_size_bytes), &size) &&
		    size == snapshot->page_size_bytes << order &&
		    pfnscope_table_number(CELL(pools, row, HUGEPAGES_obtainable_hugepages),
					  &host) && host < sum)
			pfnscope_table_set_number(CELL(table, last, FORECAST_obtainable_blocks),
						  host);
}

/* Whether blocks of this order are pageblocks, as the module tells it. */
static bool is_pageblock(const struct pfnscope_snapshot *snapshot,
			 uint64_t order)
{
	uint64_t pageblock_order;

	return pfnscope_about_number(pfnscope_snapshot_table(snapshot,
						&pfnscope_view_about),
				     "pageblock_order", &pageblock_order) &&
	       pageblock_order == order;
}

/* Only where they could be read is it known that there are none. */
static bool has_rows(const struct pfnscope_table *table)
{
	return table && table->state <= PFNSCOPE_TABLE_PARTIAL;
}

struct pfnscope_table *
pfnscope_forecast(const struct pfnscope_snapshot *snapshot, uint64_t order,
		  size_t names)
{
	const struct CONTIGUITY_table *contiguity = CONTIGUITY_IN(snapshot);
	const struct OWNERS_table *owners = OWNERS_IN(snapshot);
	struct FORECAST_table *table = FORECAST_NEW();
	bool named = is_pageblock(snapshot, order);
	size_t row;

	if (contiguity->all.state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_table_limit(&table->all, contiguity->all.state, "%s",
				     contiguity->all.reason);
	for (row = 0; row < contiguity->all.nr_rows; row++)
		if (forecast_add_zone(contiguity, row, order, &table->all) &&
		    named && has_rows(&owners->all))
			name_blockers(owners, table, names);
	if (named)
		pfnscope_table_needs(&table->all, &owners->all, "who is in the way");
	forecast_add_sum(table, order);
	share_room(snapshot, table, order);
	return &table->all;
}
