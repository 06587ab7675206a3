// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope gfp: names and values of the gfp flags of this kernel. */
#include "cmd/cmd.h"
#include "view/fold.h"
#include "view/zonelists.h"

const struct pfnscope_command pfnscope_cmd_gfp = {
	.name = "gfp",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "names and values of the gfp flags of this kernel",
	.description =
		"The bits move between kernel versions: read a mask from a log with the\n"
		"table of the kernel that printed it.",
	.view = &pfnscope_view_gfp,
	.fold = pfnscope_gfp_fold,
	.examples = { "gfp", "gfp --where kind=compound" },
	.run = pfnscope_run_view,
};
