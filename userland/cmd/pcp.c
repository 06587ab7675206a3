// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope pcp: free pages that the CPUs keep for themselves. */
#include "cmd/cmd.h"
#include "view/pcp.h"

const struct pfnscope_command pfnscope_cmd_pcp = {
	.name = "pcp",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "free pages that the CPUs keep for themselves",
	.description =
		"Pages on these lists are free, but no other CPU gets at them and they\n"
		"count as allocated in the buddy lists. Without the module the figures\n"
		"come from /proc/zoneinfo.",
	.view = &pfnscope_view_pcp,
	.weighs = { "count" },
	.examples = { "pcp --zone DMA32", "pcp --sort count --top 4" },
	.run = pfnscope_run_view,
};
