// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope zonelists: the order in which the allocator tries zones. */
#include "cmd/cmd.h"
#include "view/brief.h"
#include "view/zonelists.h"

const struct pfnscope_command pfnscope_cmd_zonelists = {
	.name = "zonelists",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "the order in which the allocator tries zones",
	.description =
		"A request that prefers a node goes down the fallback list of that node\n"
		"until a zone can serve it.",
	.view = &pfnscope_view_zonelists,
	.others = { { "Without --all and -o", &pfnscope_view_zonelists_brief, false } },
	.brief = pfnscope_zonelists_brief,
	.examples = { "zonelists", "zonelists --all --node 0" },
	.run = pfnscope_run_view,
};
