/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What tables have more or less than when they were read before. Rows are the same
 * where the columns are that say which row it is (PFNSCOPE_WHICH).
 */
#ifndef PFNSCOPE_TABLE_CHANGES_H
#define PFNSCOPE_TABLE_CHANGES_H

#include "table/table.h"

/**
 * struct pfnscope_change - how a number changed
 * @delta: what it has more than before
 * @ns: since then, above 0
 */
struct pfnscope_change {
	int64_t delta;
	int64_t ns;
};

struct pfnscope_changes;

struct pfnscope_changes *pfnscope_changes_new(void);
void pfnscope_changes_free(struct pfnscope_changes *changes);
/* A reading begins, at @now_ns of a clock that does not go back. */
void pfnscope_changes_tick(struct pfnscope_changes *changes, int64_t now_ns);
/* The same reading is looked at again. */
void pfnscope_changes_again(struct pfnscope_changes *changes, int64_t now_ns);
/* Keeps the numbers of @table, known by the name of its view, once a reading. */
void pfnscope_changes_take(struct pfnscope_changes *changes,
			   const struct pfnscope_table *table);
/*
 * Of a cell, since the reading before the one that was taken last. False where it did
 * not change, was not known, or does not count anything.
 */
bool pfnscope_changes_of(struct pfnscope_changes *changes,
			 const struct pfnscope_table *table, size_t row, size_t field,
			 struct pfnscope_change *change);
/* By how much the columns that @columns names changed, comma separated: the most first. */
void pfnscope_changes_sort(struct pfnscope_changes *changes,
			   struct pfnscope_table *table, const char *columns);

#endif
