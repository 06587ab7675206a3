/* SPDX-License-Identifier: GPL-2.0-only */
/* Conditions on rows, as --where, --node and --zone give them. */
#ifndef PFNSCOPE_TABLE_WHERE_H
#define PFNSCOPE_TABLE_WHERE_H

#include "base/error.h"
#include "table/table.h"

#define PFNSCOPE_CONDITIONS	8

/* How a cell is compared with the value of a condition. */
enum pfnscope_comparison {
	PFNSCOPE_EQUAL,
	PFNSCOPE_UNEQUAL,
	PFNSCOPE_LESS,
	PFNSCOPE_LESS_OR_EQUAL,
	PFNSCOPE_GREATER,
	PFNSCOPE_GREATER_OR_EQUAL,
};

/**
 * struct pfnscope_condition - "free>=1M", "zone=DMA32"
 * @column: what a user calls the column; to be freed
 * @comparison: how
 * @value: as it was given, within the argument, or behind @column
 */
struct pfnscope_condition {
	char *column;
	enum pfnscope_comparison comparison;
	const char *value;
};

/**
 * struct pfnscope_where - conditions that all have to hold
 * @conditions: the first @count are used
 * @count: how many
 */
struct pfnscope_where {
	struct pfnscope_condition conditions[PFNSCOPE_CONDITIONS];
	size_t count;
};

/* Fails where @text is no condition, or one too many. */
int pfnscope_where_add(struct pfnscope_where *where, const char *text,
		       struct pfnscope_error *error);
/* "@column=@value", of which nothing can be wrong yet. */
int pfnscope_where_equal(struct pfnscope_where *where, const char *column,
			 const char *value, struct pfnscope_error *error);
void pfnscope_where_clear(struct pfnscope_where *where);

/* Whether @view has the columns, and the values suit them. */
int pfnscope_where_check(const struct pfnscope_where *where,
			 const struct pfnscope_view *view,
			 struct pfnscope_error *error);
/*
 * Keeps the rows for which all conditions hold; what is not known fulfils none.
 * Sizes are compared in bytes, pages being of @page_size.
 * Return: NULL, or why nothing is left of a table that had rows; to be freed.
 */
char *pfnscope_where_apply(const struct pfnscope_where *where,
			   struct pfnscope_table *table, uint64_t page_size);

#endif
