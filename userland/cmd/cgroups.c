// SPDX-License-Identifier: GPL-2.0-only
/* What the commands share that show memory cgroups: --node, --zone, --empty. */
#include "cmd/cgroups.h"

const struct pfnscope_option pfnscope_cgroup_options[] = {
	{ "node", "N", "only this NUMA node" },
	{ "zone", "ZONE", "only zones of this name, such as DMA32" },
	{ "empty", NULL, "also what has no pages" },
	{ NULL, NULL, NULL },
};

int pfnscope_cgroups_run(struct pfnscope_run *run,
			 const struct pfnscope_view *view,
			 struct pfnscope_table *
			 (*ask)(const struct pfnscope_table *table,
				const struct pfnscope_cgroup_choice *choice))
{
	const struct pfnscope_view *const views[] = { view, NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_cgroup_choice choice = {
		.zone = pfnscope_run_value(run, "zone"),
		.empty = pfnscope_run_value(run, "empty"),
		.indent = run->format.kind == PFNSCOPE_FORMAT_TABLE,
	};
	struct pfnscope_table *table;
	uint64_t node = 0;
	int status;

	if (pfnscope_run_number(run, "node", 1023, &node) ||
	    pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	if (pfnscope_run_value(run, "node"))
		choice.node = &node;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	table = ask(pfnscope_snapshot_table(&snapshot, view), &choice);
	status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}
