// SPDX-License-Identifier: GPL-2.0-only
/* Tables for people, by libsmartcols. */
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "render/parts.h"

/*
 * Rows that libsmartcols may hold: it needs some 100 bytes a cell and a
 * microsecond to measure it, and a table of pageblocks has a row for every 2 MiB.
 */
#define LONG	4096

/**
 * struct shown - a table and what of it is printed
 * @format: how
 * @columns: which columns
 * @table: of what
 */
struct shown {
	const struct pfnscope_format *format;
	const struct pfnscope_columns *columns;
	const struct pfnscope_table *table;
};

static int failed(struct pfnscope_error *error)
{
	return pfnscope_fail(error, PFNSCOPE_SYSTEM, "cannot build the table");
}

static const struct pfnscope_field *field_of(const struct shown *shown,
					      size_t column)
{
	return &shown->table->view->fields[shown->columns->fields[column]];
}

static int add_columns(struct libscols_table *out, const struct shown *shown)
{
	size_t i;

	for (i = 0; i < shown->columns->count; i++) {
		const struct pfnscope_field *field = field_of(shown, i);
		int flags = pfnscope_field_is_number(field) ? SCOLS_FL_RIGHT : 0;
		struct libscols_column *column;
		char *heading;

		if (field->flags & PFNSCOPE_BELOW)
			continue;
		if (field->flags & PFNSCOPE_WIDE)
			flags |= SCOLS_FL_TRUNC;
		heading = pfnscope_cell_heading(field);
		column = scols_table_new_column(out, heading, 0, flags);
		free(heading);
		if (!column)
			return -1;
	}
	return 0;
}

static int add_row(struct libscols_table *out, const struct shown *shown,
		   size_t row)
{
	struct libscols_line *line = scols_table_new_line(out, NULL);
	size_t i, column = 0;

	if (!line)
		return -1;
	for (i = 0; i < shown->columns->count; i++) {
		const struct pfnscope_field *field = field_of(shown, i);
		const struct pfnscope_value *value;

		if (field->flags & PFNSCOPE_BELOW)
			continue;
		value = pfnscope_table_value(shown->table, row,
					     shown->columns->fields[i]);
		if (scols_line_refer_data(line, column++,
				pfnscope_render_cell(shown->format, field, value)))
			return -1;
	}
	return 0;
}

/* The columns that stand on lines of their own below their row. */
static void print_below(const struct shown *shown, size_t row)
{
	size_t i;

	for (i = 0; i < shown->columns->count; i++) {
		const struct pfnscope_field *field = field_of(shown, i);
		const struct pfnscope_value *value;
		char *cell;

		value = pfnscope_table_value(shown->table, row,
					     shown->columns->fields[i]);
		if (!(field->flags & PFNSCOPE_BELOW) || !value->known)
			continue;
		cell = pfnscope_render_cell(shown->format, field, value);
		printf("    %s: %s\n", field->name, cell);
		free(cell);
	}
}

static bool has_below(const struct shown *shown)
{
	size_t i;

	for (i = 0; i < shown->columns->count; i++)
		if (field_of(shown, i)->flags & PFNSCOPE_BELOW)
			return true;
	return false;
}

/* A row is one line of @text, so what stands below it goes between the lines. */
static void print_with_below(const struct shown *shown, bool headings,
			     char *text)
{
	size_t row;
	char *line;

	if (headings)
		puts(strsep(&text, "\n"));
	for (row = 0; row < shown->table->nr_rows; row++) {
		line = strsep(&text, "\n");
		puts(line ? line : "");
		print_below(shown, row);
	}
}

static int print(struct libscols_table *out, const struct shown *shown)
{
	bool headings = !shown->format->no_headings;
	char *text;

	scols_table_enable_noheadings(out, !headings);
	if (!has_below(shown))
		return scols_print_table(out);
	if (scols_print_table_to_string(out, &text))
		return -1;
	print_with_below(shown, headings, text);
	free(text);
	return 0;
}

static int print_short(const struct shown *shown)
{
	struct libscols_table *out = scols_new_table();
	size_t row;
	int failure;

	if (!out)
		return -1;
	failure = add_columns(out, shown);
	for (row = 0; row < shown->table->nr_rows && !failure; row++)
		failure = add_row(out, shown, row);
	if (!failure)
		failure = print(out, shown);
	scols_unref_table(out);
	return failure;
}

