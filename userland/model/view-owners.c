// SPDX-License-Identifier: GPL-2.0-only
/* The fields of owners. */
#include "model/field.h"

#define SHOWN PFNSCOPE_SHOWN

static const struct pfnscope_field fields[] = {
	{ "node", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, SHOWN, "NUMA node",
	  NULL },
	{ "zone", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN,
	  "zone of the node", NULL },
	{ "kind", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN,
	  "class, state, order, slab, cgroup, dying_cgroup or counter", NULL },
	{ "owner", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN | PFNSCOPE_WIDE,
	  "its name among its kind", NULL },
	{ "pages", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, SHOWN,
	  "memory it has in the zone", NULL },
	{ "blocks", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, SHOWN,
	  "pageblocks it touches", NULL },
	{ "spoiled_blocks", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, SHOWN,
	  "pageblocks that nobody else keeps from being freed", "SPOILED" },
};

const struct pfnscope_view pfnscope_view_owners = {
	.name = "owners",
	.major = 1,
	.row = "what one owner has in one zone; each page has several owners",
	PFNSCOPE_FIELDS(fields),
};
