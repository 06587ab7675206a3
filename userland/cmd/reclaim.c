// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope reclaim: kswapd, pages scanned and stolen, compaction. */
#include "cmd/cmd.h"
#include "view/reclaim.h"

const struct pfnscope_command pfnscope_cmd_reclaim = {
	.name = "reclaim",
	.group = PFNSCOPE_GROUP_RECLAIM,
	.summary = "kswapd, pages scanned and stolen, compaction",
	.description =
		"What does not apply to a row, or is not counted at that scope by this\n"
		"kernel, is -. The counters run since boot.",
	.view = &pfnscope_view_reclaim,
	.weighs = { "scanned_direct", "scanned_kswapd" },
	.examples = { "reclaim",
		      "reclaim --where scope=node -o node,kswapd_state,kswapd_failures" },
	.run = pfnscope_run_view,
};
