// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope owners: who has the pages of each zone. */
#include "cmd/scan.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_NODE,
	PFNSCOPE_SCAN_ZONE,
	{ "kind", "KIND", "only owners of this kind, such as slab" },
	{ "top", "N", "only the N largest" },
	{ NULL, NULL, NULL },
};

static int run_owners(struct pfnscope_run *run)
{
	return pfnscope_scan_run(run, "pages");
}

const struct pfnscope_command pfnscope_cmd_owners = {
	.name = "owners",
	.summary = "who has the pages of each zone",
	.description =
		"Every page has several owners: its class, the states it is in, its slab\n"
		"cache, the memory cgroup it is charged to. So rows of one kind add up to\n"
		"the zone, rows of several kinds do not.",
	.view = &pfnscope_view_owners,
	.options = options,
	.run = run_owners,
};
