/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bounds: where a number of a table is past a limit that the kernel acts on. Declared
 * beside the fields; --help, the column "marks" and the colours follow from them.
 */
#ifndef PFNSCOPE_TABLE_BOUND_H
#define PFNSCOPE_TABLE_BOUND_H

#include "table/table.h"

/* When a number is past its limit. */
enum pfnscope_bound_side {
	PFNSCOPE_ABOVE,
	PFNSCOPE_AT_LEAST,
	PFNSCOPE_NOT_ABOVE,
};

/* How much that matters. */
enum pfnscope_severity {
	PFNSCOPE_SEVERITY_NONE,
	PFNSCOPE_SEVERITY_NOTE,	/* the kernel works on it */
	PFNSCOPE_SEVERITY_WARNING,	/* it has to work on it, or will not be able to */
	PFNSCOPE_SEVERITY_CRITICAL,	/* requests wait or fail */
};

/**
 * struct pfnscope_bound - a limit of one column
 * @field: whose cell is marked
 * @value: the column that is compared, 0 where it is @field
 * @side: when it is past the limit
 * @limit: the column that is the limit, 0 where @constant is
 * @added: a column that is added to @limit, or 0
 * @constant: the limit; with @limit what that is where it is not known, 0 for nothing
 * @only: a column that has to be other than 0, or 0
 * @severity: how much it matters
 * @word: the mark, in plain text; NULL where the cell itself is the word
 * @help: what the kernel does then, no final dot
 *
 * Columns are enumerators. The first of a table says what its rows are of, and has no
 * limit and is none, so that 0 means that there is no such column.
 */
struct pfnscope_bound {
	unsigned int field;
	unsigned int value;
	enum pfnscope_bound_side side;
	unsigned int limit;
	unsigned int added;
	int64_t constant;
	unsigned int only;
	enum pfnscope_severity severity;
	const char *word;
	const char *help;
};

/* The severest bound that the cell is past, NULL where it is past none. */
const struct pfnscope_bound *pfnscope_bound_of(const struct pfnscope_table *table,
					       size_t row, size_t field);
/* Fills in the column "marks" of a table that has one. */
void pfnscope_bound_mark(struct pfnscope_table *table);

#endif
