// SPDX-License-Identifier: GPL-2.0-only
/* What the two ways to print a table share. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/units.h"
#include "render/shown.h"
#include "render/wrap.h"
#include "table/bound.h"

const struct pfnscope_field *
pfnscope_shown_field(const struct pfnscope_shown *shown, size_t column)
{
	return &shown->table->view->fields[shown->columns->fields[column]];
}

/* Each second, in tenths where that says more. */
static void put_rate(struct pfnscope_text *out, const struct pfnscope_format *format,
		     const struct pfnscope_field *field,
		     const struct pfnscope_change *change)
{
	unsigned __int128 size = change->delta < 0 ? 0 - (uint64_t)change->delta :
						     (uint64_t)change->delta;
	unsigned __int128 tenths = size * 10000000000 / (uint64_t)change->ns;

	pfnscope_text_put_string(out, change->delta < 0 ? " -" : " +");
	if (field->unit == PFNSCOPE_UNIT_PAGES)
		pfnscope_units_bytes(out, size * format->page_size_bytes * 1000000000 /
					  (uint64_t)change->ns);
	else if (field->unit != PFNSCOPE_UNIT_NONE || tenths >= 100)
		pfnscope_field_put(out, field, (uint64_t)(tenths / 10), 0);
	else if (!tenths)
		pfnscope_text_put_string(out, "<0.1");
	else {
		pfnscope_text_put_number(out, (uint64_t)(tenths / 10), 10);
		pfnscope_text_put_char(out, '.');
		pfnscope_text_put_number(out, (uint64_t)(tenths % 10), 10);
	}
}

void pfnscope_shown_cell(struct pfnscope_text *out, const struct pfnscope_shown *shown,
			 size_t row, size_t column)
{
	const struct pfnscope_field *field = pfnscope_shown_field(shown, column);
	size_t index = shown->columns->fields[column];
	struct pfnscope_change change;

	pfnscope_cell_put(out, shown->format, field,
			  pfnscope_table_value(shown->table, row, index), false);
	if (shown->format->changes &&
	    pfnscope_changes_of(shown->format->changes, shown->table, row, index, &change))
		put_rate(out, shown->format, field, &change);
}

const char *pfnscope_shown_colour(const struct pfnscope_shown *shown, size_t row,
				  size_t column)
{
	static const char *const of[] = {
		[PFNSCOPE_SEVERITY_NOTE] = "\033[36m",	/* cyan */
		[PFNSCOPE_SEVERITY_WARNING] = "\033[33m",	/* yellow */
		[PFNSCOPE_SEVERITY_CRITICAL] = "\033[1;31m",	/* red, bold */
	};
	const struct pfnscope_bound *bound;

	if (!shown->format->colours || row == SIZE_MAX)
		return NULL;
	bound = pfnscope_bound_of(shown->table, row, shown->columns->fields[column]);
	return bound ? of[bound->severity] : NULL;
}

/* Sentences are broken where the line ends, commands stay whole. */
static void say_below(const struct pfnscope_field *field, const char *cell)
{
	char *name = pfnscope_format("    %s: ", field->name);

	if (field->flags & PFNSCOPE_PROSE)
		pfnscope_wrap(name, "      ", "%s", cell);
	else
		fprintf(pfnscope_output(), "%s%s\n", name, cell);
	free(name);
}

void pfnscope_shown_below(const struct pfnscope_shown *shown, size_t row)
{
	size_t i;

	for (i = 0; i < shown->columns->count; i++) {
		const struct pfnscope_field *field = pfnscope_shown_field(shown, i);
		const struct pfnscope_value *value;
		char *cell;

		value = pfnscope_table_value(shown->table, row,
					     shown->columns->fields[i]);
		if (!(field->flags & PFNSCOPE_BELOW) || !value->known)
			continue;
		cell = pfnscope_render_cell(shown->format, field, value);
		say_below(field, cell);
		free(cell);
	}
}
