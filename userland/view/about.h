/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of about and stats: what the module says of itself. */
#ifndef PFNSCOPE_VIEW_ABOUT_H
#define PFNSCOPE_VIEW_ABOUT_H

#include "table/fields.h"
#include "table/table.h"

#define ABOUT_ROW "one fact about the module and the kernel it runs in"
#define ABOUT_FIELDS(F, V) \
	F(V, STRING, key, SHOWN, NULL, "name of the fact") \
	F(V, STRING, value, SHOWN | WIDE, NULL, \
	  "version, size, how a symbol was found, or why a view is unavailable")

PFNSCOPE_COLUMNS(ABOUT);
extern const struct pfnscope_view pfnscope_view_about;
PFNSCOPE_TABLE(ABOUT, pfnscope_view_about);

/* What about says under @key, NULL where it does not; @about may be NULL. */
const char *pfnscope_about_word(const struct pfnscope_table *about,
				const char *key);
const char *pfnscope_snapshot_about(const struct pfnscope_snapshot *snapshot,
				    const char *key);
/* The same as a number; false where it is none. */
bool pfnscope_about_number(const struct pfnscope_table *about, const char *key,
			   uint64_t *number);

#define STATS_ROW "a file of the module and what reading it has cost since load"
#define STATS_FIELDS(F, V) \
	F(V, STRING, file, SHOWN | WHICH, NULL, "file in debugfs") \
	F(V, COUNT, opens, SHOWN, NULL, "times it was opened") \
	F(V, COUNT, rows, SHOWN, NULL, "rows printed") \
	F(V, NS, spent_ns, SHOWN, NULL, "time spent filling and printing rows") \
	F(V, NS, longest_hold_ns, SHOWN, NULL, \
	  "longest time any lock of the kernel was held") \
	F(V, PAGES, visited_pages, SHOWN, NULL, \
	  "memory whose struct pages were looked at")

PFNSCOPE_COLUMNS(STATS);
extern const struct pfnscope_view pfnscope_view_stats;
PFNSCOPE_TABLE(STATS, pfnscope_view_stats);

#endif
