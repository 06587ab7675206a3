/* SPDX-License-Identifier: GPL-2.0-only */
/* Which zone is worst off, for everybody or for one request. */
#ifndef PFNSCOPE_TRIAGE_WORST_H
#define PFNSCOPE_TRIAGE_WORST_H

#include "allocator/gfp.h"
#include "allocator/plan.h"

#define PFNSCOPE_ASK_KERNEL \
	(PFNSCOPE_GFP_DIRECT_RECLAIM | PFNSCOPE_GFP_KSWAPD_RECLAIM | \
	 PFNSCOPE_GFP_IO | PFNSCOPE_GFP_FS)
#define PFNSCOPE_ASK_MOVABLE \
	(PFNSCOPE_ASK_KERNEL | PFNSCOPE_GFP_HARDWALL | PFNSCOPE_GFP_HIGHMEM | \
	 PFNSCOPE_GFP_MOVABLE)

/* A zone without CMA areas, as @zones tells them, has no free CMA pages. */
void pfnscope_zones_settle_cma(const struct pfnscope_table *zones,
			       struct pfnscope_machine *machine);
/* How a zone compares for single pages of such a request. */
void pfnscope_zone_ask(const struct pfnscope_machine *machine, uint32_t gfp,
		       enum pfnscope_mark mark,
		       const struct pfnscope_explain_zone *zone,
		       struct pfnscope_verdict *verdict);
/* A request that has a right to the zone: no lowmem_reserve is kept from it. */
uint32_t pfnscope_zone_own(enum pfnscope_class class);
/*
 * The zone with the least above @mark, as a share of it, of those that @gfp may use;
 * where @gfp is NULL of all, each asked for what it is there for.
 */
bool pfnscope_zone_worst(const struct pfnscope_machine *machine, const uint32_t *gfp,
			 enum pfnscope_mark mark, struct pfnscope_verdict *worst);

#endif
