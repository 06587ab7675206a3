/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of balance. */
#ifndef PFNSCOPE_VIEW_BALANCE_H
#define PFNSCOPE_VIEW_BALANCE_H

#include "table/fields.h"

/* What a type of pages weighs: @type is anon or file, @of what it is called, @short its heading. */
#define BALANCE_TYPE_FIELDS(F, V, type, of, short) \
	F(V, PAGES, inactive_##type##_pages, SHOWN, "INACT-" short, \
	  of ", in all lists or generations but the youngest two") \
	F(V, PAGES, active_##type##_pages, 0, "ACT-" short, \
	  of ", on the active list or in the two youngest generations") \
	F(V, COUNT, type##_cost, SHOWN, short "-COST", \
	  of ": what reclaiming them has cost lately; the dearer type is spared") \
	F(V, COUNT, type##_refault_snapshot, 0, NULL, \
	  of ": refaults of the working set, when reclaim was last done") \
	F(V, COUNT, type##_min_seq, 0, NULL, of ": number of the oldest generation") \
	F(V, NUMBERS_PAGES, type##_generation_pages, 0, NULL, \
	  of ", in each generation, from the oldest on") \
	F(V, NUMBERS, type##_tier_refaulted, 0, NULL, \
	  of ", of each tier: what came back, averaged") \
	F(V, NUMBERS, type##_tier_evicted, 0, NULL, \
	  of ", of each tier: what was evicted or protected, averaged")

#define BALANCE_ROW "a memory cgroup on a node"
#define BALANCE_FIELDS(F, V) \
	NODE_FIELD(F, V) \
	CGROUP_FIELD(F, V) \
	CGROUP_ID_FIELD(F, V) \
	CGROUP_STATE_FIELD(F, V, 0) \
	F(V, STRING, lru, SHOWN, NULL, \
	  "what holds its pages: lists, or generations of the multi-gen LRU") \
	F(V, COUNT, swappiness, 0, NULL, \
	  "its own, in a hierarchy of version 1; - where vm.swappiness counts") \
	F(V, PAGES, usage_pages, SHOWN, NULL, \
	  "charged to the cgroup and those below it, on all nodes") \
	F(V, PAGES, min_pages, 0, NULL, "memory.min") \
	F(V, PAGES, low_pages, SHOWN, NULL, "memory.low") \
	F(V, PAGES, emin_pages, 0, NULL, \
	  "what was left of memory.min when reclaim last came by") \
	F(V, PAGES, elow_pages, 0, NULL, \
	  "what was left of memory.low when reclaim last came by") \
	F(V, PAGES, swap_pages, 0, NULL, "swapped out, with those below it") \
	F(V, PAGES, swap_max_pages, 0, NULL, "memory.swap.max; - without a limit") \
	F(V, COUNT, max_seq, 0, NULL, "number of the youngest generation") \
	BALANCE_TYPE_FIELDS(F, V, anon, "anonymous pages", "ANON") \
	BALANCE_TYPE_FIELDS(F, V, file, "pages of files", "FILE")

PFNSCOPE_COLUMNS(BALANCE);
extern const struct pfnscope_view pfnscope_view_balance;
PFNSCOPE_TABLE(BALANCE, pfnscope_view_balance);

#endif
