// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope zones: size, free pages, watermarks and reserves of every zone. */
#include "cmd/cmd.h"
#include "view/brief.h"
#include "view/zones.h"

const struct pfnscope_command pfnscope_cmd_zones = {
	.name = "zones",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "size, free pages, watermarks and reserves of every zone",
	.description =
		"The watermarks are shown without the boost; the allocator compares with\n"
		"the sum of the two. Without the module the figures come from\n"
		"/proc/zoneinfo.",
	.view = &pfnscope_view_zones,
	.shows = pfnscope_zones_shown,
	.weighs = { "present" },
	.examples = { "zones -o +spanned,lowmem_reserve",
		      "zones -b --raw -n -o node,zone,free" },
	.run = pfnscope_run_view,
};
