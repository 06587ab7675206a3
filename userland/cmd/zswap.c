// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope zswap: the compressed cache in front of swap. */
#include "cmd/cmd.h"
#include "view/swap.h"

const struct pfnscope_command pfnscope_cmd_zswap = {
	.name = "zswap",
	.group = PFNSCOPE_GROUP_RECLAIM,
	.summary = "the compressed cache in front of swap",
	.description =
		"What is stored in it still takes memory, though less. Swap devices are shown by:\n"
		"pfnscope swap",
	.view = &pfnscope_view_zswap,
	.examples = { "zswap", "zswap --json" },
	.run = pfnscope_run_view,
};
