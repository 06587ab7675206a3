// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope pageblocks: what every pageblock holds. */
#include "cmd/scan.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_NODE,
	PFNSCOPE_SCAN_ZONE,
	{ NULL, NULL, NULL },
};

static int run_pageblocks(struct pfnscope_run *run)
{
	return pfnscope_scan_run(run, NULL);
}

const struct pfnscope_command pfnscope_cmd_pageblocks = {
	.name = "pageblocks",
	.summary = "what every pageblock holds",
	.description =
		"One row for each pageblock (2 MiB on most machines). -o +COLUMN shows\n"
		"more of what is in it; --help lists the columns.",
	.view = &pfnscope_view_pageblocks,
	.options = options,
	.run = run_pageblocks,
};
