/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The strict reader of the module's files. It accepts the grammar and nothing beside it: one blank
 * between cells, printable ASCII, a newline after every line, as many cells in a row as columns.
 */

#ifndef PFNSCOPE_TEST_TABLE_H
#define PFNSCOPE_TEST_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#define TABLE_MAX_COLUMNS 64

struct table {
	char name[64];
	unsigned int major, minor;
	size_t columns, rows;
	char *column[TABLE_MAX_COLUMNS];
	char **cells;		/* rows x columns */
	char *unavailable;	/* the reason, or NULL */
	char *remark;		/* a last line "# ...", as kept tables have, or NULL */
	char *text;		/* what all of the above points into */
	char error[256];	/* empty where the text keeps the grammar */
};

/* Reads @path; false, with @t->error, where it cannot be read or breaks the grammar. */
bool table_read(struct table *t, const char *path);

/* The same for a text of malloc(), which the table takes over. */
bool table_parse(struct table *t, char *text);

/* Reads the file @name of the module's debugfs directory, ends the test where that fails. */
void table_need(struct table *t, const char *name);

void table_free(struct table *t);

/* The index of a column, or -1. */
int table_column(const struct table *t, const char *name);

/* A cell by the name of its column; NULL where there is no such column. */
const char *table_cell(const struct table *t, size_t row, const char *column);

/* The same as a number; false for "-" and for what is no decimal number. */
bool table_number(const struct table *t, size_t row, const char *column, long long *value);

/* The same, -1 for those; and whether a cell, which has to be there, is @value. */
long long table_value(const struct table *t, size_t row, const char *column);
bool table_is(const struct table *t, size_t row, const char *column, const char *value);

/* How many rows have @value in @column. */
size_t table_count(const struct table *t, const char *column, const char *value);

/* The row whose @column cells equal @value in each pair; pairs end with NULL. -1 where there is none. */
long table_find(const struct table *t, ...);

bool is_decimal(const char *s);

#endif
