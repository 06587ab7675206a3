// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope lrutail: what reclaim would meet first. */
#include "cmd/cmd.h"
#include "view/lrutail.h"

const struct pfnscope_command pfnscope_cmd_lrutail = {
	.name = "lrutail",
	.group = PFNSCOPE_GROUP_RECLAIM,
	.summary = "what reclaim would meet first: samples from the tails of the LRU lists",
	.description =
		"At most 1024 entries of each list, 32 for each time its lock is taken. A\n"
		"page can be of several classes; clean is what is of no other.",
	.view = &pfnscope_view_lrutail,
	.weighs = { "list" },
	.scans = true,
	.examples = { "lrutail", "lrutail --zone DMA32" },
	.run = pfnscope_run_view,
};
