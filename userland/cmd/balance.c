// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope balance: what reclaim weighs, by memory cgroup and node. */
#include "cmd/cmd.h"
#include "view/balance.h"

const struct pfnscope_command pfnscope_cmd_balance = {
	.name = "balance",
	.group = PFNSCOPE_GROUP_RECLAIM,
	.summary = "what reclaim weighs: costs, protection, refaults",
	.description =
		"What the kernel weighs before it takes anonymous pages or pages of files\n"
		"from a memory cgroup. With the multi-gen LRU it is the tiers, without it\n"
		"the costs.",
	.view = &pfnscope_view_balance,
	.weighs = { "inactive_anon", "inactive_file" },
	.examples = { "balance",
		      "balance -o cgroup,node,file_generation,file_tier_evicted" },
	.run = pfnscope_run_view,
};
