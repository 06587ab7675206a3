// SPDX-License-Identifier: GPL-2.0-only
/* freelists and contiguity for people: a line a zone and kind, a column an order. */
#include <string.h>

#include "table/fields.h"
#include "table/matrix.h"
#include "view/brief.h"
#include "view/contiguity.h"
#include "view/freelists.h"

#define FREELISTS_LABEL		"of the pageblock they start in; all: the sum of the zone"
#define CONTIGUITY_LABEL	"now, or obtainable by dropping and moving pages"
#define ORDER_HELP		"blocks of two to the power of that order pages, a column an order"

#define FREELISTS_BRIEF_ROW "the free blocks of a migratetype in a zone, by their order"
#define FREELISTS_BRIEF_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, migratetype, SHOWN, NULL, FREELISTS_LABEL) \
	F(V, COUNT, order_0, SHOWN, "0, 1...", ORDER_HELP) \
	F(V, PAGES, size_pages, SHOWN, NULL, "all of them together")
#define CONTIGUITY_BRIEF_ROW "the blocks of each order that a zone can give"
#define CONTIGUITY_BRIEF_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, blocks, SHOWN, NULL, CONTIGUITY_LABEL) \
	F(V, COUNT, order_0, SHOWN, "0, 1...", ORDER_HELP)

PFNSCOPE_COLUMNS(FREELISTS_BRIEF);
PFNSCOPE_COLUMNS(CONTIGUITY_BRIEF);

const struct pfnscope_view pfnscope_view_freelists_brief = PFNSCOPE_VIEW(FREELISTS_BRIEF, "freelists");
PFNSCOPE_TABLE(FREELISTS_BRIEF, pfnscope_view_freelists_brief);
const struct pfnscope_view pfnscope_view_contiguity_brief = PFNSCOPE_VIEW(CONTIGUITY_BRIEF, "contiguity");
PFNSCOPE_TABLE(CONTIGUITY_BRIEF, pfnscope_view_contiguity_brief);

#define LINES	16	/* more migratetypes than any kernel has */

/**
 * struct lines - the lines of one zone while its rows are read
 * @node: of the zone
 * @zone: its name
 * @label: of each line
 * @blocks: of each line and order
 * @count: how many lines
 */
struct lines {
	uint64_t node;
	const char *zone;
	const char *label[LINES];
	uint64_t blocks[LINES][PFNSCOPE_MATRIX_ORDERS];
	size_t count;
};

static void add_blocks(struct lines *lines, const char *label, uint64_t order,
		       uint64_t blocks)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		if (!strcmp(lines->label[i], label))
			break;
	if (i == LINES || order >= PFNSCOPE_MATRIX_ORDERS)
		return;
	if (i == lines->count)
		lines->label[lines->count++] = label;
	lines->blocks[i][order] = blocks;
}

PFNSCOPE_BEGINS_WITH_PLACE(FREELISTS);
PFNSCOPE_BEGINS_WITH_PLACE(CONTIGUITY);

/* Whether the row is of another zone than those before it. */
static bool next_zone(struct lines *lines, const struct pfnscope_table *table,
		      size_t row)
{
	const char *zone = pfnscope_table_string(table, row, PLACE_zone);
	uint64_t node = 0;

	pfnscope_table_number(table, row, PLACE_node, &node);
	return !lines->zone || !zone || node != lines->node ||
	       strcmp(zone, lines->zone);
}

static void begin_zone(struct lines *lines, const struct pfnscope_table *table,
		       size_t row)
{
	const char *zone = pfnscope_table_string(table, row, PLACE_zone);

	memset(lines, 0, sizeof(*lines));
	lines->zone = zone ? zone : "-";
	pfnscope_table_number(table, row, PLACE_node, &lines->node);
}

static bool has_no_blocks(const uint64_t blocks[PFNSCOPE_MATRIX_ORDERS])
{
	unsigned int order;

	for (order = 0; order < PFNSCOPE_MATRIX_ORDERS; order++)
		if (blocks[order])
			return false;
	return true;
}

