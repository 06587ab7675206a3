// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope shrinkers: caches that reclaim asks to give memory back. */
#include "cmd/scan.h"
#include "view/brief.h"
#include "view/shrinkers.h"

const struct pfnscope_command pfnscope_cmd_shrinkers = {
	.name = "shrinkers",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "caches that reclaim asks to give memory back",
	.description =
		"In the order in which reclaim calls them. Each is asked what it could free\n"
		"outside of memory cgroups, as reclaim does before it asks for more.",
	.view = &pfnscope_view_shrinkers,
	.brief = pfnscope_shrinkers_brief,
	.weighs = { "root" },
	.examples = { "shrinkers", "shrinkers --all --sort -root" },
	.run = pfnscope_scan_run,
};
