// SPDX-License-Identifier: GPL-2.0-only
/* The fields of freelists. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	ZONE_FIELD,
	COUNT("order", SHOWN, NULL, "the blocks have two to this power pages"),
	STRING("migratetype", SHOWN, NULL, "of the pageblock they start in"),
	COUNT("blocks", SHOWN, NULL, "free blocks"),
};

const struct pfnscope_view pfnscope_view_freelists = {
	.name = "freelists",
	.major = 1,
	.row = "the free blocks of one order and migratetype in a zone",
	PFNSCOPE_FIELDS(fields),
};
