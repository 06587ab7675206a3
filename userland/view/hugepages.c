// SPDX-License-Identifier: GPL-2.0-only
/* The fields of hugepages. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	STRING("scope", SHOWN, NULL, "what the row is about: host or node"),
	NODE_FIELD,
	BYTES("size_bytes", SHOWN, NULL, "size of one huge page"),
	COUNT("total_hugepages", SHOWN, "TOTAL",
	      "huge pages in the pool, surplus included"),
	COUNT("free_hugepages", SHOWN, "FREE", "huge pages not in use"),
	COUNT("reserved_hugepages", SHOWN, "RESERVED",
	      "huge pages promised to mappings, not yet used"),
	COUNT("surplus_hugepages", 0, "SURPLUS",
	      "huge pages beyond what was configured"),
	COUNT("overcommit_hugepages", 0, "OVERCOMMIT",
	      "how many may be surplus"),
	COUNT("now_hugepages", SHOWN, "NOW",
	      "could be added: free blocks of that size"),
	COUNT("drained_hugepages", 0, "DRAINED",
	      "free if the per-CPU lists were given back, at best"),
	COUNT("reclaimed_hugepages", 0, "RECLAIMED",
	      "free if clean, unmapped file cache were dropped as well"),
	COUNT("compacted_hugepages", 0, "COMPACTED",
	      "free if pages were moved, as far as the free pages go"),
	COUNT("written_hugepages", SHOWN, "WRITTEN",
	      "what one write to nr_hugepages gets at least"),
	COUNT("obtainable_hugepages", SHOWN, "OBTAINABLE",
	      "of COMPACTED, with cache dropped and memory compacted"),
	COUNT("never_hugepages", SHOWN, "NEVER",
	      "blocks of that size with a page that cannot move"),
};

const struct pfnscope_view pfnscope_view_hugepages = {
	.name = "hugepages",
	.major = 1,
	.row = "the pool of huge pages of one size, of the host or of one node",
	PFNSCOPE_FIELDS(fields),
};
