// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope generations: how long ago memory was in use, by memory cgroup. */
#include "cmd/cgroups.h"
#include "view/generations.h"

static int run_generations(struct pfnscope_run *run)
{
	return pfnscope_cgroups_run(run, &pfnscope_view_generations,
				    pfnscope_cgroups_ages);
}

const struct pfnscope_command pfnscope_cmd_generations = {
	.name = "generations",
	.group = PFNSCOPE_GROUP_RECLAIM,
	.summary = "how long ago memory was in use: the generations of the multi-gen LRU",
	.description =
		"A page is in the generation that was the youngest when it was last seen in\n"
		"use: that is at most the age of its generation ago.",
	.view = &pfnscope_view_generation_ages,
	.options = pfnscope_cgroup_options,
	.weighs = { "anon", "file" },
	.examples = { "generations", "generations --node 0 --sort age" },
	.run = run_generations,
};
