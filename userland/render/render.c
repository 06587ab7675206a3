// SPDX-License-Identifier: GPL-2.0-only
/* One table in the format that was asked for, and the end of all output. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "render/parts.h"

void pfnscope_render_text(const char *format, ...)
{
	struct pfnscope_text safe = { 0 };
	char *text, *line, *rest;
	va_list arguments;

	va_start(arguments, format);
	text = pfnscope_vformat(format, arguments);
	va_end(arguments);
	for (rest = text; (line = strsep(&rest, "\n"));) {
		pfnscope_text_put_printable(&safe, line, "");
		if (rest)
			pfnscope_text_put_char(&safe, '\n');
	}
	if (safe.length)
		fwrite(safe.data, 1, safe.length, stdout);
	free(safe.data);
	free(text);
}

int pfnscope_render_finish(struct pfnscope_error *error)
{
	int failure = errno;

	if (!fflush(stdout) && !ferror(stdout))
		return 0;
	/* A write that failed before the last one has left no errno. */
	failure = errno ? errno : failure;
	return pfnscope_fail(error, PFNSCOPE_OUTPUT, "standard output: %s",
			     failure ? strerror(failure) : "write error");
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
	struct pfnscope_columns columns;
	int failure = 0;

	if (pfnscope_columns_select(format, table->view, &columns, error))
		return -1;
	if (format->kind == PFNSCOPE_FORMAT_JSON)
		pfnscope_json_print(format, &columns, table);
	else if (table->state == PFNSCOPE_TABLE_UNAVAILABLE)
		;
	else if (format->kind == PFNSCOPE_FORMAT_RAW)
		pfnscope_raw_print(format, &columns, table);
	else
		failure = pfnscope_table_print(format, &columns, table, error);
	free(columns.fields);
	return failure ? failure : pfnscope_render_finish(error);
}
