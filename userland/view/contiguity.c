// SPDX-License-Identifier: GPL-2.0-only
/* The fields of contiguity. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	ZONE_FIELD,
	COUNT("order", SHOWN, NULL, "the blocks have two to this power pages"),
	COUNT("whole_blocks", 0, "WHOLE", "aligned blocks without a hole"),
	LADDER_FIELDS,
	COUNT("movable_blocks", 0, "MOVABLE",
	      "without a page that cannot move"),
	COUNT("held_blocks", SHOWN, "HELD",
	      "inside a page of that order or above that can move"),
	NEVER_FIELD,
	COUNT("obtainable_blocks", SHOWN, "OBTAINABLE",
	      "of COMPACTED, what a request gets: the zone keeps its min watermark and reserve"),
	UNSURE_FIELD(0),
	PAGES("hidden_pages", 0, "HIDDEN",
	      "room that compaction does not find at its first look"),
	WRITTEN_FIELD,
	UNUSABLE_FIELD(0),
	EXTFRAG_FIELD(0),
};

const struct pfnscope_view pfnscope_view_contiguity = {
	.name = "contiguity",
	.major = 1,
	.row = "the blocks of one order that a zone can give",
	PFNSCOPE_FIELDS(fields),
};
