// SPDX-License-Identifier: GPL-2.0-only
/* Some rows of a table, in another order. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "table/select.h"

static struct pfnscope_value *row_cells(const struct pfnscope_table *table,
					size_t row)
{
	return table->cells + row * table->view->nr_fields;
}

void pfnscope_table_filter(struct pfnscope_table *table,
			   bool (*keep)(const struct pfnscope_table *table,
					size_t row, const void *context),
			   const void *context)
{
	size_t size = table->view->nr_fields * sizeof(struct pfnscope_value);
	size_t row, kept = 0;

	for (row = 0; row < table->nr_rows; row++) {
		if (!keep(table, row, context))
			continue;
		if (kept != row)
			memcpy(row_cells(table, kept), row_cells(table, row),
			       size);
		kept++;
	}
	table->nr_rows = kept;
}

struct place {
	size_t row;
	bool known;
	uint64_t number;
};

static int compare(const void *a, const void *b)
{
	const struct place *left = a, *right = b;

	if (left->known != right->known)
		return left->known ? -1 : 1;
	if (left->number != right->number)
		return left->number > right->number ? -1 : 1;
	return left->row < right->row ? -1 : left->row > right->row;
}

void pfnscope_table_sort(struct pfnscope_table *table, const char *field)
{
	size_t size = table->view->nr_fields * sizeof(struct pfnscope_value);
	struct pfnscope_value *cells;
	struct place *places;
	size_t row;

	if (!table->nr_rows)
		return;
	places = pfnscope_calloc(table->nr_rows, sizeof(*places));
	cells = pfnscope_calloc(table->nr_rows, size);
	for (row = 0; row < table->nr_rows; row++) {
		places[row].row = row;
		places[row].known = pfnscope_table_number(table, row, field,
							  &places[row].number);
	}
	qsort(places, table->nr_rows, sizeof(*places), compare);
	for (row = 0; row < table->nr_rows; row++)
		memcpy(cells + row * table->view->nr_fields,
		       row_cells(table, places[row].row), size);
	free(table->cells);
	table->cells = cells;
	table->capacity = table->nr_rows;
	free(places);
}

void pfnscope_table_limit_rows(struct pfnscope_table *table, size_t rows)
{
	if (table->nr_rows > rows)
		table->nr_rows = rows;
}
