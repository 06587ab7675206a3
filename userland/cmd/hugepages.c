// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope hugepages: the pools of huge pages. */
#include "cmd/cmd.h"

const struct pfnscope_command pfnscope_cmd_hugepages = {
	.name = "hugepages",
	.summary = "the pools of huge pages",
	.description =
		"Counts are of huge pages, each as large as SIZE. Reservations and the limit\n"
		"of surplus pages belong to the host, not to a node.",
	.view = &pfnscope_view_hugepages,
	.run = pfnscope_run_view,
};
