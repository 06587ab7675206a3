// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope reclaim: kswapd, pages scanned and stolen, compaction. */
#include "cmd/cmd.h"

const struct pfnscope_command pfnscope_cmd_reclaim = {
	.name = "reclaim",
	.summary = "kswapd, pages scanned and stolen, compaction",
	.description =
		"What does not apply to a row, or is not counted at that scope by this\n"
		"kernel, is -. The counters run since boot.",
	.view = &pfnscope_view_reclaim,
	.run = pfnscope_run_view,
};
