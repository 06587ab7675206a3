// SPDX-License-Identifier: GPL-2.0-only
/* What the commands share that show rows of the scan. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cmd/scan.h"
#include "table/select.h"

struct choice {
	bool by_node;
	bool by_order;
	uint64_t node;
	uint64_t order;
	const char *zone;
	const char *kind;
};

static bool chosen(const struct pfnscope_table *table, size_t row,
		   const void *context)
{
	const struct choice *choice = context;
	const char *zone = pfnscope_table_string(table, row, "zone");
	const char *kind = pfnscope_table_string(table, row, "kind");
	uint64_t number;

	if (choice->by_node &&
	    (!pfnscope_table_number(table, row, "node", &number) ||
	     number != choice->node))
		return false;
	if (choice->by_order &&
	    (!pfnscope_table_number(table, row, "order", &number) ||
	     number != choice->order))
		return false;
	if (choice->kind && (!kind || strcmp(kind, choice->kind)))
		return false;
	return !choice->zone || (zone && !strcasecmp(zone, choice->zone));
}

int pfnscope_scan_select(struct pfnscope_run *run, struct pfnscope_table *table)
{
	struct choice choice = { 0 };

	if (pfnscope_run_number(run, "node", 1023, &choice.node) ||
	    pfnscope_run_number(run, "order", 30, &choice.order))
		return -1;
	choice.by_node = pfnscope_run_value(run, "node");
	choice.by_order = pfnscope_run_value(run, "order");
	choice.zone = pfnscope_run_value(run, "zone");
	choice.kind = pfnscope_run_value(run, "kind");
	pfnscope_table_filter(table, chosen, &choice);
	return 0;
}

/* The snapshot may have more tables than it was asked for. */
static struct pfnscope_table *read_one(struct pfnscope_run *run,
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

/* Of @view, which has no field that is not needed. */
static int run_view(struct pfnscope_run *run, const struct pfnscope_view *view,
		    const char *sort)
{
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_table *table;
	uint64_t top = UINT64_MAX;
	int status = -1;

	if (pfnscope_run_number(run, "top", UINT32_MAX, &top))
		return -1;
	table = read_one(run, view, &snapshot);
	if (table && !pfnscope_scan_select(run, table)) {
		if (sort)
			pfnscope_table_sort(table, sort);
		pfnscope_table_limit_rows(table, top);
		status = pfnscope_run_show(run, table);
	}
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

int pfnscope_scan_run(struct pfnscope_run *run, const char *sort)
{
	const char *const needed[] = { "node", "zone", "order", "kind", sort,
				       NULL };
	struct pfnscope_view view;
	int status;

	if (pfnscope_columns_narrow(&run->format, run->command->view, needed,
				    &view, &run->error))
		return -1;
	status = run_view(run, &view, sort);
	free((void *)view.fields);
	return status;
}
