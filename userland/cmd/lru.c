// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope lru: the LRU lists of every memory cgroup, as a tree. */
#include "cmd/cgroups.h"
#include "view/lru.h"

static int run_lru(struct pfnscope_run *run)
{
	return pfnscope_cgroups_run(run, &pfnscope_view_lru,
				    pfnscope_cgroups_tree);
}

const struct pfnscope_command pfnscope_cmd_lru = {
	.name = "lru",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "the LRU lists of every memory cgroup, as a tree with totals",
	.description =
		"Each cgroup is shown with those below it; own_pages are its own. Cgroups\n"
		"that are dying have no directory any more, but still have pages.",
	.view = &pfnscope_view_lru_tree,
	.options = pfnscope_cgroup_options,
	.weighs = { "total" },
	.examples = { "lru", "lru --json" },
	.run = run_lru,
};
