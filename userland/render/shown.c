// SPDX-License-Identifier: GPL-2.0-only
/* What the two ways to print a table share. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "render/shown.h"
#include "render/wrap.h"
#include "table/bound.h"

const struct pfnscope_field *
pfnscope_shown_field(const struct pfnscope_shown *shown, size_t column)
{
	return &shown->table->view->fields[shown->columns->fields[column]];
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
		printf("%s%s\n", name, cell);
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
