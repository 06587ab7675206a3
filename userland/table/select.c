// SPDX-License-Identifier: GPL-2.0-only
/* Some rows of a table, in another order. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "table/fields.h"
#include "table/select.h"

static struct pfnscope_value *row_cells(const struct pfnscope_table *table,
					size_t row)
{
	return table->cells + row * table->view->nr_fields;
}

bool pfnscope_table_same_zone(const struct pfnscope_table *a, size_t row,
			      const struct pfnscope_table *b, size_t other)
{
	const char *one = pfnscope_table_string(a, row, PLACE_zone);
	const char *two = pfnscope_table_string(b, other, PLACE_zone);
	uint64_t node = UINT64_MAX, second = UINT64_MAX;

	pfnscope_table_number(a, row, PLACE_node, &node);
	pfnscope_table_number(b, other, PLACE_node, &second);
	return node == second && (one && two ? !strcmp(one, two) : one == two);
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

/*
 * Order of two cells: numbers from the largest, words by the alphabet, what is
 * not known behind both, whichever way round.
 */
struct sort {
	const struct pfnscope_table *table;
	size_t field;
	bool reverse;
};

static int compare_known(enum pfnscope_field_type type,
			 const struct pfnscope_value *a,
			 const struct pfnscope_value *b)
{
	switch (type) {
	case PFNSCOPE_NUMBER:
		return (b->number > a->number) - (b->number < a->number);
	case PFNSCOPE_SIGNED:
		return (b->integer > a->integer) - (b->integer < a->integer);
	case PFNSCOPE_STRING:
		return strcmp(a->string, b->string);
	case PFNSCOPE_NUMBERS:
	case PFNSCOPE_WORDS:
		break;
	}
	return (b->count > a->count) - (b->count < a->count);
}

static int compare_rows(const void *a, const void *b, void *context)
{
	const struct sort *sort = context;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	const struct pfnscope_value *one, *other;
	int order;

	one = pfnscope_table_value(sort->table, left, sort->field);
	other = pfnscope_table_value(sort->table, right, sort->field);
	if (one->known != other->known)
		return one->known ? -1 : 1;
	order = one->known ?
		compare_known(sort->table->view->fields[sort->field].type,
			      one, other) : 0;
	if (order)
		return sort->reverse ? -order : order;
	return left < right ? -1 : left > right;
}

static void sort_rows(struct pfnscope_table *table, struct sort sort)
{
	size_t size = table->view->nr_fields * sizeof(struct pfnscope_value);
	struct pfnscope_value *cells;
	size_t *rows, row;

	if (!table->nr_rows)
		return;
	rows = pfnscope_calloc(table->nr_rows, sizeof(*rows));
	cells = pfnscope_calloc(table->nr_rows, size);
	for (row = 0; row < table->nr_rows; row++)
		rows[row] = row;
	qsort_r(rows, table->nr_rows, sizeof(*rows), compare_rows, &sort);
	for (row = 0; row < table->nr_rows; row++)
		memcpy(cells + row * table->view->nr_fields,
		       row_cells(table, rows[row]), size);
	free(table->cells);
	table->cells = cells;
	table->capacity = table->nr_rows;
	free(rows);
}

/* As rows that are equal stay in order, the last column is sorted by first. */
const char *pfnscope_table_sort(struct pfnscope_table *table,
				const struct pfnscope_view *view,
				char *columns)
{
	const char *unknown = NULL;
	char *word;

	do {
		struct sort sort = { .table = table };
		int field;

		word = strrchr(columns, ',');
		if (word)
			*word++ = '\0';
		else
			word = columns;
		sort.reverse = *word == '-';
		field = pfnscope_view_find(view, word + sort.reverse);
		if (field < 0) {
			unknown = word + sort.reverse;
			continue;
		}
		sort.field = (size_t)field;
		if (table)
			sort_rows(table, sort);
	} while (word != columns);
	return unknown;
}

/* What a row weighs: how bad its worst mark is, then the sum of its columns. */
struct weight {
	size_t row;
	enum pfnscope_severity severity;
	unsigned __int128 sum;
};

static void weigh_row(const struct pfnscope_table *table, size_t row,
		      const char *const *columns, size_t count, struct weight *weight)
{
	size_t i;

	*weight = (struct weight) { .row = row };
	for (i = 0; i < table->view->nr_fields; i++) {
		const struct pfnscope_bound *bound = pfnscope_bound_of(table, row, i);

		if (bound && bound->severity > weight->severity)
			weight->severity = bound->severity;
	}
	for (i = 0; i < count && columns[i]; i++) {
		int field = pfnscope_view_find(table->view, columns[i]);
		const struct pfnscope_value *cell =
			field < 0 ? NULL : pfnscope_table_value(table, row, (size_t)field);

		if (cell && cell->known &&
		    table->view->fields[field].type == PFNSCOPE_NUMBER)
			weight->sum += cell->number;
	}
}

static int by_weight(const void *a, const void *b)
{
	const struct weight *one = a, *other = b;

	if (one->severity != other->severity)
		return one->severity > other->severity ? -1 : 1;
	if (one->sum != other->sum)
		return one->sum > other->sum ? -1 : 1;
	return one->row < other->row ? -1 : 1;
}

static bool is_kept(const struct pfnscope_table *table, size_t row, const void *context)
{
	const bool *kept = context;

	(void)table;
	return kept[row];
}

void pfnscope_table_heaviest(struct pfnscope_table *table, size_t rows,
			     const char *const *columns, size_t count)
{
	struct weight *weights;
	size_t row;
	bool *kept;

	if (table->nr_rows <= rows)
		return;
	weights = pfnscope_calloc(table->nr_rows, sizeof(*weights));
	kept = pfnscope_calloc(table->nr_rows, sizeof(*kept));
	for (row = 0; row < table->nr_rows; row++)
		weigh_row(table, row, columns, count, &weights[row]);
	qsort(weights, table->nr_rows, sizeof(*weights), by_weight);
	for (row = 0; row < rows; row++)
		kept[weights[row].row] = true;
	pfnscope_table_filter(table, is_kept, kept);
	free(weights);
	free(kept);
}

void pfnscope_table_limit_rows(struct pfnscope_table *table, size_t rows)
{
	if (table->nr_rows > rows)
		table->nr_rows = rows;
}
