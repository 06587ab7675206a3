// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope owners: who has the pages of each zone. */
#include "cmd/scan.h"
#include "view/brief.h"
#include "view/owners.h"

static const struct pfnscope_option options[] = {
	{ "kind", "KIND", "only owners of this kind, such as slab" },
	{ NULL, NULL, NULL },
};

const struct pfnscope_command pfnscope_cmd_owners = {
	.name = "owners",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "who has the pages of each zone",
	.description =
		"Every page has several owners: its class, the states it is in, its slab\n"
		"cache, the memory cgroup it is charged to. So rows of one kind add up to\n"
		"the zone, rows of several kinds do not.",
	.view = &pfnscope_view_owners,
	.options = options,
	.sort = PFNSCOPE_NAME(OWNERS, pages),
	.brief_sort = "-node,zone,pages",
	.brief = pfnscope_owners_brief,
	.examples = { "owners --zone DMA", "owners --kind slab --top 10" },
	.run = pfnscope_scan_run,
};
