// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope contiguity: blocks of each order that the zones can give. */
#include "cmd/scan.h"
#include "view/brief.h"
#include "view/contiguity.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_ORDER,
	{ NULL, NULL, NULL },
};

const struct pfnscope_command pfnscope_cmd_contiguity = {
	.name = "contiguity",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "blocks of each order that the zones can give",
	.description =
		"Free now; once the per-CPU lists are drained; once clean file cache is\n"
		"dropped; once memory is compacted. Each counts those before it too. BLOCKED\n"
		"are the blocks with a page that cannot move.",
	.view = &pfnscope_view_contiguity,
	.options = options,
	.others = { { "Without --all and -o", &pfnscope_view_contiguity_brief, false } },
	.brief = pfnscope_contiguity_brief,
	.scans = true,
	.examples = { "contiguity", "contiguity --all --order 9" },
	.run = pfnscope_scan_run,
};
