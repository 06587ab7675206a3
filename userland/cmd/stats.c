// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope stats: what the module itself has cost since it was loaded. */
#include "cmd/cmd.h"
#include "view/about.h"

const struct pfnscope_command pfnscope_cmd_stats = {
	.name = "stats",
	.group = PFNSCOPE_GROUP_MODULE,
	.summary = "what the module itself has cost since it was loaded",
	.description =
		"While incidents and sites are off, nothing runs unless a file is open: these are\n"
		"all its costs. What their probes cost when they are on is not counted.",
	.view = &pfnscope_view_stats,
	.weighs = { "spent" },
	.examples = { "stats", "stats -o all" },
	.run = pfnscope_run_view,
};
