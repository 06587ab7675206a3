// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope pageblocks: what every pageblock holds. */
#include "cmd/scan.h"
#include "view/by-block.h"
#include "view/pageblocks.h"

/* Whoever chooses blocks or columns wants to see blocks. */
static bool wants_blocks(const struct pfnscope_run *run)
{
	return run->format.kind != PFNSCOPE_FORMAT_TABLE || run->all ||
	       run->format.all || run->format.columns || run->where.count ||
	       run->sort || run->top != UINT64_MAX;
}

static int run_pageblocks(struct pfnscope_run *run)
{
	return wants_blocks(run) ? pfnscope_scan_run(run) :
	       pfnscope_scan_sums(run, &pfnscope_view_by_type);
}

const struct pfnscope_command pfnscope_cmd_pageblocks = {
	.name = "pageblocks",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "what lies in each pageblock, and what blocks it",
	.description =
		"Alone it sums them up by migratetype. With --all, or a choice of rows or\n"
		"columns, one row for each pageblock (2 MiB on most machines): -o +COLUMN\n"
		"shows more of what is in it. Who is in the way: owners --by-block.",
	.view = &pfnscope_view_pageblocks,
	.others = { { "Alone", &pfnscope_view_by_type, false } },
	.weighs = { "blocks" },
	.scans = true,
	.examples = { "pageblocks --node 0 --where 'unmovable>0'",
		      "pageblocks --raw -o pfn,type,free" },
	.run = run_pageblocks,
};
