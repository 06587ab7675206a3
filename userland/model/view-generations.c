// SPDX-License-Identifier: GPL-2.0-only
/* The fields of generations. */
#include "model/field.h"

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
	{ "generation", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "number of the generation; the highest is the youngest", NULL },
	{ "age_ms", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_MS, PFNSCOPE_SHOWN,
	  "time since the generation began", NULL },
	{ "anon_pages", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, PFNSCOPE_SHOWN,
	  "anonymous pages last seen in use while it was the youngest", NULL },
	{ "file_pages", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, PFNSCOPE_SHOWN,
	  "pages of files last seen in use while it was the youngest", NULL },
};

const struct pfnscope_view pfnscope_view_generations = {
	.name = "generations",
	.major = 1,
	.row = "a generation of a memory cgroup in a zone of a node",
	PFNSCOPE_FIELDS(fields),
};
