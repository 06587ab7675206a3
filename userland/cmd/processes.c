// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope processes: what each process has. */
#include <stdint.h>
#include <stdlib.h>

#include "cmd/cmd.h"
#include "cmd/processes-zone.h"
#include "source/processes.h"
#include "view/fold.h"
#include "view/processes.h"

/* Of so many the page tables are walked in a second or so. */
#define ROLLUPS	500

static const struct pfnscope_option options[] = {
	{ "pss", NULL, "have the page tables of all walked, also of more than 500" },
	{ "zone", "ZONE", "what each maps in zones of this name, such as DMA32" },
	{ NULL, NULL, NULL },
};

/* Shown, and sorted by, where it was asked for; no process has any of a zone that is not there. */
static int add_zone_column(struct pfnscope_run *run, struct pfnscope_table *table, char **none)
{
	const char *zone = pfnscope_run_value(run, "zone");

	if (!zone)
		return 0;
	if (pfnscope_processes_find_zone(run, zone, table, none))
		return -1;
	if (*none)
		table->nr_rows = 0;
	run->usual_sort = PFNSCOPE_NAME(PROCESSES, zone_bytes);
	if (run->format.kind == PFNSCOPE_FORMAT_TABLE && !run->format.columns)
		run->format.columns = "+zone_bytes";
	return 0;
}

static int run_processes(struct pfnscope_run *run)
{
	struct pfnscope_table *table;
	char *none = NULL;
	int status = -1;

	if (pfnscope_where_check(&run->where, &pfnscope_view_processes, &run->error))
		return -1;
	pfnscope_processes_read(run->source,
				pfnscope_run_value(run, "pss") ? SIZE_MAX : ROLLUPS, &table);
	if (!add_zone_column(run, table, &none))
		status = none ? pfnscope_run_show_none(run, table, none) :
				pfnscope_run_show(run, table);
	free(none);
	pfnscope_table_free(table);
	return status;
}

const struct pfnscope_command pfnscope_cmd_processes = {
	.name = "processes",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "what each process has: processes --sort swap",
	.description =
		"From /proc, without the module; kernel threads have no memory of their own.\n"
		"PSS divides what several map among them, so that it can be added up; the other\n"
		"columns count it for each. Of more than 500 it is known of those that map most,\n"
		"unless --pss asks for all: the kernel walks page tables for it. --zone looks\n"
		"through the page tables of all, which only root may.",
	.view = &pfnscope_view_processes,
	.options = options,
	.sort = PFNSCOPE_NAME(PROCESSES, pss_bytes),
	.brief = pfnscope_processes_brief,
	.fold = pfnscope_processes_fold,
	.empty = "there is no process",
	.scans = true,
	.examples = { "processes --top 10", "processes --where 'swap>1M' --sort swap" },
	.run = run_processes,
};
