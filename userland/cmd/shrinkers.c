// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope shrinkers: caches that reclaim asks to give memory back. */
#include "cmd/scan.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_NODE,
	{ "top", "N", "only the N that could free most objects" },
	{ NULL, NULL, NULL },
};

/* In the order of reclaim, unless the largest ones are wanted. */
static int run_shrinkers(struct pfnscope_run *run)
{
	return pfnscope_scan_run(run, pfnscope_run_value(run, "top") ?
				      "root_objects" : NULL);
}

const struct pfnscope_command pfnscope_cmd_shrinkers = {
	.name = "shrinkers",
	.summary = "caches that reclaim asks to give memory back",
	.description =
		"In the order in which reclaim calls them. Each is asked what it could free\n"
		"outside of memory cgroups, as reclaim does before it asks for more.",
	.view = &pfnscope_view_shrinkers,
	.options = options,
	.run = run_shrinkers,
};
