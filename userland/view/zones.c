// SPDX-License-Identifier: GPL-2.0-only
/* The fields of zones. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	ZONE_FIELD,
	PAGES("spanned_pages", 0, NULL,
	      "from first to last page, holes included"),
	PAGES("present_pages", SHOWN, NULL, "without the holes"),
	PAGES("managed_pages", SHOWN, NULL,
	      "what the buddy allocator was given"),
	PAGES("free_pages", SHOWN, NULL, "in the buddy allocator now"),
	PAGES("min_pages", SHOWN, NULL,
	      "min watermark without the boost: direct reclaim below"),
	PAGES("low_pages", SHOWN, NULL,
	      "low watermark without the boost: kswapd wakes below"),
	PAGES("high_pages", SHOWN, NULL,
	      "high watermark without the boost: kswapd sleeps above"),
	PAGES("promo_pages", 0, NULL,
	      "promotion watermark without the boost, since 6.1"),
	PAGES("boost_pages", SHOWN, NULL,
	      "added to each watermark for a while after a fragmenting fallback"),
	FIELD(NUMBERS, PAGES, "lowmem_reserve_pages", 0, NULL,
	      "kept from requests that prefer a higher zone, one for each zone class"),
	PAGES("highatomic_pages", 0, NULL, "in reserved highatomic pageblocks"),
	PAGES("cma_pages", 0, NULL,
	      "in areas of the contiguous memory allocator"),
	WORDS("flags", SHOWN | WIDE, NULL, "zone flags that are set"),
	PFN("start_pfn", 0, NULL, "first page frame of the zone"),
};

const struct pfnscope_view pfnscope_view_zones = {
	.name = "zones",
	.major = 1,
	.row = "a zone of a node",
	PFNSCOPE_FIELDS(fields),
};
