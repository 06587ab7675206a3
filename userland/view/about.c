// SPDX-License-Identifier: GPL-2.0-only
/* The fields of about and stats: what the module says of itself. */
#include "table/fields.h"

static const struct pfnscope_field about_fields[] = {
	STRING("key", SHOWN, NULL, "what is told"),
	STRING("value", SHOWN | WIDE, NULL,
	       "version, size, how a symbol was found, or why a view is unavailable"),
};

const struct pfnscope_view pfnscope_view_about = {
	.name = "about",
	.major = 1,
	.row = "one fact about the module and the kernel it runs in",
	PFNSCOPE_FIELDS(about_fields),
};

static const struct pfnscope_field stats_fields[] = {
	STRING("file", SHOWN, NULL, "file in debugfs"),
	COUNT("opens", SHOWN, NULL, "times it was opened"),
	COUNT("rows", SHOWN, NULL, "rows printed"),
	FIELD(NUMBER, NS, "spent_ns", SHOWN, NULL,
	      "time spent filling and printing rows"),
	FIELD(NUMBER, NS, "longest_hold_ns", SHOWN, NULL,
	      "longest time any lock of the kernel was held"),
	PAGES("visited_pages", SHOWN, NULL,
	      "memory whose struct pages were looked at"),
};

const struct pfnscope_view pfnscope_view_stats = {
	.name = "stats",
	.major = 1,
	.row = "a file of the module and what reading it has cost since load",
	PFNSCOPE_FIELDS(stats_fields),
};
