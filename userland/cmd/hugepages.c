// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope hugepages: the pools of huge pages, and what could be added. */
#include "cmd/cmd.h"
#include "view/hugepages.h"

const struct pfnscope_command pfnscope_cmd_hugepages = {
	.name = "hugepages",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "the pools of huge pages, and how many could be added",
	.description =
		"Counts are of huge pages, each as large as SIZE. Reservations and the limit\n"
		"of surplus pages belong to the host, not to a node. From NOW on: how many the\n"
		"zones could give beside those in the pool, and at which price. What blocks the\n"
		"others is shown by: pfnscope forecast",
	.view = &pfnscope_view_hugepages,
	.weighs = { "total", "now" },
	.scans = true,
	.examples = { "hugepages", "hugepages --where scope=host --json" },
	.run = pfnscope_run_view,
};
