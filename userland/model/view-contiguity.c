// SPDX-License-Identifier: GPL-2.0-only
/* The fields of contiguity. */
#include "model/field.h"

#define FIELD(type, name, flags, heading, help) \
	{ name, PFNSCOPE_##type, PFNSCOPE_UNIT_NONE, flags, help, heading }
#define SHOWN PFNSCOPE_SHOWN

static const struct pfnscope_field fields[] = {
	FIELD(NUMBER, "node", SHOWN, NULL, "NUMA node"),
	FIELD(STRING, "zone", SHOWN, NULL, "zone of the node"),
	FIELD(NUMBER, "order", SHOWN, NULL,
	      "the blocks have two to this power pages"),
	FIELD(NUMBER, "whole_blocks", 0, "WHOLE",
	      "aligned blocks without a hole"),
	FIELD(NUMBER, "now_blocks", SHOWN, "NOW", "free"),
	FIELD(NUMBER, "drained_blocks", SHOWN, "DRAINED",
	      "free if the per-CPU lists were given back, at best"),
	FIELD(NUMBER, "reclaimed_blocks", SHOWN, "RECLAIMED",
	      "free if clean, unmapped file cache were dropped as well"),
	FIELD(NUMBER, "compacted_blocks", SHOWN, "COMPACTED",
	      "free if pages were moved, as far as the free pages go"),
	FIELD(NUMBER, "movable_blocks", 0, "MOVABLE",
	      "without a page that cannot move"),
	FIELD(NUMBER, "held_blocks", SHOWN, "HELD",
	      "inside a page of that order or above that can move"),
	FIELD(NUMBER, "never_blocks", SHOWN, "NEVER",
	      "with a page that cannot move"),
	FIELD(NUMBER, "obtainable_blocks", SHOWN, "OBTAINABLE",
	      "of COMPACTED, what a request gets: the zone keeps its low watermark and reserve"),
	FIELD(SIGNED, "unusable_permille", 0, "UNUSABLE",
	      "share of the free pages in blocks that are too small"),
	FIELD(SIGNED, "extfrag_permille", 0, "EXTFRAG",
	      "why a request fails: 0 for want of memory, 1000 for fragmentation, -1000 it does not"),
};

const struct pfnscope_view pfnscope_view_contiguity = {
	.name = "contiguity",
	.major = 1,
	.row = "the blocks of one order that a zone can give",
	PFNSCOPE_FIELDS(fields),
};
