// SPDX-License-Identifier: GPL-2.0-only
/* Tables that fit the screen, by libsmartcols. */
#include "render/shown.h"

#ifndef NO_SMARTCOLS
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

static int add_columns(struct libscols_table *out, const struct pfnscope_shown *shown)
{
	size_t i;

	for (i = 0; i < shown->columns->count; i++) {
		const struct pfnscope_field *field = pfnscope_shown_field(shown, i);
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

/* The cell's text, and its colour. */
static int fill_cell(struct libscols_line *line, size_t cell,
		     const struct pfnscope_shown *shown, size_t row, size_t column)
{
	struct pfnscope_text text = { 0 };
	const char *colour = pfnscope_shown_colour(shown, row, column);

	pfnscope_shown_cell(&text, shown, row, column);
	if (scols_line_refer_data(line, cell, text.data ? text.data :
						    pfnscope_strdup("")))
		return -1;
	return colour ? scols_cell_set_color(scols_line_get_cell(line, cell), colour) : 0;
}

static int add_fitted_row(struct libscols_table *out, const struct pfnscope_shown *shown,
			  size_t row)
{
	struct libscols_line *line = scols_table_new_line(out, NULL);
	size_t i, column = 0;

	if (!line)
		return -1;
	for (i = 0; i < shown->columns->count; i++) {
		if (pfnscope_shown_field(shown, i)->flags & PFNSCOPE_BELOW)
			continue;
		if (fill_cell(line, column++, shown, row, i))
			return -1;
	}
	return 0;
}

static bool has_below(const struct pfnscope_shown *shown)
{
	size_t i;

	for (i = 0; i < shown->columns->count; i++)
		if (pfnscope_shown_field(shown, i)->flags & PFNSCOPE_BELOW)
			return true;
	return false;
}

/* A row is one line of @text, so what stands below it goes between the lines. */
static void print_with_below(const struct pfnscope_shown *shown, bool headings,
			     char *text)
{
	FILE *out = pfnscope_output();
	size_t row;
	char *line;

	if (headings)
		fprintf(out, "%s\n", strsep(&text, "\n"));
	for (row = 0; row < shown->table->nr_rows; row++) {
		line = strsep(&text, "\n");
		fprintf(out, "%s\n", line ? line : "");
		pfnscope_shown_below(shown, row);
	}
}

/* "reserved:6,ker.." of a text that has more characters than @width, else NULL. */
static char *cut(const char *text, size_t width)
{
	size_t at, count = 0, end = 0;

	for (at = 0; text[at]; at++) {
		/* Without UTF-8 libsmartcols shows four characters for each of these. */
		if ((text[at] & 0x80) && MB_CUR_MAX == 1)
			return NULL;
		if ((text[at] & 0xc0) == 0x80)
			continue;
		if (count + 2 == width)
			end = at;
		count++;
	}
	return count > width ? pfnscope_format("%.*s..", (int)end, text) : NULL;
}

/* How wide a column is is known when it was printed; a cell that was cut tells so. */
static int mark_cuts(struct libscols_table *out)
{
	struct libscols_column *column;
	char *printed, *shorter;
	size_t i, row;

	if (scols_print_table_to_string(out, &printed))
		return -1;
	free(printed);
	for (i = 0; i < scols_table_get_ncols(out); i++) {
		column = scols_table_get_column(out, i);
		for (row = 0; scols_column_is_trunc(column) &&
		     row < scols_table_get_nlines(out); row++) {
			struct libscols_cell *cell =
				scols_line_get_cell(scols_table_get_line(out, row), i);

			shorter = cut(scols_cell_get_data(cell),
				      scols_column_get_width(column));
			if (shorter && scols_cell_refer_data(cell, shorter))
				return -1;
		}
	}
	return 0;
}

/* What is kept is shown by who can move sideways. */
static void keep_whole(struct libscols_table *out)
{
	scols_table_set_stream(out, pfnscope_output());
	scols_table_set_termforce(out, SCOLS_TERMFORCE_NEVER);
}

static int print(struct libscols_table *out, const struct pfnscope_shown *shown)
{
	bool headings = !shown->format->no_headings;
	char *text;

	scols_table_enable_noheadings(out, !headings);
	if (pfnscope_output() != stdout)
		keep_whole(out);
	else if (isatty(STDOUT_FILENO) && mark_cuts(out))
		return -1;
	if (!has_below(shown))
		return scols_print_table(out);
	if (scols_print_table_to_string(out, &text))
		return -1;
	print_with_below(shown, headings, text);
	free(text);
	return 0;
}

int pfnscope_fitted_print(const struct pfnscope_shown *shown)
{
	struct libscols_table *out = scols_new_table();
	size_t row;
	int failure;

	if (!out)
		return -1;
	scols_table_enable_colors(out, shown->format->colours);
	failure = add_columns(out, shown);
	for (row = 0; row < shown->table->nr_rows && !failure; row++)
		failure = add_fitted_row(out, shown, row);
	if (!failure)
		failure = print(out, shown);
	scols_unref_table(out);
	return failure;
}
#else
int pfnscope_fitted_print(const struct pfnscope_shown *shown)
{
	(void)shown;
	return -1;
}
#endif
