// SPDX-License-Identifier: GPL-2.0-only
/* The fields of lrutail. */
#include "model/field.h"

#define PAGES(name, flags, heading, help) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, flags, help, heading }

static const struct pfnscope_field fields[] = {
	{ "node", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "NUMA node", NULL },
	{ "list", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "LRU list; oldest_ are those of the multi-gen LRU", NULL },
	{ "zone", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, 0,
	  "zone, which the multi-gen LRU has lists for", NULL },
	{ "cgroup", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "memory cgroup that has the list", NULL },
	{ "cgroup_id", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, 0,
	  "number of the cgroup, the inode of its directory", NULL },
	{ "state", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, 0,
	  "online, or dying where its directory is gone", NULL },
	{ "generation", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, 0,
	  "number of the oldest generation that has pages", NULL },
	PAGES("list_pages", PFNSCOPE_SHOWN, "ALL", "on the whole list"),
	{ "sampled_entries", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, 0,
	  "entries looked at, from the tail; a huge page is one", NULL },
	PAGES("sampled_pages", PFNSCOPE_SHOWN, NULL, "in these entries"),
	PAGES("dirty_pages", PFNSCOPE_SHOWN, NULL, "sampled, to be written first"),
	PAGES("writeback_pages", PFNSCOPE_SHOWN, "WB", "sampled, being written"),
	PAGES("referenced_pages", PFNSCOPE_SHOWN, "REF",
	      "sampled, used since reclaim last looked"),
	PAGES("mapped_pages", PFNSCOPE_SHOWN, NULL, "sampled, mapped by processes"),
	PAGES("unevictable_pages", 0, NULL, "sampled, locked in memory"),
	PAGES("pinned_pages", PFNSCOPE_SHOWN, NULL, "sampled, perhaps pinned for DMA"),
	PAGES("clean_pages", PFNSCOPE_SHOWN, NULL, "sampled, none of all this"),
	{ "stop", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "end of the list, cap of 1024 entries, or place lost to reclaim", NULL },
};

const struct pfnscope_view pfnscope_view_lrutail = {
	.name = "lrutail",
	.major = 1,
	.row = "a sample from the tail of an LRU list",
	PFNSCOPE_FIELDS(fields),
};
