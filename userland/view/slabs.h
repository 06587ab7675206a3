/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of slabs. */
#ifndef PFNSCOPE_VIEW_SLABS_H
#define PFNSCOPE_VIEW_SLABS_H

#include "table/fields.h"

#define SLABS_ROW "what one slab cache has on one node"
#define SLABS_FIELDS(F, V) \
	NODE_FIELD(F, V) \
	F(V, STRING, name, SHOWN | WIDE | WHICH, NULL, "name of the cache") \
	F(V, COUNT, objects, SHOWN, NULL, "objects of all slabs, free ones included") \
	F(V, COUNT, active_objects, SHOWN, "ACTIVE", \
	  "objects not free on partial slabs; CPUs keep some of them") \
	F(V, COUNT, free_objects, 0, "FREE", "free objects of partial slabs") \
	F(V, COUNT, sheaf_objects, 0, "SHEAF", \
	  "free objects that CPUs and barns keep, since 7.0") \
	F(V, COUNT, cpu_partial_slabs, 0, "CPU-PARTIAL", \
	  "slabs on partial lists of CPUs, before 7.0") \
	F(V, BYTES, object_size_bytes, SHOWN, "OBJECT", "size of an object as its user sees it") \
	F(V, BYTES, size_bytes, 0, NULL, "size with alignment and what debugging adds") \
	F(V, COUNT, objects_per_slab, 0, "PER-SLAB", \
	  "objects in a slab of the full order") \
	F(V, COUNT, order, 0, NULL, "a slab is two to this power pages") \
	F(V, COUNT, slabs, SHOWN, NULL, "slabs of all kinds") \
	F(V, COUNT, partial_slabs, SHOWN, "PARTIAL", \
	  "slabs that the node keeps for their free objects") \
	F(V, COUNT, walked_slabs, 0, "WALKED", \
	  "partial slabs that were looked at; fewer than all: extrapolated") \
	F(V, BYTES, held_bytes, SHOWN, "MEMORY", "memory of all slabs") \
	F(V, BYTES, wasted_bytes, SHOWN, NULL, \
	  "memory beyond the payload of active objects") \
	F(V, COUNT, aliases, 0, NULL, "caches that were merged into this one") \
	F(V, WORDS, flags, 0, NULL, "reclaimable, dma, dma32, accounted, rcu, debug")

PFNSCOPE_COLUMNS(SLABS);
extern const struct pfnscope_view pfnscope_view_slabs;
PFNSCOPE_TABLE(SLABS, pfnscope_view_slabs);

#endif
