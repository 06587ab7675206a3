/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The watermark check of this kernel, for measure.c: its rules, and what it reads of a
 * zone.
 */
#ifndef PFNSCOPE_REACH_WMARK_H
#define PFNSCOPE_REACH_WMARK_H

#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/sched.h>
#include <linux/sched/rt.h>
#include <linux/version.h>
#include <linux/vmstat.h>

#include "measure.h"
#include "reach/config.h"
#include "reach/order.h"
#include "reach/zone.h"

/*
 * Since v6.3 __GFP_HIGH is what opens the reserves, not __GFP_ATOMIC: 1ebbb21811b7 and
 * its neighbours, which v6.1.116 took.
 */
#define PFNSCOPE_MIN_RESERVE_FIRST					\
	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0) ||		\
	 (LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 116) &&		\
	  LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)))

static inline struct pfnscope_wmark_rules pfnscope_wmark_rules(void)
{
	return (struct pfnscope_wmark_rules){
		.min_reserve_first = PFNSCOPE_MIN_RESERVE_FIRST,
#ifdef HAVE_ZONE_FREE_HIGHATOMIC
		.highatomic = PFNSCOPE_HIGHATOMIC_FREE,
#else
		.highatomic = PFNSCOPE_HIGHATOMIC_RESERVED,
#endif
	};
}

/* What the slow path allows a request of the current task that may wait. */
static inline u32 pfnscope_wmark_flags(gfp_t gfp)
{
	u32 flags = 0;

	if (gfp & __GFP_HIGH)
		flags |= PFNSCOPE_ALLOC_MIN_RESERVE;
	if (rt_task(current))
		flags |= PFNSCOPE_MIN_RESERVE_FIRST ?
			 PFNSCOPE_ALLOC_MIN_RESERVE : PFNSCOPE_ALLOC_NON_BLOCK;
	if (IS_ENABLED(CONFIG_CMA) && gfp & __GFP_MOVABLE)
		flags |= PFNSCOPE_ALLOC_CMA;
	return flags;
}

/* The kernel's migratetypes that have a free block of an order, by meaning. */
static inline u32 pfnscope_wmark_types(const struct zone *zone,
				       unsigned int order)
{
	unsigned int has = pfnscope_zone_free_types(zone, order);
	u32 types = 0;

	if (has & BIT(MIGRATE_UNMOVABLE))
		types |= PFNSCOPE_TYPE_BIT(PFNSCOPE_UNMOVABLE);
	if (has & BIT(MIGRATE_MOVABLE))
		types |= PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE);
	if (has & BIT(MIGRATE_RECLAIMABLE))
		types |= PFNSCOPE_TYPE_BIT(PFNSCOPE_RECLAIMABLE);
	if (has & BIT(MIGRATE_HIGHATOMIC))
		types |= PFNSCOPE_TYPE_BIT(PFNSCOPE_HIGHATOMIC);
#ifdef CONFIG_CMA
	if (has & BIT(MIGRATE_CMA))
		types |= PFNSCOPE_TYPE_BIT(PFNSCOPE_CMA);
#endif
#ifdef CONFIG_MEMORY_ISOLATION
	if (has & BIT(MIGRATE_ISOLATE))
		types |= PFNSCOPE_TYPE_BIT(PFNSCOPE_ISOLATE);
#endif
	return types;
}

/* The blocks of @order and above; smaller ones do not count. */
static inline void pfnscope_wmark_area(const struct zone *zone,
				       unsigned int order,
				       struct pfnscope_free *area)
{
	for (; order < PFNSCOPE_NR_ORDERS; order++) {
		area->blocks[order] = pfnscope_zone_free(zone, order);
		area->types[order] = pfnscope_wmark_types(zone, order);
	}
}

static inline struct pfnscope_wmark_zone pfnscope_wmark_zone(struct zone *zone)
{
	return (struct pfnscope_wmark_zone){
		.free = zone_page_state(zone, NR_FREE_PAGES),
#ifdef HAVE_ZONE_FREE_HIGHATOMIC
		.highatomic = READ_ONCE(zone->nr_free_highatomic),
#else
		.highatomic = READ_ONCE(zone->nr_reserved_highatomic),
#endif
		.cma = zone_page_state(zone, NR_FREE_CMA_PAGES),
	};
}

#endif /* PFNSCOPE_REACH_WMARK_H */
