/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of zonelists and gfp: what the allocator consults of a request. */
#ifndef PFNSCOPE_VIEW_ZONELISTS_H
#define PFNSCOPE_VIEW_ZONELISTS_H

#include "table/fields.h"

#define ZONELISTS_ROW "one step in the order in which the allocator tries zones"
#define ZONELISTS_LIST_FIELDS(F, V) \
	F(V, COUNT, node, SHOWN, NULL, "node the request prefers") \
	F(V, STRING, list, SHOWN, NULL, "fallback, or nofallback for __GFP_THISNODE")
#define ZONELISTS_FIELDS(F, V) \
	ZONELISTS_LIST_FIELDS(F, V) \
	F(V, COUNT, position, SHOWN, NULL, "place in the order of trial, from 0") \
	F(V, COUNT, zone_node, SHOWN, NULL, "node of the zone that is tried") \
	F(V, STRING, zone, SHOWN, NULL, "zone that is tried")

PFNSCOPE_COLUMNS(ZONELISTS);
extern const struct pfnscope_view pfnscope_view_zonelists;
PFNSCOPE_TABLE(ZONELISTS, pfnscope_view_zonelists);

#define GFP_ROW "a gfp flag and its value on this kernel"
#define GFP_FIELDS(F, V) \
	F(V, STRING, name, SHOWN, NULL, "name in the kernel's source") \
	F(V, STRING, kind, SHOWN, NULL, \
	  "bit, or compound for a combination with a name") \
	F(V, MASK, value, SHOWN, NULL, "value on this kernel")

PFNSCOPE_COLUMNS(GFP);
extern const struct pfnscope_view pfnscope_view_gfp;
PFNSCOPE_TABLE(GFP, pfnscope_view_gfp);

#endif
