// SPDX-License-Identifier: GPL-2.0-only
/* The fields of zonelists and gfp: what the allocator consults of a request. */
#include "table/fields.h"

static const struct pfnscope_field zonelists_fields[] = {
	COUNT("node", SHOWN, NULL, "node the request prefers"),
	STRING("list", SHOWN, NULL,
	       "fallback, or nofallback for __GFP_THISNODE"),
	COUNT("position", SHOWN, NULL, "place in the order of trial, from 0"),
	COUNT("zone_node", SHOWN, NULL, "node of the zone that is tried"),
	STRING("zone", SHOWN, NULL, "zone that is tried"),
};

const struct pfnscope_view pfnscope_view_zonelists = {
	.name = "zonelists",
	.major = 1,
	.row = "one step in the order in which the allocator tries zones",
	PFNSCOPE_FIELDS(zonelists_fields),
};

static const struct pfnscope_field gfp_fields[] = {
	STRING("name", SHOWN, NULL, "name in the kernel's source"),
	STRING("kind", SHOWN, NULL,
	       "bit, or compound for a combination with a name"),
	FIELD(NUMBER, MASK, "value", SHOWN, NULL, "value on this kernel"),
};

const struct pfnscope_view pfnscope_view_gfp = {
	.name = "gfp",
	.major = 1,
	.row = "a gfp flag and its value on this kernel",
	PFNSCOPE_FIELDS(gfp_fields),
};
