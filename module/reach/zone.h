/* SPDX-License-Identifier: GPL-2.0-only */
/* What not every kernel has in struct zone, or not in the same form. */
#ifndef PFNSCOPE_REACH_ZONE_H
#define PFNSCOPE_REACH_ZONE_H

#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/vmstat.h>

#include "reach/config.h"
#include "record.h"

/*
 * Both at one instant: memory hotplug changes them together, in a microsecond.
 * The tries are counted, as the caller may have interrupted that very change.
 */
#ifdef CONFIG_MEMORY_HOTPLUG
static inline void pfnscope_zone_span(struct zone *zone, u64 *start_pfn,
				      u64 *spanned)
{
	unsigned int tries, seq;

	for (tries = 0; tries < 10000; tries++) {
		seq = raw_read_seqcount(&zone->span_seqlock.seqcount);
		*start_pfn = zone->zone_start_pfn;
		*spanned = zone->spanned_pages;
		if (!(seq & 1) &&
		    !read_seqcount_retry(&zone->span_seqlock.seqcount, seq))
			return;
		cpu_relax();
	}
	*start_pfn = PFNSCOPE_UNKNOWN;
	*spanned = PFNSCOPE_UNKNOWN;
}
#else
static inline void pfnscope_zone_span(struct zone *zone, u64 *start_pfn,
				      u64 *spanned)
{
	*start_pfn = zone->zone_start_pfn;
	*spanned = zone->spanned_pages;
}
#endif

/* Free blocks of one order. */
static inline unsigned long pfnscope_zone_free(const struct zone *zone,
					       unsigned int order)
{
	return READ_ONCE(zone->free_area[order].nr_free);
}

/*
 * The migratetypes that have a free block of this order, as bits. The heads of the
 * lists are not followed; that there is a list for each migratetype is known here
 * alone.
 */
static inline unsigned int pfnscope_zone_free_types(const struct zone *zone,
						    unsigned int order)
{
	unsigned int types = 0, type;

	for (type = 0; type < MIGRATE_TYPES; type++)
		if (!list_empty(&zone->free_area[order].free_list[type]))
			types |= BIT(type);
	return types;
}

/* The watermark of memory tiering, there since v5.18. */
static inline u64 pfnscope_zone_wmark_promo(const struct zone *zone)
{
#ifdef HAVE_WMARK_PROMO
	return READ_ONCE(zone->_watermark[WMARK_PROMO]);
#else
	return PFNSCOPE_UNKNOWN;
#endif
}

/* Counted for each zone since v5.12. */
static inline u64 pfnscope_zone_cma_pages(struct zone *zone)
{
#if defined(HAVE_ZONE_CMA_PAGES)
	return zone_cma_pages(zone);
#elif !defined(CONFIG_CMA)
	return 0;
#else
	return PFNSCOPE_UNKNOWN;
#endif
}

/* zone->flags in bits of our own, enum pfnscope_zone_flag. */
static inline unsigned long pfnscope_zone_flags(const struct zone *zone)
{
	unsigned long raw = READ_ONCE(zone->flags);
	unsigned long flags = 0;

	if (raw & BIT(ZONE_BOOSTED_WATERMARK))
		flags |= BIT(PFNSCOPE_ZONE_BOOSTED_WATERMARK);
#ifdef HAVE_ZONE_RECLAIM_ACTIVE
	if (raw & BIT(ZONE_RECLAIM_ACTIVE))
		flags |= BIT(PFNSCOPE_ZONE_RECLAIM_ACTIVE);
#endif
#ifdef HAVE_ZONE_BELOW_HIGH
	if (raw & BIT(ZONE_BELOW_HIGH))
		flags |= BIT(PFNSCOPE_ZONE_BELOW_HIGH);
#endif
	return flags;
}

#endif /* PFNSCOPE_REACH_ZONE_H */
