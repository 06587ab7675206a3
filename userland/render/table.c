// SPDX-License-Identifier: GPL-2.0-only
/* Tables for people, by libsmartcols. */
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/alloc.h"
#include "render/parts.h"

/*
 * Rows that libsmartcols holds at a time: it needs some 100 bytes a cell, and
 * a table of pageblocks has a row for every 2 MiB.
 */
#define CHUNK	4096

/**
 * struct chunk - the part of a table that is printed at once
 * @format: how
 * @columns: which columns
 * @table: of what
 * @widths: width of each column in the whole table, 0 where this is all of it
 * @first: its first row
 * @end: behind its last row
 */
struct chunk {
	const struct pfnscope_format *format;
	const struct pfnscope_columns *columns;
	const struct pfnscope_table *table;
	size_t *widths;
	size_t first;
	size_t end;
};

static int failed(struct pfnscope_error *error)
{
	return pfnscope_fail(error, PFNSCOPE_SYSTEM, "cannot build the table");
}

static const struct pfnscope_field *field_of(const struct chunk *chunk,
					      size_t column)
{
	return &chunk->table->view->fields[chunk->columns->fields[column]];
}

/*
 * The heading, as wide as the column is in the whole table: libsmartcols makes
 * no column narrower than its heading, shown or not, while it passes over a
 * width that it is told where the heading is wider than the cells.
 */
static char *heading_of(const struct chunk *chunk, size_t column)
{
	const struct pfnscope_field *field = field_of(chunk, column);
	char *heading = pfnscope_cell_heading(field);
	int width = (int)chunk->widths[column];
	char *padded;

	padded = pfnscope_format("%*s", pfnscope_field_is_number(field) ?
				 width : -width, heading);
	free(heading);
	return padded;
}

static int add_columns(struct libscols_table *out, const struct chunk *chunk)
{
	size_t i;

	for (i = 0; i < chunk->columns->count; i++) {
		const struct pfnscope_field *field = field_of(chunk, i);
		int flags = pfnscope_field_is_number(field) ? SCOLS_FL_RIGHT : 0;
		struct libscols_column *column;
		char *heading;

		if (field->flags & PFNSCOPE_BELOW)
			continue;
		if (field->flags & PFNSCOPE_WIDE)
			flags |= SCOLS_FL_TRUNC;
		heading = heading_of(chunk, i);
		column = scols_table_new_column(out, heading, 0, flags);
		free(heading);
		if (!column)
			return -1;
	}
	return 0;
}

static int add_row(struct libscols_table *out, const struct chunk *chunk,
		   size_t row)
{
	struct libscols_line *line = scols_table_new_line(out, NULL);
	size_t i, column = 0;

	if (!line)
		return -1;
	for (i = 0; i < chunk->columns->count; i++) {
		const struct pfnscope_field *field = field_of(chunk, i);
		const struct pfnscope_value *value;

		if (field->flags & PFNSCOPE_BELOW)
			continue;
		value = pfnscope_table_value(chunk->table, row,
					     chunk->columns->fields[i]);
		if (scols_line_refer_data(line, column++,
				pfnscope_render_cell(chunk->format, field, value)))
			return -1;
	}
	return 0;
}

/* So that the parts of a long table stand below each other. */
static void measure(const struct chunk *chunk)
{
	struct pfnscope_text text = { 0 };
	size_t row, i;

	for (row = 0; row < chunk->table->nr_rows; row++)
		for (i = 0; i < chunk->columns->count; i++) {
			text.length = 0;
			pfnscope_cell_put(&text, chunk->format,
					  field_of(chunk, i),
					  pfnscope_table_value(chunk->table, row,
						chunk->columns->fields[i]), false);
			if (text.length > chunk->widths[i])
				chunk->widths[i] = text.length;
		}
	free(text.data);
}

/* The columns that stand on lines of their own below their row. */
static void print_below(const struct chunk *chunk, size_t row)
{
	size_t i;

	for (i = 0; i < chunk->columns->count; i++) {
		const struct pfnscope_field *field = field_of(chunk, i);
		const struct pfnscope_value *value;
		char *cell;

		value = pfnscope_table_value(chunk->table, row,
					     chunk->columns->fields[i]);
		if (!(field->flags & PFNSCOPE_BELOW) || !value->known)
			continue;
		cell = pfnscope_render_cell(chunk->format, field, value);
		printf("    %s: %s\n", field->name, cell);
		free(cell);
	}
}

static bool has_below(const struct chunk *chunk)
{
	size_t i;

	for (i = 0; i < chunk->columns->count; i++)
		if (field_of(chunk, i)->flags & PFNSCOPE_BELOW)
			return true;
	return false;
}

/* A row is one line of @text, so what stands below it goes between the lines. */
static void print_with_below(const struct chunk *chunk, bool headings,
			     char *text)
{
	size_t row;
	char *line;

	if (headings)
		puts(strsep(&text, "\n"));
	for (row = chunk->first; row < chunk->end; row++) {
		line = strsep(&text, "\n");
		puts(line ? line : "");
		print_below(chunk, row);
	}
}

static int print(struct libscols_table *out, const struct chunk *chunk)
{
	bool headings = !chunk->format->no_headings && !chunk->first;
	char *text;

	scols_table_enable_noheadings(out, !headings);
	if (!has_below(chunk))
		return scols_print_table(out);
	if (scols_print_table_to_string(out, &text))
		return -1;
	print_with_below(chunk, headings, text);
	free(text);
	return 0;
}

static int print_chunk(const struct chunk *chunk)
{
	struct libscols_table *out = scols_new_table();
	size_t row;
	int failure;

	if (!out)
		return -1;
	failure = add_columns(out, chunk);
	for (row = chunk->first; row < chunk->end && !failure; row++)
		failure = add_row(out, chunk, row);
	if (!failure)
		failure = print(out, chunk);
	scols_unref_table(out);
	return failure;
}

int pfnscope_table_print(const struct pfnscope_format *format,
			 const struct pfnscope_columns *columns,
			 const struct pfnscope_table *table,
			 struct pfnscope_error *error)
{
	struct chunk chunk = { format, columns, table, NULL, 0, 0 };
	int failure = 0;

	chunk.widths = pfnscope_calloc(columns->count, sizeof(*chunk.widths));
	if (table->nr_rows > CHUNK)
		measure(&chunk);
	for (; chunk.first < table->nr_rows && !failure; chunk.first = chunk.end) {
		chunk.end = chunk.first + CHUNK;
		if (chunk.end > table->nr_rows)
			chunk.end = table->nr_rows;
		failure = print_chunk(&chunk);
	}
	free(chunk.widths);
	return failure ? failed(error) : 0;
}
