// SPDX-License-Identifier: GPL-2.0-only
/* From a struct declared with PFNSCOPE_ROW() to the cells of its table. */
#include <string.h>

#include "table/row.h"

/* 32-bit machines would need padding between the members. */
_Static_assert(sizeof(const char *) == sizeof(int64_t), "64-bit pointers");

/**
 * pfnscope_row_add - append a struct as a row
 * @table: table of the view that belongs to the struct
 * @row: the struct; strings are copied
 */
void pfnscope_row_add(struct pfnscope_table *table, const void *row)
{
	struct pfnscope_value *cells = pfnscope_table_add(table);
	const char *at = row;

	for (size_t i = 0; i < table->view->nr_fields; i++) {
		const struct pfnscope_field *field = &table->view->fields[i];
		const char *string;

		if (field->type == PFNSCOPE_STRING) {
			memcpy(&string, at, sizeof(string));
			cells[i].known = string;
			cells[i].string = string ?
				pfnscope_table_keep_string(table, string) : NULL;
		} else {
			memcpy(&cells[i].integer, at, sizeof(int64_t));
			cells[i].known = cells[i].integer != INT64_MIN;
		}
		at += sizeof(int64_t);
	}
}

/**
 * pfnscope_row_table - a table of one row
 * @view: the view
 * @row: its struct
 *
 * Return: the table.
 */
struct pfnscope_table *pfnscope_row_table(const struct pfnscope_view *view,
					  const void *row)
{
	struct pfnscope_table *table = pfnscope_table_new(view);

	pfnscope_row_add(table, row);
	return table;
}