/* Where the locale knows no UTF-8, as libsmartcols shows it. */
static void put_plain(struct pfnscope_text *out, const char *cell)
{
	char escape[8];
	size_t plain;

	for (;; cell += plain + 1) {
		for (plain = 0; cell[plain] >= ' ' && cell[plain] <= '~';)
			plain++;
		pfnscope_text_put(out, cell, plain);
		if (!cell[plain])
			return;
		snprintf(escape, sizeof(escape), "\\x%02x",
			 (unsigned char)cell[plain]);
		pfnscope_text_put_string(out, escape);
	}
}

/* @row of the table, or its heading for SIZE_MAX. */
static void put_cell(struct pfnscope_text *out, const struct shown *shown,
		     size_t row, size_t column, struct pfnscope_text *cell)
{
	size_t index = shown->columns->fields[column];
	const struct pfnscope_field *field = field_of(shown, column);
	char *heading;

	cell->length = 0;
	if (row == SIZE_MAX) {
		heading = pfnscope_cell_heading(field);
		pfnscope_text_put_string(cell, heading);
		free(heading);
	} else {
		pfnscope_cell_put(cell, shown->format, field,
				  pfnscope_table_value(shown->table, row, index),
				  false);
	}
	if (pfnscope_field_is_number(field) || MB_CUR_MAX > 1)
		pfnscope_text_put(out, cell->data, cell->length);
	else if (cell->length)
		put_plain(out, cell->data);
}

/* Characters of @text, as it takes one column each. */
static size_t width_of(const char *text)
{
	size_t width = 0;

	for (; *text; text++)
		width += (*text & 0xc0) != 0x80;
	return width;
}

static void put_spaces(struct pfnscope_text *line, size_t count)
{
	static const char spaces[] = "                ";
	const size_t most = sizeof(spaces) - 1;

	for (; count > most; count -= most)
		pfnscope_text_put(line, spaces, most);
	pfnscope_text_put(line, spaces, count);
}

static bool is_below(const struct shown *shown, size_t column)
{
	return field_of(shown, column)->flags & PFNSCOPE_BELOW;
}

/* All cells, each ended by a NUL, and how wide each column is. */
static void put_cells(const struct shown *shown, size_t first, size_t *widths,
		      struct pfnscope_text *cells)
{
	struct pfnscope_text scratch = { 0 };
	size_t row, i, start, width;

	for (row = first; row != shown->table->nr_rows; row++)
		for (i = 0; i < shown->columns->count; i++) {
			if (is_below(shown, i))
				continue;
			start = cells->length;
			put_cell(cells, shown, row, i, &scratch);
			pfnscope_text_put(cells, "", 1);
			width = width_of(cells->data + start);
			if (width > widths[i])
				widths[i] = width;
		}
	free(scratch.data);
}

/* One line of them; returns where the next one begins. */
static const char *put_line(struct pfnscope_text *line,
			    const struct shown *shown, const size_t *widths,
			    const char *cell)
{
	size_t i, length, empty;

	line->length = 0;
	for (i = 0; i < shown->columns->count; i++) {
		bool number = pfnscope_field_is_number(field_of(shown, i));

		if (is_below(shown, i))
			continue;
		length = strlen(cell);
		empty = widths[i] - width_of(cell);
		if (line->length)
			put_spaces(line, 1);
		if (number)
			put_spaces(line, empty);
		pfnscope_text_put(line, cell, length);
		if (!number && i + 1 < shown->columns->count)
			put_spaces(line, empty);
		cell += length + 1;
	}
	pfnscope_text_put_char(line, '\n');
	return cell;
}

/* The same table without libsmartcols; nothing is cut to fit the line. */
static void print_long(const struct shown *shown)
{
	size_t row, first = shown->format->no_headings ? 0 : SIZE_MAX;
	struct pfnscope_text line = { 0 }, cells = { 0 };
	const char *cell;
	size_t *widths;

	widths = pfnscope_calloc(shown->columns->count, sizeof(*widths));
	put_cells(shown, first, widths, &cells);
	cell = cells.data;
	for (row = first; row != shown->table->nr_rows; row++) {
		cell = put_line(&line, shown, widths, cell);
		fwrite(line.data, 1, line.length, stdout);
		if (row != SIZE_MAX)
			print_below(shown, row);
	}
	free(widths);
	free(line.data);
	free(cells.data);
}

int pfnscope_table_print(const struct pfnscope_format *format,
			 const struct pfnscope_columns *columns,
			 const struct pfnscope_table *table,
			 struct pfnscope_error *error)
{
	struct shown shown = { format, columns, table };

	if (table->nr_rows > LONG) {
		print_long(&shown);
		return 0;
	}
	return table->nr_rows && print_short(&shown) ? failed(error) : 0;
}
