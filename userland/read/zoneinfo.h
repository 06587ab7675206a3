/* SPDX-License-Identifier: GPL-2.0-only */
/* What /proc/zoneinfo can give of zones and pcp when the module is not there. */
#ifndef PFNSCOPE_READ_ZONEINFO_H
#define PFNSCOPE_READ_ZONEINFO_H

#include "model/error.h"
#include "model/table.h"
#include "read/source.h"

/* Where /proc/zoneinfo cannot be read either, @table stays as it is. */
int pfnscope_zoneinfo_zones(const struct pfnscope_source *source,
			    struct pfnscope_table *table,
			    struct pfnscope_error *error);
int pfnscope_zoneinfo_pcp(const struct pfnscope_source *source,
			  struct pfnscope_table *table,
			  struct pfnscope_error *error);

typedef void (*pfnscope_zone_pages)(void *context, uint64_t node,
				    const char *zone, uint64_t pages);
/*
 * Free CMA pages of each zone, as the kernel counts them: its watermark check
 * reads this figure, which lags behind the lists by what the CPUs have not added.
 */
void pfnscope_zoneinfo_free_cma(const struct pfnscope_source *source,
				pfnscope_zone_pages found, void *context);

#endif
