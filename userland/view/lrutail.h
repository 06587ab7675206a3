/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of lrutail. */
#ifndef PFNSCOPE_VIEW_LRUTAIL_H
#define PFNSCOPE_VIEW_LRUTAIL_H

#include "table/fields.h"

#define LRUTAIL_ROW "a sample from the tail of an LRU list"
#define LRUTAIL_FIELDS(F, V) \
	NODE_FIELD(F, V) \
	F(V, STRING, list, SHOWN | WHICH, NULL, \
	  "LRU list; oldest_ are those of the multi-gen LRU") \
	F(V, STRING, zone, 0, NULL, "zone, which the multi-gen LRU has lists for") \
	F(V, STRING, cgroup, SHOWN | PRIVATE | WHICH, NULL, "memory cgroup that has the list") \
	CGROUP_ID_FIELD(F, V) \
	CGROUP_STATE_FIELD(F, V, 0) \
	F(V, COUNT, generation, 0, NULL, \
	  "number of the oldest generation that has pages") \
	F(V, PAGES, list_pages, SHOWN, "ALL", "on the whole list") \
	F(V, COUNT, sampled_entries, 0, NULL, \
	  "entries looked at, from the tail; a huge page is one") \
	F(V, PAGES, sampled_pages, SHOWN, NULL, "in these entries") \
	F(V, PAGES, dirty_pages, SHOWN, NULL, "sampled, dirty") \
	F(V, PAGES, writeback_pages, SHOWN, "WB", "sampled, under writeback") \
	F(V, PAGES, referenced_pages, SHOWN, "REF", \
	  "sampled, used since reclaim last looked") \
	F(V, PAGES, mapped_pages, SHOWN, NULL, "sampled, mapped by processes") \
	F(V, PAGES, unevictable_pages, 0, NULL, "sampled, unevictable") \
	F(V, PAGES, pinned_pages, SHOWN, NULL, "sampled, perhaps pinned for DMA") \
	F(V, PAGES, clean_pages, SHOWN, NULL, "sampled, none of all this") \
	F(V, STRING, stop, SHOWN, NULL, \
	  "end of the list, cap of 1024 entries, or place lost to reclaim")

PFNSCOPE_COLUMNS(LRUTAIL);
extern const struct pfnscope_view pfnscope_view_lrutail;
PFNSCOPE_TABLE(LRUTAIL, pfnscope_view_lrutail);

#endif
