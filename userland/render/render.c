// SPDX-License-Identifier: GPL-2.0-only
/* One table in the format that was asked for. */
#include <stdlib.h>

#include "render/parts.h"

typedef void json_printer(const struct pfnscope_format *format,
			  const struct pfnscope_columns *columns,
			  const struct pfnscope_table *table);

static int render(const struct pfnscope_format *format,
		  const struct pfnscope_table *table, json_printer *print_json,
		  struct pfnscope_error *error)
{
	struct pfnscope_columns columns;
	int failure = 0;

	if (pfnscope_columns_select(format, table->view, &columns, error))
		return -1;
	if (format->changes)
		pfnscope_changes_take(format->changes, table);
	if (format->kind == PFNSCOPE_FORMAT_JSON)
		print_json(format, &columns, table);
	else if (table->state == PFNSCOPE_TABLE_UNAVAILABLE)
		;
	else if (format->kind == PFNSCOPE_FORMAT_RAW)
		pfnscope_raw_print(format, &columns, table);
	else
		failure = pfnscope_table_print(format, &columns, table, error);
	free(columns.fields);
	return failure ? failure : pfnscope_render_finish(error);
}

/**
 * pfnscope_render_table() - print a table
 * @format: how
 * @table: what; without rows it is only JSON that says something
 * @error: where failures go
 *
 * Return: 0 or -1.
 */
int pfnscope_render_table(const struct pfnscope_format *format,
			  const struct pfnscope_table *table,
			  struct pfnscope_error *error)
{
	return render(format, table, pfnscope_json_print, error);
}

int pfnscope_render_rows(const struct pfnscope_format *format,
			 const struct pfnscope_table *table,
			 struct pfnscope_error *error)
{
	return render(format, table, pfnscope_json_print_rows, error);
}
