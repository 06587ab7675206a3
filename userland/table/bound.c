// SPDX-License-Identifier: GPL-2.0-only
/* Which numbers of a table are past a limit that the kernel acts on. */
#include "table/bound.h"

enum verdict { UNKNOWN, WITHIN, PAST };

/* Cells are below 2^64 in either sign, and so are sums of two. */
static bool bound_number(const struct pfnscope_table *table, size_t row,
			 unsigned int column, __int128 *number)
{
	const struct pfnscope_value *cell = pfnscope_table_cell(table, row, column);

	if (!cell)
		return false;
	if (pfnscope_table_is_signed(table, column))
		*number = cell->integer;
	else
		*number = cell->number;
	return true;
}

static bool bound_limit(const struct pfnscope_table *table, size_t row,
			const struct pfnscope_bound *bound, __int128 *limit)
{
	__int128 added;

	*limit = bound->constant;
	if (bound->limit && !bound_number(table, row, bound->limit, limit) &&
	    !bound->constant)
		return false;
	/* Where the kernel does not tell a boost there is none to add. */
	if (bound->added && bound_number(table, row, bound->added, &added))
		*limit += added;
	return true;
}

static enum verdict judge_bound(const struct pfnscope_table *table, size_t row,
				const struct pfnscope_bound *bound)
{
	unsigned int value = bound->value ? bound->value : bound->field;
	__int128 number, limit, only = 1;

	if (!bound_number(table, row, value, &number) ||
	    !bound_limit(table, row, bound, &limit) ||
	    (bound->only && !bound_number(table, row, bound->only, &only)))
		return UNKNOWN;
	if (!only)
		return WITHIN;
	switch (bound->side) {
	case PFNSCOPE_ABOVE:
		return number > limit ? PAST : WITHIN;
	case PFNSCOPE_AT_LEAST:
		return number >= limit ? PAST : WITHIN;
	case PFNSCOPE_NOT_ABOVE:
		break;
	}
	return number <= limit ? PAST : WITHIN;
}

const struct pfnscope_bound *pfnscope_bound_of(const struct pfnscope_table *table,
					       size_t row, size_t field)
{
	const struct pfnscope_view *view = table->view;
	size_t i;

	for (i = 0; i < view->nr_bounds; i++)
		if (view->bounds[i].field == view->fields[field].column &&
		    judge_bound(table, row, &view->bounds[i]) == PAST)
			return &view->bounds[i];
	return NULL;
}

static void mark_row(struct pfnscope_table *table, size_t row, size_t field)
{
	const struct pfnscope_view *view = table->view;
	struct pfnscope_value *cell = table->cells + row * view->nr_fields + field;
	const char **words = pfnscope_table_keep(table, view->nr_bounds *
						 sizeof(*words));
	unsigned int said = 0;
	size_t i;

	*cell = (struct pfnscope_value){ .words = words };
	for (i = 0; i < view->nr_bounds; i++) {
		const struct pfnscope_bound *bound = &view->bounds[i];
		enum verdict verdict = judge_bound(table, row, bound);

		cell->known |= verdict != UNKNOWN;
		if (verdict != PAST || said == bound->field)
			continue;
		said = bound->field;
		if (bound->word)
			words[cell->count++] = bound->word;
	}
}

/**
 * pfnscope_bound_mark - say in words what is past its limit
 * @table: where; nothing happens where its view has no bounds, or no such column
 */
void pfnscope_bound_mark(struct pfnscope_table *table)
{
	int field = pfnscope_view_field(table->view, "marks");
	size_t row;

	if (field < 0 || !table->view->nr_bounds)
		return;
	for (row = 0; row < table->nr_rows; row++)
		mark_row(table, row, (size_t)field);
}
