/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers by zone and order, a row a line and a column an order. */
#ifndef PFNSCOPE_TABLE_MATRIX_H
#define PFNSCOPE_TABLE_MATRIX_H

#include "table/table.h"

#define PFNSCOPE_MATRIX_ORDERS	32

/**
 * struct pfnscope_matrix - what stands where
 * @name: of the table
 * @row: what a row is
 * @label: name of the column between the zone and the numbers
 * @help: of that column
 * @orders: bit N says that order N has a column
 * @size: a last column says how much memory the row is
 */
struct pfnscope_matrix {
	const char *name;
	const char *row;
	const char *label;
	const char *help;
	uint32_t orders;
	bool size;
};

/* Without rows yet. */
struct pfnscope_table *pfnscope_matrix_new(const struct pfnscope_matrix *matrix);
/* @blocks of each order; what has no column counts for the size only. */
void pfnscope_matrix_add(struct pfnscope_table *table, uint64_t node,
			 const char *zone, const char *label,
			 const uint64_t blocks[PFNSCOPE_MATRIX_ORDERS]);

#endif
