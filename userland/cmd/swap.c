// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope swap: swap devices and files, and how full they are. */
#include "cmd/cmd.h"
#include "view/swap.h"

const struct pfnscope_command pfnscope_cmd_swap = {
	.name = "swap",
	.group = PFNSCOPE_GROUP_RECLAIM,
	.summary = "swap devices and files, and how full they are",
	.description =
		"The device with the highest priority is used first. The compressed cache in\n"
		"front of them is shown by: pfnscope zswap",
	.view = &pfnscope_view_swap,
	.empty = "no swap is switched on",
	.weighs = { "used" },
	.examples = { "swap", "swap --json" },
	.run = pfnscope_run_view,
};
