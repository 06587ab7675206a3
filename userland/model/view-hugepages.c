// SPDX-License-Identifier: GPL-2.0-only
/* The fields of hugepages. */
#include "model/fields.h"

static const struct pfnscope_field fields[] = {
	STRING("scope", SHOWN, NULL, "what the row is about: host or node"),
	NODE_FIELD,
	BYTES("size_bytes", SHOWN, NULL, "size of one huge page"),
	COUNT("total_hugepages", SHOWN, "TOTAL",
	      "huge pages in the pool, surplus included"),
	COUNT("free_hugepages", SHOWN, "FREE", "huge pages not in use"),
	COUNT("reserved_hugepages", SHOWN, "RESERVED",
	      "huge pages promised to mappings, not yet used"),
	COUNT("surplus_hugepages", SHOWN, "SURPLUS",
	      "huge pages beyond what was configured"),
	COUNT("overcommit_hugepages", SHOWN, "OVERCOMMIT",
	      "how many may be surplus"),
};

const struct pfnscope_view pfnscope_view_hugepages = {
	.name = "hugepages",
	.major = 1,
	.row = "the pool of huge pages of one size, of the host or of one node",
	PFNSCOPE_FIELDS(fields),
};
