/* SPDX-License-Identifier: GPL-2.0-only */
/* Some rows of a table, in another order. */
#ifndef PFNSCOPE_TABLE_SELECT_H
#define PFNSCOPE_TABLE_SELECT_H

#include "table/table.h"

/* Keeps the rows for which @keep holds. */
void pfnscope_table_filter(struct pfnscope_table *table,
			   bool (*keep)(const struct pfnscope_table *table,
					size_t row, const void *context),
			   const void *context);
/* Largest first by a number; rows that are equal stay in order, unknown last. */
void pfnscope_table_sort(struct pfnscope_table *table, const char *field);
/* At most @rows rows. */
void pfnscope_table_limit_rows(struct pfnscope_table *table, size_t rows);

#endif
