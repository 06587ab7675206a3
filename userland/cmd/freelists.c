// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope freelists: free blocks by zone, order and migratetype. */
#include "cmd/scan.h"
#include "view/brief.h"
#include "view/freelists.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_ORDER,
	{ NULL, NULL, NULL },
};

const struct pfnscope_command pfnscope_cmd_freelists = {
	.name = "freelists",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "free blocks by zone, order and migratetype",
	.description =
		"Counted by looking at every page frame, without a lock: other than\n"
		"/proc/pagetypeinfo, reading it stops no allocation.",
	.view = &pfnscope_view_freelists,
	.options = options,
	.others = { { "Without --all and -o", &pfnscope_view_freelists_brief, false } },
	.brief = pfnscope_freelists_brief,
	.weighs = { "size" },
	.examples = { "freelists", "freelists --all --where 'order>=9'" },
	.run = pfnscope_scan_run,
};
