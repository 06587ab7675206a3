// SPDX-License-Identifier: GPL-2.0-only
/* The fields of owners. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	ZONE_FIELD,
	STRING("kind", SHOWN, NULL,
	       "class, state, order, slab, cgroup, dying_cgroup or counter"),
	STRING("owner", SHOWN | WIDE, NULL, "its name among its kind"),
	PAGES("pages", SHOWN, NULL, "memory it has in the zone"),
	COUNT("blocks", SHOWN, NULL, "pageblocks it touches"),
	COUNT("spoiled_blocks", SHOWN, "SPOILED",
	      "pageblocks that nobody else keeps from being freed"),
};

const struct pfnscope_view pfnscope_view_owners = {
	.name = "owners",
	.major = 1,
	.row = "what one owner has in one zone; each page has several owners",
	PFNSCOPE_FIELDS(fields),
};
