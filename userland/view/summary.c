// SPDX-License-Identifier: GPL-2.0-only
/* The fields of /proc/pfnscope, the one file of the module that everybody may read. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	ZONE_FIELD,
	PAGES("present_pages", SHOWN, NULL, "in the zone, without the holes"),
	PAGES("managed_pages", SHOWN, NULL,
	      "what the buddy allocator was given"),
	PAGES("free_pages", SHOWN, NULL, "in the buddy allocator now"),
	PAGES("min_pages", SHOWN, NULL, "min watermark without the boost"),
	PAGES("low_pages", SHOWN, NULL, "low watermark without the boost"),
	PAGES("high_pages", SHOWN, NULL, "high watermark without the boost"),
};

const struct pfnscope_view pfnscope_view_summary = {
	.name = "summary",
	.major = 1,
	.row = "a zone of a node",
	PFNSCOPE_FIELDS(fields),
};
