// SPDX-License-Identifier: GPL-2.0-only
/* The fields of lrutail. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	STRING("list", SHOWN, NULL,
	       "LRU list; oldest_ are those of the multi-gen LRU"),
	STRING("zone", 0, NULL, "zone, which the multi-gen LRU has lists for"),
	STRING("cgroup", SHOWN, NULL, "memory cgroup that has the list"),
	CGROUP_ID_FIELD,
	CGROUP_STATE_FIELD(0),
	COUNT("generation", 0, NULL,
	      "number of the oldest generation that has pages"),
	PAGES("list_pages", SHOWN, "ALL", "on the whole list"),
	COUNT("sampled_entries", 0, NULL,
	      "entries looked at, from the tail; a huge page is one"),
	PAGES("sampled_pages", SHOWN, NULL, "in these entries"),
	PAGES("dirty_pages", SHOWN, NULL, "sampled, to be written first"),
	PAGES("writeback_pages", SHOWN, "WB", "sampled, being written"),
	PAGES("referenced_pages", SHOWN, "REF",
	      "sampled, used since reclaim last looked"),
	PAGES("mapped_pages", SHOWN, NULL, "sampled, mapped by processes"),
	PAGES("unevictable_pages", 0, NULL, "sampled, locked in memory"),
	PAGES("pinned_pages", SHOWN, NULL, "sampled, perhaps pinned for DMA"),
	PAGES("clean_pages", SHOWN, NULL, "sampled, none of all this"),
	STRING("stop", SHOWN, NULL,
	       "end of the list, cap of 1024 entries, or place lost to reclaim"),
};

const struct pfnscope_view pfnscope_view_lrutail = {
	.name = "lrutail",
	.major = 1,
	.row = "a sample from the tail of an LRU list",
	PFNSCOPE_FIELDS(fields),
};
