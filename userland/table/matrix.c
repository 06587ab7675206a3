// SPDX-License-Identifier: GPL-2.0-only
/* Numbers by zone and order, a row a line and a column an order. */
#include <stdio.h>

#include "table/fields.h"
#include "table/matrix.h"

#define LABELS	3	/* node, zone and the label stand first */

static const struct pfnscope_field first_fields[] = { NODE_FIELD, ZONE_FIELD };
static const struct pfnscope_field size_field =
	PAGES("size_pages", SHOWN, NULL, "all of them together");
static const struct pfnscope_view no_fields = { .name = "" };

/* "order_3", headed "3". */
static struct pfnscope_field order_field(struct pfnscope_table *table,
					 unsigned int order)
{
	char *name = pfnscope_table_keep(table, sizeof("order_31"));

	snprintf(name, sizeof("order_31"), "order_%u", order);
	return (struct pfnscope_field)
		COUNT(name, SHOWN, name + sizeof("order_") - 1,
		      "blocks of two to this power pages");
}

struct pfnscope_table *pfnscope_matrix_new(const struct pfnscope_matrix *matrix)
{
	struct pfnscope_table *table = pfnscope_table_new(&no_fields);
	struct pfnscope_field *fields;
	struct pfnscope_view *view;
	size_t count = 0;
	unsigned int order;

	view = pfnscope_table_keep(table, sizeof(*view));
	fields = pfnscope_table_keep(table, (LABELS + PFNSCOPE_MATRIX_ORDERS + 1) *
					    sizeof(*fields));
	fields[count++] = first_fields[0];
	fields[count++] = first_fields[1];
	fields[count++] = matrix->label;
	for (order = 0; order < PFNSCOPE_MATRIX_ORDERS; order++)
		if (matrix->orders >> order & 1)
			fields[count++] = order_field(table, order);
	if (matrix->size)
		fields[count++] = size_field;
	*view = (struct pfnscope_view) {
		.name = matrix->name, .major = 1, .row = matrix->row,
		.fields = fields, .nr_fields = count,
	};
	table->view = view;
	return table;
}

void pfnscope_matrix_add(struct pfnscope_table *table, uint64_t node,
			 const char *zone, const char *label,
			 const uint64_t blocks[PFNSCOPE_MATRIX_ORDERS])
{
	struct pfnscope_value *row = pfnscope_table_add(table);
	char name[sizeof("order_31")];
	uint64_t size = 0, pages;
	unsigned int order;

	pfnscope_table_set_number(table, row, "node", node);
	pfnscope_table_set_string(table, row, "zone", zone);
	pfnscope_table_set_string(table, row, table->view->fields[LABELS - 1].name,
				  label);
	for (order = 0; order < PFNSCOPE_MATRIX_ORDERS; order++) {
		snprintf(name, sizeof(name), "order_%u", order);
		pfnscope_table_set_number(table, row, name, blocks[order]);
		if (__builtin_mul_overflow(blocks[order], 1ULL << order, &pages) ||
		    __builtin_add_overflow(size, pages, &size))
			return;
	}
	pfnscope_table_set_number(table, row, size_field.name, size);
}
