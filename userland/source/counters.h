/* SPDX-License-Identifier: GPL-2.0-only */
/* Counters that the kernel shows to everybody: pressure, events, pools of huge pages. */
#ifndef PFNSCOPE_SOURCE_COUNTERS_H
#define PFNSCOPE_SOURCE_COUNTERS_H

#include "source/source.h"
#include "table/fields.h"
#include "table/table.h"

#define PRESSURE_ROW "how long tasks waited for memory"
#define PRESSURE_FIELDS(F, V) \
	F(V, STRING, scope, SHOWN | WHICH, NULL, \
	  "some: a task waited for memory; full: all of them did") \
	F(V, COUNT, avg10_hundredths, SHOWN, NULL, \
	  "share of the last 10 seconds, in hundredths of a per cent") \
	F(V, COUNT, avg60_hundredths, SHOWN, NULL, "of the last minute") \
	F(V, COUNT, avg300_hundredths, SHOWN, NULL, "of the last 5 minutes") \
	F(V, COUNT, total_us, 0, NULL, "microseconds since boot")

PFNSCOPE_COLUMNS(PRESSURE);
extern const struct pfnscope_view pfnscope_view_pressure;
PFNSCOPE_TABLE(PRESSURE, pfnscope_view_pressure);

#define COUNTED_ROW "what has happened since boot"
#define COUNTED_FIELDS(F, V) \
	F(V, COUNT, oom_kills, SHOWN, NULL, \
	  "tasks that the OOM killer killed since boot") \
	F(V, COUNT, direct_reclaims, SHOWN, NULL, \
	  "requests since boot that had to reclaim memory themselves")

PFNSCOPE_COLUMNS(COUNTED);
extern const struct pfnscope_view pfnscope_view_counted;
PFNSCOPE_TABLE(COUNTED, pfnscope_view_counted);

/* Tables to be freed; without rows, and with a reason, where the file is not there. */
struct pfnscope_table *pfnscope_pressure_read(const struct pfnscope_source *source);
/* The same of a cgroup: @path is its memory.pressure. */
struct pfnscope_table *pfnscope_pressure_read_file(const struct pfnscope_source *source,
						   const char *path);
struct pfnscope_table *pfnscope_counted_read(const struct pfnscope_source *source);
/*
 * Rows of hugepages with what sysfs counts, a row a size; else /proc/meminfo, which
 * has the default size alone.
 */
struct pfnscope_table *pfnscope_pools_read(const struct pfnscope_source *source);

#endif
