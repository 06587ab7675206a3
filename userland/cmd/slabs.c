// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope slabs: what the slab caches hold, and what they waste. */
#include "cmd/scan.h"
#include "view/fold.h"
#include "view/brief.h"
#include "view/slabs.h"

const struct pfnscope_command pfnscope_cmd_slabs = {
	.name = "slabs",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "what the slab caches hold, and what they waste",
	.description =
		"A cache has a row for each node. Objects that CPUs keep at hand count as\n"
		"active, as in /proc/slabinfo. Wasted is all memory of the cache beyond what\n"
		"the users of its active objects asked for.",
	.view = &pfnscope_view_slabs,
	.sort = PFNSCOPE_NAME(SLABS, wasted_bytes),
	.brief = pfnscope_slabs_brief,
	.fold = pfnscope_slabs_fold,
	.examples = { "slabs --top 10",
		      "slabs --where name=dentry --all" },
	.run = pfnscope_scan_run,
};
