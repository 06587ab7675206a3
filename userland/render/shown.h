/* SPDX-License-Identifier: GPL-2.0-only */
/* A table and what of it is printed, for the two ways to print it. */
#ifndef PFNSCOPE_RENDER_SHOWN_H
#define PFNSCOPE_RENDER_SHOWN_H

#include "render/parts.h"

/**
 * struct pfnscope_shown - a table and what of it is printed
 * @format: how
 * @columns: which columns
 * @table: of what
 */
struct pfnscope_shown {
	const struct pfnscope_format *format;
	const struct pfnscope_columns *columns;
	const struct pfnscope_table *table;
};

const struct pfnscope_field *
pfnscope_shown_field(const struct pfnscope_shown *shown, size_t column);
/* Appends a cell as people read it, and by how much it changes each second. */
void pfnscope_shown_cell(struct pfnscope_text *out, const struct pfnscope_shown *shown,
			 size_t row, size_t column);
/* What switches a cell's colour on, NULL where it has none; and off again. */
const char *pfnscope_shown_colour(const struct pfnscope_shown *shown, size_t row,
				  size_t column);
#define PFNSCOPE_COLOUR_END	"\033[0m"
/* Prints the columns that stand on lines of their own below their row. */
void pfnscope_shown_below(const struct pfnscope_shown *shown, size_t row);

/* Whether libsmartcols is there; Debian has none to link a static command with. */
#ifdef NO_SMARTCOLS
#define PFNSCOPE_FITS	false
#else
#define PFNSCOPE_FITS	true
#endif
/* Cuts wide columns to the width of the screen. Return: 0 or -1. */
int pfnscope_fitted_print(const struct pfnscope_shown *shown);

#endif
