// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope owners: who has the pages of each zone. */
#include <stdlib.h>

#include "cmd/scan.h"
#include "cmd/sites.h"
#include "view/fold.h"
#include "view/brief.h"
#include "view/by-block.h"
#include "view/owners.h"

static const struct pfnscope_option options[] = {
	{ "kind", "KIND", "only owners of this kind, such as slab" },
	{ "by-block", NULL,
	  "who is in the way: pageblocks by the first page in them that cannot move" },
	{ NULL, NULL, NULL },
};

static const struct pfnscope_view *view_of_owners(const struct pfnscope_run *run)
{
	return pfnscope_run_value(run, "by-block") ? &pfnscope_view_by_blocker :
	       &pfnscope_view_owners;
}

/* Of pages without a mark nobody else can tell. */
static void say_askers(struct pfnscope_run *run)
{
	char *askers;

	if (run->format.kind != PFNSCOPE_FORMAT_TABLE)
		return;
	askers = pfnscope_sites_askers(run, &run->where);
	if (askers)
		pfnscope_run_remark(run, "asked for since sites are on, by: %s", askers);
	free(askers);
}

static int run_owners(struct pfnscope_run *run)
{
	int status;

	if (!pfnscope_run_value(run, "by-block")) {
		status = pfnscope_scan_run(run);
		if (status >= 0)
			say_askers(run);
		return status;
	}
	if (pfnscope_run_value(run, "kind"))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "either --kind or --by-block: a block has one blocker");
	return pfnscope_scan_sums(run, &pfnscope_view_by_blocker);
}

const struct pfnscope_command pfnscope_cmd_owners = {
	.name = "owners",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "who has the pages of each zone",
	.description =
		"Every page has several owners: its class, the states it is in, its slab\n"
		"cache, the memory cgroup it is charged to, the function that took it with\n"
		"vmalloc(), what it was reserved for. So rows of several kinds do not add up.",
	.view = &pfnscope_view_owners,
	.others = { { "Alone", &pfnscope_view_owners_brief, false },
		    { "With --by-block", &pfnscope_view_by_blocker, true } },
	.view_of = view_of_owners,
	.options = options,
	.sort = PFNSCOPE_NAME(OWNERS, pages),
	.brief_sort = "-node,zone,pages",
	.brief = pfnscope_owners_brief,
	.fold = pfnscope_owners_fold,
	.weighs = { "pages" },
	.scans = true,
	.examples = { "owners --zone DMA", "owners --by-block --node 0" },
	.run = run_owners,
};
