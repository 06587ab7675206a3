// SPDX-License-Identifier: GPL-2.0-only
/* The fields of lru. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	NODE_FIELD,
	ZONE_FIELD,
	CGROUP_FIELD,
	CGROUP_ID_FIELD,
	CGROUP_STATE_FIELD(SHOWN),
	PAGES("inactive_anon_pages", SHOWN, "INACT-ANON",
	      "anonymous pages that reclaim takes first"),
	PAGES("active_anon_pages", SHOWN, "ACT-ANON",
	      "anonymous pages in use lately"),
	PAGES("inactive_file_pages", SHOWN, "INACT-FILE",
	      "pages of files that reclaim takes first"),
	PAGES("active_file_pages", SHOWN, "ACT-FILE",
	      "pages of files in use lately"),
	PAGES("unevictable_pages", SHOWN, "UNEVICT",
	      "locked pages, which reclaim cannot take"),
};

const struct pfnscope_view pfnscope_view_lru = {
	.name = "lru",
	.major = 1,
	.row = "a memory cgroup in a zone of a node, without the cgroups below it",
	PFNSCOPE_FIELDS(fields),
};
