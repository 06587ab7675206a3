// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope slabs: what the slab caches hold, and what they waste. */
#include <string.h>

#include "cmd/scan.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_NODE,
	{ "sort", "KEY", "wasted (the default), held, active or none" },
	{ "top", "N", "only the N first" },
	{ NULL, NULL, NULL },
};

static const struct {
	const char *key;
	const char *field;
} orders[] = {
	{ "wasted", "wasted_bytes" },
	{ "held", "held_bytes" },
	{ "active", "active_objects" },
	{ "none", NULL },
};

static int run_slabs(struct pfnscope_run *run)
{
	const char *key = pfnscope_run_value(run, "sort");
	size_t i;

	for (i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (!key || !strcmp(key, orders[i].key))
			return pfnscope_scan_run(run, orders[i].field);
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "--sort: not wasted, held, active or none: \"%s\"",
			     key);
}

const struct pfnscope_command pfnscope_cmd_slabs = {
	.name = "slabs",
	.summary = "what the slab caches hold, and what they waste",
	.description =
		"A cache has a row for each node. Objects that CPUs keep at hand count as\n"
		"active, as in /proc/slabinfo. Wasted is all memory of the cache beyond what\n"
		"the users of its active objects asked for.",
	.view = &pfnscope_view_slabs,
	.options = options,
	.run = run_slabs,
};
