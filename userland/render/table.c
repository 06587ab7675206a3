// SPDX-License-Identifier: GPL-2.0-only
/* Tables for people: fitted to the screen by libsmartcols, or as wide as they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "render/shown.h"

/*
 * Rows that libsmartcols may hold: it needs some 100 bytes a cell and a
 * microsecond to measure it, and a table of pageblocks has a row for every 2 MiB.
 */
#define LONG	4096

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
static void put_cell(struct pfnscope_text *out, const struct pfnscope_shown *shown,
		     size_t row, size_t column, struct pfnscope_text *cell)
{
	const struct pfnscope_field *field = pfnscope_shown_field(shown, column);
	char *heading;

	cell->length = 0;
	if (row == SIZE_MAX) {
		heading = pfnscope_cell_heading(field);
		pfnscope_text_put_string(cell, heading);
		free(heading);
	} else {
		pfnscope_shown_cell(cell, shown, row, column);
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

static bool is_cell_below(const struct pfnscope_shown *shown, size_t column)
{
	return pfnscope_shown_field(shown, column)->flags & PFNSCOPE_BELOW;
}

/* All cells, each ended by a NUL, and how wide each column is. */
static void put_cells(const struct pfnscope_shown *shown, size_t first, size_t *widths,
		      struct pfnscope_text *cells)
{
	struct pfnscope_text scratch = { 0 };
	size_t row, i, start, width;

	for (row = first; row != shown->table->nr_rows; row++)
		for (i = 0; i < shown->columns->count; i++) {
			if (is_cell_below(shown, i))
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

/* One line of them, of @row; returns where the next one begins. */
static const char *put_line(struct pfnscope_text *line,
			    const struct pfnscope_shown *shown, size_t row,
			    const size_t *widths, const char *cell)
{
	size_t i, length, empty;

	line->length = 0;
	for (i = 0; i < shown->columns->count; i++) {
		bool number = pfnscope_field_is_number(pfnscope_shown_field(shown, i));
		const char *colour = pfnscope_shown_colour(shown, row, i);

		if (is_cell_below(shown, i))
			continue;
		length = strlen(cell);
		empty = widths[i] - width_of(cell);
		if (line->length)
			put_spaces(line, 1);
		if (number)
			put_spaces(line, empty);
		pfnscope_text_put_string(line, colour ? colour : "");
		pfnscope_text_put(line, cell, length);
		pfnscope_text_put_string(line, colour ? PFNSCOPE_COLOUR_END : "");
		if (!number && i + 1 < shown->columns->count)
			put_spaces(line, empty);
		cell += length + 1;
	}
	pfnscope_text_put_char(line, '\n');
	return cell;
}

/* Nothing is cut to fit the line. */
static void print_long(const struct pfnscope_shown *shown)
{
	size_t row, first = shown->format->no_headings ? 0 : SIZE_MAX;
	struct pfnscope_text line = { 0 }, cells = { 0 };
	const char *cell;
	size_t *widths;

	widths = shown->format->widths;
	if (!widths)
		widths = pfnscope_calloc(shown->columns->count, sizeof(*widths));
	put_cells(shown, first, widths, &cells);
	cell = cells.data ? cells.data : "";
	for (row = first; row != shown->table->nr_rows; row++) {
		cell = put_line(&line, shown, row, widths, cell);
		fwrite(line.data, 1, line.length, pfnscope_output());
		if (row != SIZE_MAX)
			pfnscope_shown_below(shown, row);
	}
	if (!shown->format->widths)
		free(widths);
	free(line.data);
	free(cells.data);
}

int pfnscope_table_print(const struct pfnscope_format *format,
			 const struct pfnscope_columns *columns,
			 const struct pfnscope_table *table,
			 struct pfnscope_error *error)
{
	struct pfnscope_shown shown = { format, columns, table };

	if (PFNSCOPE_FITS && table->nr_rows <= LONG && !format->widths)
		return table->nr_rows && pfnscope_fitted_print(&shown) ?
		       pfnscope_fail(error, PFNSCOPE_SYSTEM,
				     "cannot build the table") : 0;
	if (table->nr_rows)
		print_long(&shown);
	return 0;
}
