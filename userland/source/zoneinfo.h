/* SPDX-License-Identifier: GPL-2.0-only */
/* What /proc/zoneinfo can give of zones and pcp when the module is not there. */
#ifndef PFNSCOPE_SOURCE_ZONEINFO_H
#define PFNSCOPE_SOURCE_ZONEINFO_H

#include "base/error.h"
#include "source/source.h"
#include "table/table.h"

/* Where /proc/zoneinfo cannot be read either, @table stays as it is. */
int pfnscope_zoneinfo_zones(const struct pfnscope_source *source,
			    struct pfnscope_table *table,
			    struct pfnscope_error *error);
int pfnscope_zoneinfo_pcp(const struct pfnscope_source *source,
			  struct pfnscope_table *table,
			  struct pfnscope_error *error);

typedef void (*pfnscope_zone_number)(void *context, uint64_t node,
				     const char *zone, const char *name,
				     uint64_t number);
/*
 * Each line that is a name and a number, the counters of a node with its first
 * zone. Without the file there are none.
 */
void pfnscope_zoneinfo_numbers(const struct pfnscope_source *source,
			       pfnscope_zone_number found, void *context);

#endif
