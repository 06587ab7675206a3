// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope freelists: free blocks by zone, order and migratetype. */
#include "cmd/scan.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_NODE,
	PFNSCOPE_SCAN_ZONE,
	PFNSCOPE_SCAN_ORDER,
	{ NULL, NULL, NULL },
};

static int run_freelists(struct pfnscope_run *run)
{
	return pfnscope_scan_run(run, NULL);
}

const struct pfnscope_command pfnscope_cmd_freelists = {
	.name = "freelists",
	.summary = "free blocks by zone, order and migratetype",
	.description =
		"Counted by looking at every page frame, without a lock: other than\n"
		"/proc/pagetypeinfo, reading it stops no allocation.",
	.view = &pfnscope_view_freelists,
	.options = options,
	.run = run_freelists,
};
