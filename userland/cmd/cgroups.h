/* SPDX-License-Identifier: GPL-2.0-only */
/* What the commands share that show memory cgroups. */
#ifndef PFNSCOPE_CMD_CGROUPS_H
#define PFNSCOPE_CMD_CGROUPS_H

#include "cmd/cmd.h"
#include "reclaim/cgroups.h"

extern const struct pfnscope_option pfnscope_cgroup_options[];

/* Reads @view and shows what @ask makes of it and of the options. */
int pfnscope_cgroups_run(struct pfnscope_run *run,
			 const struct pfnscope_view *view,
			 struct pfnscope_table *
			 (*ask)(const struct pfnscope_table *table,
				const struct pfnscope_cgroup_choice *choice));

/* Only the rows of the cgroup of --cgroup, where that is given. */
int pfnscope_cgroup_choose(struct pfnscope_run *run);

#endif