/* The migratetypes that have anything, and their sum where it says more. */
static void put_free(struct pfnscope_table *out, const struct lines *lines)
{
	uint64_t sum[PFNSCOPE_MATRIX_ORDERS] = { 0 };
	size_t shown = 0, i;
	unsigned int order;

	for (i = 0; i < lines->count; i++) {
		if (has_no_blocks(lines->blocks[i]))
			continue;
		shown++;
		pfnscope_matrix_add(out, lines->node, lines->zone,
				    lines->label[i], lines->blocks[i]);
		for (order = 0; order < PFNSCOPE_MATRIX_ORDERS; order++)
			sum[order] += lines->blocks[i][order];
	}
	if (shown != 1)
		pfnscope_matrix_add(out, lines->node, lines->zone, "all", sum);
}

/* What can be had, also where it is nothing: that is the answer then. */
static void put_ladder(struct pfnscope_table *out, const struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		pfnscope_matrix_add(out, lines->node, lines->zone,
				    lines->label[i], lines->blocks[i]);
}

/* Orders of all rows; above the usual ones only the largest. */
static uint32_t orders_of(const struct pfnscope_table *table, unsigned int column)
{
	const unsigned int usual = 11;
	uint64_t order, largest = 0;
	uint32_t orders = 0;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		if (!pfnscope_table_number(table, row, column, &order) ||
		    order >= PFNSCOPE_MATRIX_ORDERS)
			continue;
		if (order < usual)
			orders |= 1U << order;
		if (order > largest)
			largest = order;
	}
	return orders | (table->nr_rows ? 1U << largest : 0);
}

/* Calls @put for each zone, its lines filled by @add from each of its rows. */
static void by_zone(const struct pfnscope_table *table, struct pfnscope_table *out,
		    void (*add)(struct lines *lines,
				const struct pfnscope_table *table, size_t row),
		    void (*put)(struct pfnscope_table *out,
				const struct lines *lines))
{
	struct lines lines = { 0 };
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		if (next_zone(&lines, table, row)) {
			if (lines.zone)
				put(out, &lines);
			begin_zone(&lines, table, row);
		}
		add(&lines, table, row);
	}
	if (lines.zone)
		put(out, &lines);
}

static void add_free(struct lines *lines, const struct pfnscope_table *any,
		     size_t row)
{
	const struct FREELISTS_table *table = FREELISTS_OF(any);
	const char *type = pfnscope_table_string(CELL(table, row, FREELISTS_migratetype));
	uint64_t order = 0, blocks = 0;

	pfnscope_table_number(CELL(table, row, FREELISTS_order), &order);
	pfnscope_table_number(CELL(table, row, FREELISTS_blocks), &blocks);
	add_blocks(lines, type ? type : "-", order, blocks);
}

struct pfnscope_table *pfnscope_freelists_brief(const struct pfnscope_table *table)
{
	const struct pfnscope_matrix matrix = {
		.name = "freelists",
		.row = FREELISTS_BRIEF_ROW,
		.label = "migratetype",
		.help = FREELISTS_LABEL,
		.orders = orders_of(table, FREELISTS_order),
		.size = true,
	};
	struct pfnscope_table *out = pfnscope_matrix_new(&matrix);

	by_zone(table, out, add_free, put_free);
	return out;
}

static void add_ladder(struct lines *lines, const struct pfnscope_table *any,
		       size_t row)
{
	const struct CONTIGUITY_table *table = CONTIGUITY_OF(any);
	uint64_t order = 0, blocks;

	pfnscope_table_number(CELL(table, row, CONTIGUITY_order), &order);
	if (pfnscope_table_number(CELL(table, row, CONTIGUITY_now_blocks), &blocks))
		add_blocks(lines, "now", order, blocks);
	if (pfnscope_table_number(CELL(table, row, CONTIGUITY_obtainable_blocks), &blocks))
		add_blocks(lines, "obtainable", order, blocks);
}

struct pfnscope_table *pfnscope_contiguity_brief(const struct pfnscope_table *table)
{
	const struct pfnscope_matrix matrix = {
		.name = "contiguity",
		.row = CONTIGUITY_BRIEF_ROW,
		.label = "blocks",
		.help = CONTIGUITY_LABEL,
		.orders = orders_of(table, CONTIGUITY_order),
	};
	struct pfnscope_table *out = pfnscope_matrix_new(&matrix);

	by_zone(table, out, add_ladder, put_ladder);
	return out;
}
