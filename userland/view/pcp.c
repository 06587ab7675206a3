// SPDX-License-Identifier: GPL-2.0-only
/* The fields of pcp. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	ZONE_FIELD,
	COUNT("cpu", SHOWN, NULL, "CPU that keeps the list"),
	PAGES("count_pages", SHOWN, NULL, "free pages on the list"),
	PAGES("high_pages", SHOWN, NULL,
	      "above this, a batch goes back to the buddy allocator"),
	PAGES("batch_pages", SHOWN, NULL, "moved at once"),
	PAGES("high_min_pages", SHOWN, NULL,
	      "lower bound of the self-tuned high, since 6.7"),
	PAGES("high_max_pages", SHOWN, NULL,
	      "upper bound of the self-tuned high, since 6.7"),
	{ "lists", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, 0,
	  "lists that hold pages, as order:migratetype", NULL },
};

const struct pfnscope_view pfnscope_view_pcp = {
	.name = "pcp",
	.major = 1,
	.row = "the list of free pages one CPU keeps for one zone",
	PFNSCOPE_FIELDS(fields),
};
