/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of contiguity. */
#ifndef PFNSCOPE_VIEW_CONTIGUITY_H
#define PFNSCOPE_VIEW_CONTIGUITY_H

#include "table/fields.h"

#define CONTIGUITY_ROW "the blocks of one order that a zone can give"
#define CONTIGUITY_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, COUNT, order, SHOWN | WHICH, NULL, "the blocks have two to this power pages") \
	F(V, COUNT, whole_blocks, 0, "WHOLE", "aligned blocks without a hole") \
	LADDER_FIELDS(F, V) \
	F(V, COUNT, movable_blocks, 0, "MOVABLE", "without a page that cannot move") \
	F(V, COUNT, held_blocks, SHOWN, "COMPOUND", \
	  "already one compound page of that order or above, which can move") \
	NEVER_FIELD(F, V) \
	F(V, COUNT, obtainable_blocks, SHOWN, "OBTAINABLE", \
	  "of COMPACTED, what a request gets: the zone keeps its min watermark and reserve") \
	UNSURE_FIELD(F, V, 0) \
	F(V, PAGES, hidden_pages, 0, "HIDDEN", \
	  "free memory that compaction passes over") \
	WRITTEN_FIELD(F, V) \
	UNUSABLE_FIELD(F, V, 0) \
	EXTFRAG_FIELD(F, V, 0)

PFNSCOPE_COLUMNS(CONTIGUITY);
extern const struct pfnscope_view pfnscope_view_contiguity;
PFNSCOPE_TABLE(CONTIGUITY, pfnscope_view_contiguity);

#endif
