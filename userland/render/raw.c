// SPDX-License-Identifier: GPL-2.0-only
/* Cells for scripts: the grammar of the module's files, no units. */
#include <stdio.h>
#include <stdlib.h>

#include "render/parts.h"

/* Takes over @cell. */
static void put(size_t column, char *cell)
{
	if (column)
		putchar(' ');
	fputs(cell, stdout);
	free(cell);
}

void pfnscope_raw_print(const struct pfnscope_format *format,
			const struct pfnscope_columns *columns,
			const struct pfnscope_table *table)
{
	const struct pfnscope_field *fields = table->view->fields;
	size_t row, i;

	for (i = 0; i < columns->count && !format->no_headings; i++)
		put(i, pfnscope_cell_name(format, &fields[columns->fields[i]]));
	if (!format->no_headings)
		putchar('\n');
	for (row = 0; row < table->nr_rows; row++) {
		for (i = 0; i < columns->count; i++)
			put(i, pfnscope_cell_raw(format,
				&fields[columns->fields[i]],
				pfnscope_table_value(table, row,
						     columns->fields[i])));
		putchar('\n');
	}
}
