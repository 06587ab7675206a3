/* SPDX-License-Identifier: GPL-2.0-only */
/* How fragmented each zone is, by every measure in use. */
#ifndef PFNSCOPE_ALLOCATOR_FRAG_H
#define PFNSCOPE_ALLOCATOR_FRAG_H

#include "table/fields.h"
#include "table/table.h"

#define FRAG_ROW "a zone and an order"
#define FRAG_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, COUNT, order, SHOWN, NULL, "a request for two to this power pages") \
	F(V, COUNT, free_blocks, SHOWN, "FREE", \
	  "free blocks of that order, pieces of larger ones included") \
	UNUSABLE_FIELD(F, V, SHOWN) \
	EXTFRAG_FIELD(F, V, SHOWN) \
	F(V, SIGNED_PERMILLE, fmfi_permille, SHOWN, "FMFI", \
	  "share of the blocks that the free pages could form and do not: higher is worse") \
	F(V, COUNT, score_percent, SHOWN, "SCORE", \
	  "kernel's weighted score for proactive compaction, in per cent; of a node, the sum of its zones: higher is worse") \
	F(V, SIGNED_PERMILLE, spread_permille, SHOWN, "SPREAD", \
	  "share of the whole blocks of that order with a page that cannot move: higher is worse") \
	F(V, PERMILLE, extfrag_threshold_permille, 0, "THRESHOLD", \
	  "vm.extfrag_threshold, which EXTFRAG is compared with") \
	MARKS_FIELD(F, V, SHOWN | WIDE)

PFNSCOPE_COLUMNS(FRAG);
#define FRAG_BOUNDS \
	{ .field = FRAG_extfrag_permille, .side = PFNSCOPE_ABOVE, \
	  .limit = FRAG_extfrag_threshold_permille, .constant = 500, \
	  .severity = PFNSCOPE_SEVERITY_WARNING, .word = "fragmented", \
	  .help = "a request of that order fails for fragmentation: EXTFRAG is above vm.extfrag_threshold (50 % where that was not recorded), and memory is compacted" }, \
	{ .field = FRAG_extfrag_permille, .side = PFNSCOPE_AT_LEAST, .constant = 0, \
	  .severity = PFNSCOPE_SEVERITY_CRITICAL, .word = "short", \
	  .help = "a request of that order fails for want of memory: above order 3 memory is not compacted for it" }
extern const struct pfnscope_view pfnscope_view_frag;
PFNSCOPE_TABLE(FRAG, pfnscope_view_frag);

/*
 * One row for each zone and order, from the tables of freelists,
 * zones and contiguity; what one of them lacks is not known in the rows.
 */
struct pfnscope_table *
pfnscope_frag(const struct pfnscope_snapshot *snapshot, int64_t threshold);

#endif
