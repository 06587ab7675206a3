// SPDX-License-Identifier: GPL-2.0-only
/* What the commands share that show memory cgroups: --node, --zone, --empty. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "cmd/cgroups.h"

const struct pfnscope_option pfnscope_cgroup_options[] = {
	{ "node", "N", "only this NUMA node" },
	{ "zone", "ZONE", "only zones of this name, such as DMA32" },
	{ "empty", NULL, "also what has no pages" },
	{ NULL, NULL, NULL },
};

/* Rows of the file, before they are summed up: a sum has no zone. */
static char *choose_zones(struct pfnscope_run *run, const struct pfnscope_view *view,
			  struct pfnscope_snapshot *snapshot)
{
	static const char *const columns[] = { "node", "zone" };
	struct pfnscope_where where = { 0 };
	char *none = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		const char *value = pfnscope_run_value(run, columns[i]);

		if (value)
			pfnscope_where_equal(&where, columns[i], value, &run->error);
	}
	for (i = 0; i < snapshot->nr_tables; i++)
		if (snapshot->tables[i]->view == view)
			none = pfnscope_where_apply(&where, snapshot->tables[i],
						    snapshot->page_size_bytes);
	pfnscope_where_clear(&where);
	return none;
}

int pfnscope_cgroups_run(struct pfnscope_run *run,
			 const struct pfnscope_view *view,
			 struct pfnscope_table *
			 (*ask)(const struct pfnscope_table *table,
				const struct pfnscope_cgroup_choice *choice))
{
	const struct pfnscope_view *const views[] = { view, NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	const struct pfnscope_cgroup_choice choice = {
		.empty = pfnscope_run_value(run, "empty"),
		.indent = run->format.kind == PFNSCOPE_FORMAT_TABLE,
	};
	struct pfnscope_table *table;
	uint64_t node;
	char *none;
	int status;

	if (pfnscope_run_number(run, "node", UINT64_MAX, &node) ||
	    pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	none = choose_zones(run, view, &snapshot);
	table = ask(pfnscope_snapshot_table(&snapshot, view), &choice);
	status = none ? pfnscope_run_show_none(run, table, none) : pfnscope_run_show(run, table);
	free(none);
	pfnscope_table_free(table);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

/* As the kernel writes paths: from the root of the hierarchy, and no slash at the end. */
int pfnscope_cgroup_choose(struct pfnscope_run *run)
{
	const char *top = "/sys/fs/cgroup", *name = pfnscope_run_value(run, "cgroup");
	size_t length = strlen(top);
	char *path;
	int failed;

	if (!name)
		return 0;
	if (!strncmp(name, top, length) && (!name[length] || name[length] == '/'))
		name += length;
	path = pfnscope_format("/%s", name + strspn(name, "/"));
	for (length = strlen(path); length > 1 && path[length - 1] == '/';)
		path[--length] = '\0';
	failed = pfnscope_where_equal(&run->where, "cgroup", path, &run->error);
	free(path);
	return failed;
}
