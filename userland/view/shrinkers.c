// SPDX-License-Identifier: GPL-2.0-only
/* The fields of shrinkers. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	COUNT("position", SHOWN, NULL,
	      "place in the order in which reclaim calls them"),
	COUNT("node", SHOWN, NULL,
	      "NUMA node, where the shrinker tells nodes apart"),
	STRING("name", SHOWN | WIDE, NULL,
	       "its name, or that of the function that counts"),
	COUNT("root_objects", SHOWN, "ROOT",
	      "what it could free outside of memory cgroups but the root"),
	COUNT("deferred_objects", SHOWN, "DEFERRED",
	      "what earlier calls left for later"),
	COUNT("batch_objects", 0, "BATCH", "objects asked for at once"),
	COUNT("seeks", 0, NULL, "cost of making an object again"),
	WORDS("flags", SHOWN, NULL, "numa, memcg, nonslab"),
};

const struct pfnscope_view pfnscope_view_shrinkers = {
	.name = "shrinkers",
	.major = 1,
	.row = "what one shrinker says it could free, on one node",
	PFNSCOPE_FIELDS(fields),
};
