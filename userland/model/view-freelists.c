// SPDX-License-Identifier: GPL-2.0-only
/* The fields of freelists. */
#include "model/field.h"

#define FIELD(type, name, help) \
	{ name, PFNSCOPE_##type, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN, help, NULL }

static const struct pfnscope_field fields[] = {
	FIELD(NUMBER, "node", "NUMA node"),
	FIELD(STRING, "zone", "zone of the node"),
	FIELD(NUMBER, "order", "the blocks have two to this power pages"),
	FIELD(STRING, "migratetype", "of the pageblock they start in"),
	FIELD(NUMBER, "blocks", "free blocks"),
};

const struct pfnscope_view pfnscope_view_freelists = {
	.name = "freelists",
	.major = 1,
	.row = "the free blocks of one order and migratetype in a zone",
	PFNSCOPE_FIELDS(fields),
};
