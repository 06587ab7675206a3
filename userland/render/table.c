// SPDX-License-Identifier: GPL-2.0-only
/* Tables for people, by libsmartcols. */
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/alloc.h"
#include "render/parts.h"

static int failed(struct pfnscope_error *error)
{
	return pfnscope_fail(error, PFNSCOPE_SYSTEM, "cannot build the table");
}

static int add_columns(struct libscols_table *out,
		       const struct pfnscope_columns *columns,
		       const struct pfnscope_view *view)
{
	size_t i;

	for (i = 0; i < columns->count; i++) {
		const struct pfnscope_field *field = &view->fields[columns->fields[i]];
		int flags = pfnscope_field_is_number(field) ? SCOLS_FL_RIGHT : 0;
		char *heading = pfnscope_cell_heading(field);
		struct libscols_column *column;

		if (field->flags & PFNSCOPE_WIDE)
			flags |= SCOLS_FL_TRUNC;
		column = field->flags & PFNSCOPE_BELOW ? NULL :
			 scols_table_new_column(out, heading, 0, flags);
		free(heading);
		if (!column && !(field->flags & PFNSCOPE_BELOW))
			return -1;
	}
	return 0;
}

static int add_row(struct libscols_table *out,
		   const struct pfnscope_format *format,
		   const struct pfnscope_columns *columns,
		   const struct pfnscope_table *table, size_t row)
{
	struct libscols_line *line = scols_table_new_line(out, NULL);
	size_t i, column = 0;

	if (!line)
		return -1;
	for (i = 0; i < columns->count; i++) {
		size_t index = columns->fields[i];
		const struct pfnscope_field *field = &table->view->fields[index];

		if (field->flags & PFNSCOPE_BELOW)
			continue;
		if (scols_line_refer_data(line, column++,
				pfnscope_render_cell(format, field,
					pfnscope_table_value(table, row, index))))
			return -1;
	}
	return 0;
}

/* The columns that stand on lines of their own below their row. */
static void print_below(const struct pfnscope_format *format,
			const struct pfnscope_columns *columns,
			const struct pfnscope_table *table, size_t row)
{
	size_t i;

	for (i = 0; i < columns->count; i++) {
		size_t index = columns->fields[i];
		const struct pfnscope_field *field = &table->view->fields[index];
		const struct pfnscope_value *value;
		char *cell;

		value = pfnscope_table_value(table, row, index);
		if (!(field->flags & PFNSCOPE_BELOW) || !value->known)
			continue;
		cell = pfnscope_render_cell(format, field, value);
		printf("    %s: %s\n", field->name, cell);
		free(cell);
	}
}

static bool has_below(const struct pfnscope_columns *columns,
		      const struct pfnscope_view *view)
{
	size_t i;

	for (i = 0; i < columns->count; i++)
		if (view->fields[columns->fields[i]].flags & PFNSCOPE_BELOW)
			return true;
	return false;
}

/* A row is one line of @text, so what stands below it goes between the lines. */
static void print_with_below(const struct pfnscope_format *format,
			     const struct pfnscope_columns *columns,
			     const struct pfnscope_table *table, char *text)
{
	char *line;
	size_t row = 0;

	if (!format->no_headings) {
		line = strsep(&text, "\n");
		puts(line);
	}
	for (; row < table->nr_rows; row++) {
		line = strsep(&text, "\n");
		puts(line ? line : "");
		print_below(format, columns, table, row);
	}
}

static int print(struct libscols_table *out,
		 const struct pfnscope_format *format,
		 const struct pfnscope_columns *columns,
		 const struct pfnscope_table *table)
{
	char *text;

	if (!has_below(columns, table->view))
		return scols_print_table(out);
	if (scols_print_table_to_string(out, &text))
		return -1;
	print_with_below(format, columns, table, text);
	free(text);
	return 0;
}

int pfnscope_table_print(const struct pfnscope_format *format,
			 const struct pfnscope_columns *columns,
			 const struct pfnscope_table *table,
			 struct pfnscope_error *error)
{
	struct libscols_table *out = scols_new_table();
	int failure;
	size_t row;

	if (!out)
		return failed(error);
	scols_table_enable_noheadings(out, format->no_headings);
	failure = add_columns(out, columns, table->view);
	for (row = 0; row < table->nr_rows && !failure; row++)
		failure = add_row(out, format, columns, table, row);
	if (!failure)
		failure = print(out, format, columns, table);
	scols_unref_table(out);
	return failure ? failed(error) : 0;
}
