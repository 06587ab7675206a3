/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of pcp. */
#ifndef PFNSCOPE_VIEW_PCP_H
#define PFNSCOPE_VIEW_PCP_H

#include "table/fields.h"

#define PCP_ROW "the list of free pages one CPU keeps for one zone"
#define PCP_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, COUNT, cpu, SHOWN | WHICH, NULL, "CPU that keeps the list") \
	F(V, PAGES, count_pages, SHOWN, NULL, "free pages on the list") \
	F(V, PAGES, high_pages, SHOWN, NULL, \
	  "above this, a batch goes back to the buddy allocator") \
	F(V, PAGES, batch_pages, SHOWN, NULL, "moved at once") \
	F(V, PAGES, high_min_pages, SHOWN, NULL, \
	  "lower bound of the self-tuned high, since 6.7") \
	F(V, PAGES, high_max_pages, SHOWN, NULL, \
	  "upper bound of the self-tuned high, since 6.7") \
	F(V, STRING, lists, 0, NULL, "lists that hold pages, as order:migratetype") \
	MARKS_FIELD(F, V, SHOWN | WIDE)

PFNSCOPE_COLUMNS(PCP);
#define PCP_BOUNDS \
	{ .field = PCP_count_pages, .side = PFNSCOPE_ABOVE, .limit = PCP_high_pages, \
	  .severity = PFNSCOPE_SEVERITY_NOTE, .word = "above_high", \
	  .help = "the next page that is freed takes a batch back to the buddy allocator" }
extern const struct pfnscope_view pfnscope_view_pcp;
PFNSCOPE_TABLE(PCP, pfnscope_view_pcp);

#endif
