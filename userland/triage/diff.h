/* SPDX-License-Identifier: GPL-2.0-only */
/* What changed between two moments. */
#ifndef PFNSCOPE_TRIAGE_DIFF_H
#define PFNSCOPE_TRIAGE_DIFF_H

#include "table/fields.h"
#include "table/table.h"
#include "triage/series.h"

#define DIFF_ROW "a number that is not what it was"
#define DIFF_NAME_FIELDS(F, V) \
	F(V, STRING, table, SHOWN, NULL, "the command that shows it, a file of /proc, or cgroup") \
	F(V, STRING, key, SHOWN | WIDE, NULL, "of what: node and zone, cache, cgroup") \
	F(V, STRING, number, SHOWN, NULL, "which number of that")
#define DIFF_FIELDS(F, V) \
	DIFF_NAME_FIELDS(F, V) \
	F(V, STRING, unit, 0, NULL, "bytes, or count") \
	F(V, SIGNED, before, SHOWN, NULL, "how much it was, unknown where there was no such row") \
	F(V, SIGNED, after, SHOWN, NULL, "how much it is, unknown where there is no such row any more") \
	F(V, SIGNED, change, SHOWN, NULL, "by how much it grew; without a row it is 0") \
	F(V, SIGNED, per_hour, SHOWN, NULL, "the same for each hour between, if it is known how long that was")

PFNSCOPE_COLUMNS(DIFF);
extern const struct pfnscope_view pfnscope_view_diff;
PFNSCOPE_TABLE(DIFF, pfnscope_view_diff);

/*
 * @seconds lie between; 0 or less where that is not known. The largest change is first,
 * sizes before counts.
 */
struct pfnscope_table *pfnscope_diff(const struct pfnscope_series *before,
				     const struct pfnscope_series *after, int64_t seconds);
/* With units, for people. */
struct pfnscope_table *pfnscope_diff_brief(const struct pfnscope_table *table);

#endif
