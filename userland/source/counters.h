/* SPDX-License-Identifier: GPL-2.0-only */
/* Counters that the kernel shows to everybody: pressure, events, pools of huge pages. */
#ifndef PFNSCOPE_SOURCE_COUNTERS_H
#define PFNSCOPE_SOURCE_COUNTERS_H

#include "source/source.h"
#include "table/table.h"

extern const struct pfnscope_view pfnscope_view_pressure;
extern const struct pfnscope_view pfnscope_view_events;

/* Tables to be freed; without rows, and with a reason, where the file is not there. */
struct pfnscope_table *pfnscope_pressure_read(const struct pfnscope_source *source);
struct pfnscope_table *pfnscope_events_read(const struct pfnscope_source *source);
/*
 * Rows of hugepages with what sysfs counts, a row a size; else /proc/meminfo, which
 * has the default size alone.
 */
struct pfnscope_table *pfnscope_pools_read(const struct pfnscope_source *source);

#endif
