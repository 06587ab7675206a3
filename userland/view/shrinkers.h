/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of shrinkers. */
#ifndef PFNSCOPE_VIEW_SHRINKERS_H
#define PFNSCOPE_VIEW_SHRINKERS_H

#include "table/fields.h"

#define SHRINKERS_ROW "what one shrinker says it could free, on one node"
#define SHRINKERS_FIELDS(F, V) \
	F(V, COUNT, position, SHOWN, NULL, \
	  "place in the order in which reclaim calls them") \
	F(V, COUNT, node, SHOWN, NULL, \
	  "NUMA node, where the shrinker tells nodes apart") \
	F(V, STRING, name, SHOWN | WIDE | WHICH, NULL, \
	  "its name, or that of the function that counts") \
	F(V, COUNT, root_objects, SHOWN, "ROOT", \
	  "what it could free outside of memory cgroups but the root") \
	F(V, COUNT, deferred_objects, SHOWN, "DEFERRED", \
	  "objects that earlier calls deferred") \
	F(V, COUNT, batch_objects, 0, "BATCH", "objects asked for at once") \
	F(V, COUNT, seeks, 0, NULL, "cost of making an object again, in seeks") \
	F(V, WORDS, flags, SHOWN, NULL, "numa, memcg, nonslab") \
	F(V, STRING, fs_type, SHOWN, NULL, \
	  "type of the mounted file system that it belongs to") \
	F(V, STRING, device, SHOWN, NULL, \
	  "and its device, as in /proc/self/mountinfo")

PFNSCOPE_COLUMNS(SHRINKERS);
extern const struct pfnscope_view pfnscope_view_shrinkers;
PFNSCOPE_TABLE(SHRINKERS, pfnscope_view_shrinkers);

#endif
