// SPDX-License-Identifier: GPL-2.0-only
/* The fields of hugepages. */
#include "model/field.h"

#define SHOWN PFNSCOPE_SHOWN
#define COUNT(name, help, heading) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, SHOWN, help, heading }

static const struct pfnscope_field fields[] = {
	{ "scope", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN,
	  "what the row is about: host or node", NULL },
	COUNT("node", "NUMA node", NULL),
	{ "size_bytes", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_BYTES, SHOWN,
	  "size of one huge page", NULL },
	COUNT("total_hugepages", "huge pages in the pool, surplus included",
	      "TOTAL"),
	COUNT("free_hugepages", "huge pages not in use", "FREE"),
	COUNT("reserved_hugepages", "huge pages promised to mappings, not yet used",
	      "RESERVED"),
	COUNT("surplus_hugepages", "huge pages beyond what was configured",
	      "SURPLUS"),
	COUNT("overcommit_hugepages", "how many may be surplus", "OVERCOMMIT"),
};

const struct pfnscope_view pfnscope_view_hugepages = {
	.name = "hugepages",
	.major = 1,
	.row = "the pool of huge pages of one size, of the host or of one node",
	PFNSCOPE_FIELDS(fields),
};
