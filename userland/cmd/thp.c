// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope thp: counters of transparent huge pages, by name and by size. */
#include "cmd/cmd.h"
#include "source/thp.h"
#include "view/brief.h"
#include "view/thp.h"

static int run_thp(struct pfnscope_run *run)
{
	struct pfnscope_table *table;
	int status;

	if (pfnscope_thp_read(run->source, &table, &run->error))
		return -1;
	status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	return status;
}

const struct pfnscope_command pfnscope_cmd_thp = {
	.name = "thp",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "counters of transparent huge pages, by name and by size",
	.description =
		"Without a size: of huge pages as large as a page table maps, from\n"
		"/proc/vmstat. By size: of all sizes (mTHP), on kernels that count them.\n"
		"Needs no module.",
	.view = &pfnscope_view_thp,
	.others = { { "Without --all and -o", &pfnscope_view_thp_brief, false } },
	.brief = pfnscope_thp_brief,
	.examples = { "thp", "thp --all" },
	.run = run_thp,
};
