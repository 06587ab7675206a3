// SPDX-License-Identifier: GPL-2.0-only
/* The fields of shrinkers. */
#include "model/field.h"

#define SHOWN PFNSCOPE_SHOWN
#define COUNT(name, flags, help, heading) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, flags, help, heading }

static const struct pfnscope_field fields[] = {
	COUNT("position", SHOWN, "place in the order in which reclaim calls them",
	      NULL),
	COUNT("node", SHOWN, "NUMA node, where the shrinker tells nodes apart",
	      NULL),
	{ "name", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN | PFNSCOPE_WIDE,
	  "its name, or that of the function that counts", NULL },
	COUNT("root_objects", SHOWN,
	      "what it could free outside of memory cgroups but the root", "ROOT"),
	COUNT("deferred_objects", SHOWN, "what earlier calls left for later",
	      "DEFERRED"),
	COUNT("batch_objects", 0, "objects asked for at once", "BATCH"),
	COUNT("seeks", 0, "cost of making an object again", NULL),
	{ "flags", PFNSCOPE_WORDS, PFNSCOPE_UNIT_NONE, SHOWN,
	  "numa, memcg, nonslab", NULL },
};

const struct pfnscope_view pfnscope_view_shrinkers = {
	.name = "shrinkers",
	.major = 1,
	.row = "what one shrinker says it could free, on one node",
	PFNSCOPE_FIELDS(fields),
};
