/* SPDX-License-Identifier: GPL-2.0-only */
/* Machines and requests made by hand, for tests of the model. */
#ifndef PFNSCOPE_TEST_ASKING_H
#define PFNSCOPE_TEST_ASKING_H

#include "allocator/gfp.h"
#include "allocator/plan.h"

#define RECLAIM (PFNSCOPE_GFP_DIRECT_RECLAIM | PFNSCOPE_GFP_KSWAPD_RECLAIM)
#define KERNEL (RECLAIM | PFNSCOPE_GFP_IO | PFNSCOPE_GFP_FS)

/* A free block more. */
static inline void give(struct pfnscope_explain_zone *zone, unsigned int order,
			enum pfnscope_type type)
{
	zone->area_known = true;
	zone->area.blocks[order]++;
	zone->area.types[order] |= PFNSCOPE_TYPE_BIT(type);
}

#endif
