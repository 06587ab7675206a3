// SPDX-License-Identifier: GPL-2.0-only
/* What the commands share that show rows of the scan. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "cmd/scan.h"
#include "view/by-block.h"
#include "view/pageblocks.h"

const char *const pfnscope_scan_kinds[] = {
	"class", "state", "order", "slab", "cgroup", "dying_cgroup", "vmalloc", "reserved",
	"holder", "counter", NULL,
};

int pfnscope_scan_conditions(struct pfnscope_run *run)
{
	static const char *const columns[] = { "order", "kind" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		const char *value = pfnscope_run_value(run, columns[i]);

		if (value && pfnscope_where_equal(&run->where, columns[i], value,
						  &run->error))
			return -1;
	}
	return pfnscope_where_check(&run->where, run->command->view, &run->error);
}

/* The snapshot may have more tables than it was asked for. */
static struct pfnscope_table *read_scan(struct pfnscope_run *run,
					const struct pfnscope_view *view,
					struct pfnscope_snapshot *snapshot)
{
	const struct pfnscope_view *const views[] = { view, NULL };
	size_t i;

	if (pfnscope_snapshot_read(run->source, views, snapshot, &run->error))
		return NULL;
	run->format.page_size_bytes = snapshot->page_size_bytes;
	for (i = 0; i < snapshot->nr_tables; i++)
		if (snapshot->tables[i]->view == view)
			return snapshot->tables[i];
	return NULL;
}

static int run_view(struct pfnscope_run *run, const struct pfnscope_view *view)
{
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_table *table = read_scan(run, view, &snapshot);
	int status = table ? pfnscope_run_show(run, table) : -1;

	pfnscope_snapshot_clear(&snapshot);
	return status;
}

/* Adds the names of the fields that @columns, comma separated, are. */
static void need(const struct pfnscope_view *view, const char *columns,
		 const char **names, size_t *count, size_t most)
{
	char *list = pfnscope_strdup(columns), *rest = list, *word;

	while (*count < most && (word = strsep(&rest, ","))) {
		int field = pfnscope_view_find(view, word + (*word == '-'));

		if (field >= 0)
			names[(*count)++] = view->fields[field].name;
	}
	free(list);
}

/* Columns by which rows are chosen and sorted are read, shown or not. */
static int run_narrow(struct pfnscope_run *run)
{
	const struct pfnscope_view *all = run->command->view;
	const char *sort = run->sort ? run->sort : run->command->sort;
	const char *needed[2 * PFNSCOPE_CONDITIONS + 1];
	struct pfnscope_view view;
	size_t count = 0, i;
	int status;

	for (i = 0; i < run->where.count; i++)
		need(all, run->where.conditions[i].column, needed, &count,
		     PFNSCOPE_CONDITIONS);
	need(all, sort ? sort : "", needed, &count, 2 * PFNSCOPE_CONDITIONS);
	needed[count] = NULL;
	if (pfnscope_columns_narrow(&run->format, all, needed, &view, &run->error))
		return -1;
	status = run_view(run, &view);
	free((void *)view.fields);
	return status;
}

int pfnscope_scan_run(struct pfnscope_run *run)
{
	if (pfnscope_scan_conditions(run))
		return -1;
	if (run->command->shows || run->command->brief)
		return run_view(run, run->command->view);
	return run_narrow(run);
}

/* What pageblocks lacks, the sums lack. */
static int settle_sums(struct pfnscope_run *run, struct pfnscope_table *sums,
		       const struct pfnscope_table *blocks)
{
	if (blocks->state == PFNSCOPE_TABLE_ABSENT)
		return pfnscope_run_absent(run, blocks);
	if (blocks->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_table_limit(sums, blocks->state, "%s", blocks->reason);
	pfnscope_by_block_finish(sums, run->format.kind == PFNSCOPE_FORMAT_TABLE);
	return 0;
}

static int read_sums(struct pfnscope_run *run, struct pfnscope_table *sums)
{
	const struct pfnscope_format keys = { .columns = "node" };
	const struct pfnscope_row_taker taker = {
		.take = pfnscope_by_block_take, .context = sums,
	};
	struct pfnscope_table *blocks;
	struct pfnscope_view view;
	int failed;

	if (pfnscope_columns_narrow(&keys, &pfnscope_view_pageblocks,
				    pfnscope_by_block_needs, &view, &run->error))
		return -1;
	failed = pfnscope_view_each(run->source, &view, &taker, &blocks, &run->error);
	if (!failed) {
		failed = settle_sums(run, sums, blocks);
		pfnscope_table_free(blocks);
	}
	free((void *)view.fields);
	return failed;
}

int pfnscope_scan_sums(struct pfnscope_run *run, const struct pfnscope_view *view)
{
	const struct pfnscope_view *const none[] = { NULL };
	struct pfnscope_table *sums = pfnscope_table_new(view);
	struct pfnscope_snapshot snapshot = { 0 };
	int status = -1;

	run->usual_sort = "-node,zone,blocks";
	if (!pfnscope_snapshot_read(run->source, none, &snapshot, &run->error) &&
	    !read_sums(run, sums)) {
		run->format.page_size_bytes = snapshot.page_size_bytes;
		status = pfnscope_run_show(run, sums);
	}
	pfnscope_snapshot_clear(&snapshot);
	pfnscope_table_free(sums);
	return status;
}
