// SPDX-License-Identifier: GPL-2.0-only
/* The fields of slabs. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	STRING("name", SHOWN | WIDE, NULL, "name of the cache"),
	COUNT("objects", SHOWN, NULL,
	      "objects of all slabs, free ones included"),
	COUNT("active_objects", SHOWN, "ACTIVE",
	      "objects not free on partial slabs; CPUs keep some of them"),
	COUNT("free_objects", 0, "FREE", "free objects of partial slabs"),
	COUNT("sheaf_objects", 0, "SHEAF",
	      "free objects that CPUs and barns keep, since 7.0"),
	COUNT("cpu_partial_slabs", 0, "CPU-PARTIAL",
	      "slabs on partial lists of CPUs, before 7.0"),
	BYTES("object_size_bytes", SHOWN, "OBJECT",
	      "what a user of an object gets"),
	BYTES("size_bytes", 0, NULL, "what an object takes"),
	COUNT("objects_per_slab", 0, "PER-SLAB",
	      "objects in a slab of the full order"),
	COUNT("order", 0, NULL, "a slab is two to this power pages"),
	COUNT("slabs", SHOWN, NULL, "slabs of all kinds"),
	COUNT("partial_slabs", SHOWN, "PARTIAL",
	      "slabs that the node keeps for their free objects"),
	COUNT("walked_slabs", 0, "WALKED",
	      "partial slabs that were looked at; fewer than all: extrapolated"),
	BYTES("held_bytes", SHOWN, NULL, "memory of all slabs"),
	BYTES("wasted_bytes", SHOWN, NULL,
	      "memory beyond the payload of active objects"),
	COUNT("aliases", 0, NULL, "caches that were merged into this one"),
	WORDS("flags", 0, NULL,
	      "reclaimable, dma, dma32, accounted, rcu, debug"),
};

const struct pfnscope_view pfnscope_view_slabs = {
	.name = "slabs",
	.major = 1,
	.row = "what one slab cache has on one node",
	PFNSCOPE_FIELDS(fields),
};
