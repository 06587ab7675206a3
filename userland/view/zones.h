/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of zones. */
#ifndef PFNSCOPE_VIEW_ZONES_H
#define PFNSCOPE_VIEW_ZONES_H

#include "table/fields.h"

#define ZONES_ROW "a zone of a node"
#define ZONES_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, PAGES, spanned_pages, 0, NULL, "from first to last page, holes included") \
	F(V, PAGES, present_pages, SHOWN, NULL, "without the holes") \
	F(V, PAGES, managed_pages, SHOWN, NULL, "what the buddy allocator was given") \
	F(V, PAGES, free_pages, SHOWN, NULL, "in the buddy allocator now") \
	F(V, PAGES, min_pages, SHOWN, NULL, \
	  "min watermark without the boost: direct reclaim below") \
	F(V, PAGES, low_pages, SHOWN, NULL, \
	  "low watermark without the boost: kswapd wakes below") \
	F(V, PAGES, high_pages, SHOWN, NULL, \
	  "high watermark without the boost: kswapd sleeps above") \
	F(V, PAGES, promo_pages, 0, NULL, \
	  "promotion watermark without the boost, since 5.18") \
	F(V, PAGES, boost_pages, SHOWN, NULL, \
	  "added to each watermark for a while after a fragmenting fallback") \
	F(V, NUMBERS_PAGES, lowmem_reserve_pages, 0, NULL, \
	  "kept from requests that prefer a higher zone, one for each zone class") \
	F(V, PAGES, highatomic_pages, 0, NULL, "in reserved highatomic pageblocks") \
	F(V, PAGES, cma_pages, 0, NULL, "in areas of the contiguous memory allocator") \
	MARKS_FIELD(F, V, SHOWN | WIDE) \
	F(V, WORDS, flags, SHOWN | WIDE, NULL, "zone flags that are set") \
	F(V, PFN, start_pfn, 0, NULL, "first page frame of the zone")

PFNSCOPE_COLUMNS(ZONES);
#define ZONES_BOUNDS \
	WATERMARK_BOUNDS(ZONES, ZONES_boost_pages) \
	{ .field = ZONES_boost_pages, .side = PFNSCOPE_ABOVE, \
	  .severity = PFNSCOPE_SEVERITY_NOTE, .word = "boost", \
	  .help = "each watermark is raised until kswapd has run" }
extern const struct pfnscope_view pfnscope_view_zones;
PFNSCOPE_TABLE(ZONES, pfnscope_view_zones);

#endif
