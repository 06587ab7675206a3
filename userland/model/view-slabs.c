// SPDX-License-Identifier: GPL-2.0-only
/* The fields of slabs. */
#include "model/field.h"

#define SHOWN PFNSCOPE_SHOWN
#define COUNT(name, flags, help, heading) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, flags, help, heading }
#define BYTES(name, flags, help, heading) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_BYTES, flags, help, heading }

static const struct pfnscope_field fields[] = {
	COUNT("node", SHOWN, "NUMA node", NULL),
	{ "name", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN | PFNSCOPE_WIDE,
	  "name of the cache", NULL },
	COUNT("objects", SHOWN, "objects of all slabs, free ones included", NULL),
	COUNT("active_objects", SHOWN,
	      "objects not free on partial slabs; CPUs keep some of them",
	      "ACTIVE"),
	COUNT("free_objects", 0, "free objects of partial slabs", "FREE"),
	COUNT("sheaf_objects", 0,
	      "free objects that CPUs and barns keep, since 7.0", "SHEAF"),
	COUNT("cpu_partial_slabs", 0,
	      "slabs on partial lists of CPUs, before 7.0", "CPU-PARTIAL"),
	BYTES("object_size_bytes", SHOWN, "what a user of an object gets",
	      "OBJECT"),
	BYTES("size_bytes", 0, "what an object takes", NULL),
	COUNT("objects_per_slab", 0, "objects in a slab of the full order",
	      "PER-SLAB"),
	COUNT("order", 0, "a slab is two to this power pages", NULL),
	COUNT("slabs", SHOWN, "slabs of all kinds", NULL),
	COUNT("partial_slabs", SHOWN, "slabs that the node keeps for their free objects",
	      "PARTIAL"),
	COUNT("walked_slabs", 0,
	      "partial slabs that were looked at; fewer than all: extrapolated",
	      "WALKED"),
	BYTES("held_bytes", SHOWN, "memory of all slabs", NULL),
	BYTES("wasted_bytes", SHOWN,
	      "memory beyond the payload of active objects", NULL),
	COUNT("aliases", 0, "caches that were merged into this one", NULL),
	{ "flags", PFNSCOPE_WORDS, PFNSCOPE_UNIT_NONE, 0,
	  "reclaimable, dma, dma32, accounted, rcu, debug", NULL },
};

const struct pfnscope_view pfnscope_view_slabs = {
	.name = "slabs",
	.major = 1,
	.row = "what one slab cache has on one node",
	PFNSCOPE_FIELDS(fields),
};
