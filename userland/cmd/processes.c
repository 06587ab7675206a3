// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope processes: what each process has. */
#include "cmd/cmd.h"
#include "source/processes.h"
#include "view/fold.h"
#include "view/processes.h"

static int run_processes(struct pfnscope_run *run)
{
	struct pfnscope_table *table;
	int status;

	if (pfnscope_where_check(&run->where, &pfnscope_view_processes, &run->error))
		return -1;
	pfnscope_processes_read(run->source, &table);
	status = pfnscope_run_show(run, table);
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
		"columns count it for each.",
	.view = &pfnscope_view_processes,
	.sort = PFNSCOPE_NAME(PROCESSES, pss_bytes),
	.brief = pfnscope_processes_brief,
	.fold = pfnscope_processes_fold,
	.empty = "there is no process",
	.scans = true,
	.examples = { "processes --top 10", "processes --where 'swap>1M' --sort swap" },
	.run = run_processes,
};
