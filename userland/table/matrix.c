// SPDX-License-Identifier: GPL-2.0-only
/* Numbers by zone and order, a row a line and a column an order. */
#include <stdio.h>
#include <string.h>

#include "table/fields.h"
#include "table/matrix.h"

/* The orders stand between the label and the size; their columns are counted on. */
#define MATRIX_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, label, SHOWN | WHICH, NULL, "") \
	F(V, PAGES, size_pages, SHOWN, NULL, "all of them together")

PFNSCOPE_COLUMNS(MATRIX);
#define ORDER(order)	(MATRIX_COLUMNS + (order))

static const struct pfnscope_field matrix_fields[] = {
	MATRIX_FIELDS(PFNSCOPE_FIELD, MATRIX)
};
static const struct pfnscope_view no_fields = { .name = "" };

/* "order_3", headed "3". */
static struct pfnscope_field order_field(struct pfnscope_table *table,
					 unsigned int order)
{
	char *name = pfnscope_table_keep(table, sizeof("order_31"));

	snprintf(name, sizeof("order_31"), "order_%u", order);
	return (struct pfnscope_field) {
		name, PFNSCOPE_KIND_COUNT, SHOWN, "blocks of two to this power pages",
		name + sizeof("order_") - 1, ORDER(order),
	};
}

struct pfnscope_table *pfnscope_matrix_new(const struct pfnscope_matrix *matrix)
{
	struct pfnscope_table *table = pfnscope_table_new(&no_fields);
	struct pfnscope_field *fields;
	struct pfnscope_view *view;
	size_t count = MATRIX_size_pages;
	unsigned int order;

	view = pfnscope_table_keep(table, sizeof(*view));
	fields = pfnscope_table_keep(table, ORDER(PFNSCOPE_MATRIX_ORDERS) *
					    sizeof(*fields));
	memcpy(fields, matrix_fields, count * sizeof(*fields));
	fields[MATRIX_label].name = matrix->label;
	fields[MATRIX_label].help = matrix->help;
	for (order = 0; order < PFNSCOPE_MATRIX_ORDERS; order++)
		if (matrix->orders >> order & 1)
			fields[count++] = order_field(table, order);
	if (matrix->size)
		fields[count++] = matrix_fields[MATRIX_size_pages];
	*view = (struct pfnscope_view) {
		.name = matrix->name, .major = 1, .row = matrix->row,
		.fields = fields, .nr_fields = count,
	};
	table->view = view;
	return table;
}

/* Return: false where it is more than there can be. */
static bool pages_in_blocks(const uint64_t blocks[PFNSCOPE_MATRIX_ORDERS], uint64_t *size)
{
	uint64_t pages;

	*size = 0;
	for (unsigned int order = 0; order < PFNSCOPE_MATRIX_ORDERS; order++)
		if (__builtin_mul_overflow(blocks[order], 1ULL << order, &pages) ||
		    __builtin_add_overflow(*size, pages, size))
			return false;
	return true;
}

void pfnscope_matrix_add(struct pfnscope_table *table, uint64_t node,
			 const char *zone, const char *label,
			 const uint64_t blocks[PFNSCOPE_MATRIX_ORDERS])
{
	struct pfnscope_value *row = pfnscope_table_add(table);
	uint64_t size;

	pfnscope_table_set_number(table, row, MATRIX_node, node);
	pfnscope_table_set_string(table, row, MATRIX_zone, zone);
	pfnscope_table_set_string(table, row, MATRIX_label, label);
	for (size_t i = MATRIX_label + 1; i < table->view->nr_fields; i++) {
		unsigned int column = table->view->fields[i].column;

		if (column != MATRIX_size_pages)
			pfnscope_table_set_number(table, row, column,
						  blocks[column - ORDER(0)]);
		else if (pages_in_blocks(blocks, &size))
			pfnscope_table_set_number(table, row, column, size);
	}
}
