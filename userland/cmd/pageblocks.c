// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope pageblocks: what every pageblock holds. */
#include "cmd/scan.h"
#include "view/pageblocks.h"

const struct pfnscope_command pfnscope_cmd_pageblocks = {
	.name = "pageblocks",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "what every pageblock holds",
	.description =
		"One row for each pageblock (2 MiB on most machines). -o +COLUMN shows\n"
		"more of what is in it; --help lists the columns.",
	.view = &pfnscope_view_pageblocks,
	.examples = { "pageblocks --node 0 --where 'unmovable>0'",
		      "pageblocks --raw -o pfn,type,free" },
	.run = pfnscope_scan_run,
};
