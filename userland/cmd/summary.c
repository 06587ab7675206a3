// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope summary: what the module tells everybody. */
#include "cmd/cmd.h"
#include "view/brief.h"
#include "view/summary.h"

const struct pfnscope_command pfnscope_cmd_summary = {
	.name = "summary",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "sizes and watermarks of every zone, from the file that everybody may read",
	.description =
		"Reads /proc/pfnscope, which needs neither root nor debugfs; zones has more.",
	.view = &pfnscope_view_summary,
	.shows = pfnscope_summary_shown,
	.weighs = { "present" },
	.examples = { "summary", "summary --all" },
	.run = pfnscope_run_view,
};
