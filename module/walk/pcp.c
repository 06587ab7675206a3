// SPDX-License-Identifier: GPL-2.0-only
/*
 * Online CPUs only, as in /proc/zoneinfo. A CPU that goes offline meanwhile is
 * harmless: its lists are drained but stay where they are.
 */
#include <linux/cpumask.h>

#include "reach/pcp.h"
#include "walk/pcp.h"

static bool next_populated(struct pfnscope_pcp_cursor *cursor)
{
	cursor->zone = pfnscope_zone_next_populated(&cursor->zones);
	cursor->cpu = -1;
	return cursor->zone;
}

/**
 * pfnscope_pcp_fill - the lists of the next zone and CPU as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, or 0 after the last one.
 */
int pfnscope_pcp_fill(struct pfnscope_pcp_cursor *cursor,
		      struct pfnscope_pcp *record)
{
	while (cursor->zone || next_populated(cursor)) {
		cursor->cpu = cpumask_next(cursor->cpu, cpu_online_mask);
		if (cursor->cpu >= nr_cpu_ids ||
		    pfnscope_pcp_read(cursor->zone, cursor->cpu, record)) {
			cursor->zone = NULL;
			continue;
		}
		record->node = zone_to_nid(cursor->zone);
		record->zone = cursor->zone->name;
		record->cpu = cursor->cpu;
		return 1;
	}
	return 0;
}
