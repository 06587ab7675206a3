// SPDX-License-Identifier: GPL-2.0-only
/* The fields of zones. */
#include "model/field.h"

#define PAGES(name, flags, help) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, flags, help, NULL }

static const struct pfnscope_field fields[] = {
	{ "node", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "NUMA node", NULL },
	{ "zone", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "zone of the node", NULL },
	PAGES("spanned_pages", 0, "from first to last page, holes included"),
	PAGES("present_pages", PFNSCOPE_SHOWN, "without the holes"),
	PAGES("managed_pages", PFNSCOPE_SHOWN,
	      "what the buddy allocator was given"),
	PAGES("free_pages", PFNSCOPE_SHOWN, "in the buddy allocator now"),
	PAGES("min_pages", PFNSCOPE_SHOWN,
	      "min watermark without the boost: direct reclaim below"),
	PAGES("low_pages", PFNSCOPE_SHOWN,
	      "low watermark without the boost: kswapd wakes below"),
	PAGES("high_pages", PFNSCOPE_SHOWN,
	      "high watermark without the boost: kswapd sleeps above"),
	PAGES("promo_pages", 0,
	      "promotion watermark without the boost, since 6.1"),
	PAGES("boost_pages", PFNSCOPE_SHOWN,
	      "added to each watermark for a while after a fragmenting fallback"),
	{ "lowmem_reserve_pages", PFNSCOPE_NUMBERS, PFNSCOPE_UNIT_PAGES, 0,
	  "kept from requests that prefer a higher zone, one for each zone class", NULL },
	PAGES("highatomic_pages", 0, "in reserved highatomic pageblocks"),
	PAGES("cma_pages", 0, "in areas of the contiguous memory allocator"),
	{ "flags", PFNSCOPE_WORDS, PFNSCOPE_UNIT_NONE,
	  PFNSCOPE_SHOWN | PFNSCOPE_WIDE, "zone flags that are set", NULL },
	{ "start_pfn", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PFN, 0,
	  "first page frame of the zone", NULL },
};

const struct pfnscope_view pfnscope_view_zones = {
	.name = "zones",
	.major = 1,
	.row = "a zone of a node",
	PFNSCOPE_FIELDS(fields),
};
