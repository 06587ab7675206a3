// SPDX-License-Identifier: GPL-2.0-only
/* The fields of lru. */
#include "model/field.h"

#define PAGES(name, heading, help) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, PFNSCOPE_SHOWN, help, heading }

static const struct pfnscope_field fields[] = {
	{ "node", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "NUMA node", NULL },
	{ "zone", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "zone of the node", NULL },
	{ "cgroup", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "memory cgroup that the pages are charged to", NULL },
	{ "cgroup_id", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, 0,
	  "number of the cgroup, the inode of its directory", NULL },
	{ "state", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "online, or dying where its directory is gone", NULL },
	PAGES("inactive_anon_pages", "INACT-ANON",
	      "anonymous pages that reclaim takes first"),
	PAGES("active_anon_pages", "ACT-ANON",
	      "anonymous pages in use lately"),
	PAGES("inactive_file_pages", "INACT-FILE",
	      "pages of files that reclaim takes first"),
	PAGES("active_file_pages", "ACT-FILE", "pages of files in use lately"),
	PAGES("unevictable_pages", "UNEVICT",
	      "locked pages, which reclaim cannot take"),
};

const struct pfnscope_view pfnscope_view_lru = {
	.name = "lru",
	.major = 1,
	.row = "a memory cgroup in a zone of a node, without the cgroups below it",
	PFNSCOPE_FIELDS(fields),
};
