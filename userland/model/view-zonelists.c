// SPDX-License-Identifier: GPL-2.0-only
/* The fields of zonelists and gfp: what the allocator consults of a request. */
#include "model/field.h"

static const struct pfnscope_field zonelists_fields[] = {
	{ "node", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "node the request prefers", NULL },
	{ "list", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "fallback, or nofallback for __GFP_THISNODE", NULL },
	{ "position", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "place in the order of trial, from 0", NULL },
	{ "zone_node", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "node of the zone that is tried", NULL },
	{ "zone", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "zone that is tried", NULL },
};

const struct pfnscope_view pfnscope_view_zonelists = {
	.name = "zonelists",
	.major = 1,
	.row = "one step in the order in which the allocator tries zones",
	PFNSCOPE_FIELDS(zonelists_fields),
};

static const struct pfnscope_field gfp_fields[] = {
	{ "name", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "name in the kernel's source", NULL },
	{ "kind", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "bit, or compound for a combination with a name", NULL },
	{ "value", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_MASK, PFNSCOPE_SHOWN,
	  "value on this kernel", NULL },
};

const struct pfnscope_view pfnscope_view_gfp = {
	.name = "gfp",
	.major = 1,
	.row = "a gfp flag and its value on this kernel",
	PFNSCOPE_FIELDS(gfp_fields),
};
