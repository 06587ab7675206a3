/* SPDX-License-Identifier: GPL-2.0-only */
/* Some rows of a table, in another order. */
#ifndef PFNSCOPE_TABLE_SELECT_H
#define PFNSCOPE_TABLE_SELECT_H

#include "table/table.h"

/* Of tables that begin with node and zone: whether two rows are of one zone. */
bool pfnscope_table_same_zone(const struct pfnscope_table *a, size_t row,
			      const struct pfnscope_table *b, size_t other);
/* Keeps the rows for which @keep holds. */
void pfnscope_table_filter(struct pfnscope_table *table,
			   bool (*keep)(const struct pfnscope_table *table,
					size_t row, const void *context),
			   const void *context);
/*
 * By what a user calls the columns, comma separated: numbers from the largest, words
 * by the alphabet; "-COLUMN" the other way round. What is not known comes last, what
 * is equal stays in order. @columns is cut to pieces. Without @table, which has to be
 * of @view, it only looks.
 * Return: a column that there is none of, or NULL; the others count.
 */
const char *pfnscope_table_sort(struct pfnscope_table *table,
				const struct pfnscope_view *view,
				char *columns);
/*
 * The @rows rows that weigh most, in their order: first by the worst of their marks,
 * then by the sum of @columns, a NULL or @count ends them, then those that come first.
 */
void pfnscope_table_heaviest(struct pfnscope_table *table, size_t rows,
			     const char *const *columns, size_t count);
/* At most @rows rows. */
void pfnscope_table_limit_rows(struct pfnscope_table *table, size_t rows);

#endif
