// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope zswap: the compressed cache in front of swap. */
#include "cmd/cmd.h"
#include "view/swap.h"

const struct pfnscope_command pfnscope_cmd_zswap = {
	.name = "zswap",
	.group = PFNSCOPE_GROUP_RECLAIM,
	.summary = "the compressed cache in front of swap",
	.description =
		"What is stored in it takes memory all the same, less of it. Swap devices are\n"
		"shown by: pfnscope swap",
	.view = &pfnscope_view_zswap,
	.examples = { "zswap", "zswap --json" },
	.run = pfnscope_run_view,
};
