// SPDX-License-Identifier: GPL-2.0-only
/* The fields of about and stats: what the module says of itself. */
#include "model/field.h"

static const struct pfnscope_field about_fields[] = {
	{ "key", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "what is told", NULL },
	{ "value", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE,
	  PFNSCOPE_SHOWN | PFNSCOPE_WIDE,
	  "version, size, how a symbol was found, or why a view is unavailable", NULL },
};

const struct pfnscope_view pfnscope_view_about = {
	.name = "about",
	.major = 1,
	.row = "one fact about the module and the kernel it runs in",
	PFNSCOPE_FIELDS(about_fields),
};

static const struct pfnscope_field stats_fields[] = {
	{ "file", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "file in debugfs", NULL },
	{ "opens", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "times it was opened", NULL },
	{ "rows", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, PFNSCOPE_SHOWN,
	  "rows printed", NULL },
	{ "spent_ns", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NS, PFNSCOPE_SHOWN,
	  "time spent filling and printing rows", NULL },
	{ "longest_hold_ns", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NS, PFNSCOPE_SHOWN,
	  "longest time any lock of the kernel was held", NULL },
	{ "visited_pages", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, PFNSCOPE_SHOWN,
	  "memory whose struct pages were looked at", NULL },
};

const struct pfnscope_view pfnscope_view_stats = {
	.name = "stats",
	.major = 1,
	.row = "a file of the module and what reading it has cost since load",
	PFNSCOPE_FIELDS(stats_fields),
};
