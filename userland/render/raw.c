// SPDX-License-Identifier: GPL-2.0-only
/* Cells for scripts: the grammar of the module's files, no units. */
#include <stdio.h>
#include <stdlib.h>

#include "render/parts.h"

static void print_headings(const struct pfnscope_format *format,
			   const struct pfnscope_columns *columns,
			   const struct pfnscope_view *view)
{
	size_t i;

	for (i = 0; i < columns->count; i++) {
		char *name = pfnscope_cell_name(format,
						&view->fields[columns->fields[i]]);

		fprintf(pfnscope_output(), "%s%s", i ? " " : "", name);
		free(name);
	}
	putc('\n', pfnscope_output());
}

void pfnscope_raw_print(const struct pfnscope_format *format,
			const struct pfnscope_columns *columns,
			const struct pfnscope_table *table)
{
	struct pfnscope_text line = { 0 };
	size_t row, i;

	if (!format->no_headings)
		print_headings(format, columns, table->view);
	for (row = 0; row < table->nr_rows; row++) {
		line.length = 0;
		for (i = 0; i < columns->count; i++) {
			size_t field = columns->fields[i];

			if (i)
				pfnscope_text_put_char(&line, ' ');
			pfnscope_cell_put(&line, format,
					  &table->view->fields[field],
					  pfnscope_table_value(table, row, field),
					  true);
		}
		pfnscope_text_put_char(&line, '\n');
		fwrite(line.data, 1, line.length, pfnscope_output());
	}
	free(line.data);
}
