// SPDX-License-Identifier: GPL-2.0-only
/* The fields of pcp. */
#include "model/field.h"

#define PAGES(name, flags, help) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, flags, help, NULL }

static const struct pfnscope_field fields[] = {
	{ "node", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "NUMA node", NULL },
	{ "zone", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "zone of the node", NULL },
	{ "cpu", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "CPU that keeps the list", NULL },
	PAGES("count_pages", PFNSCOPE_SHOWN, "free pages on the list"),
	PAGES("high_pages", PFNSCOPE_SHOWN,
	      "above this, a batch goes back to the buddy allocator"),
	PAGES("batch_pages", PFNSCOPE_SHOWN, "moved at once"),
	PAGES("high_min_pages", PFNSCOPE_SHOWN,
	      "lower bound of the self-tuned high, since 6.7"),
	PAGES("high_max_pages", PFNSCOPE_SHOWN,
	      "upper bound of the self-tuned high, since 6.7"),
};

const struct pfnscope_view pfnscope_view_pcp = {
	.name = "pcp",
	.major = 1,
	.row = "the list of free pages one CPU keeps for one zone",
	PFNSCOPE_FIELDS(fields),
};
