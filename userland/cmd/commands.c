// SPDX-License-Identifier: GPL-2.0-only
/* The table of commands. */
#include <string.h>

#include "cmd/options.h"

/* Group by group, in the order in which --help lists them. */
const struct pfnscope_command *const pfnscope_commands[] = {
	&pfnscope_cmd_status,
	&pfnscope_cmd_top,
	&pfnscope_cmd_triage,
	&pfnscope_cmd_report,
	&pfnscope_cmd_explain,
	&pfnscope_cmd_forecast,
	&pfnscope_cmd_offline,
	&pfnscope_cmd_oom,
	&pfnscope_cmd_gfp,
	&pfnscope_cmd_incidents,
	&pfnscope_cmd_events,
	&pfnscope_cmd_latency,
	&pfnscope_cmd_stalls,
	&pfnscope_cmd_record,
	&pfnscope_cmd_diff,
	&pfnscope_cmd_leak,
	&pfnscope_cmd_owners,
	&pfnscope_cmd_whose,
	&pfnscope_cmd_files,
	&pfnscope_cmd_processes,
	&pfnscope_cmd_pageblocks,
	&pfnscope_cmd_sample,
	&pfnscope_cmd_sites,
	&pfnscope_cmd_map,
	&pfnscope_cmd_slabs,
	&pfnscope_cmd_shrinkers,
	&pfnscope_cmd_lru,
	&pfnscope_cmd_zones,
	&pfnscope_cmd_summary,
	&pfnscope_cmd_zonelists,
	&pfnscope_cmd_pcp,
	&pfnscope_cmd_freelists,
	&pfnscope_cmd_contiguity,
	&pfnscope_cmd_frag,
	&pfnscope_cmd_hugepages,
	&pfnscope_cmd_thp,
	&pfnscope_cmd_reclaim,
	&pfnscope_cmd_generations,
	&pfnscope_cmd_balance,
	&pfnscope_cmd_lrutail,
	&pfnscope_cmd_swap,
	&pfnscope_cmd_zswap,
	&pfnscope_cmd_about,
	&pfnscope_cmd_stats,
	&pfnscope_cmd_doctor,
	NULL,
};

const struct pfnscope_command *pfnscope_command_find(const char *name)
{
	const struct pfnscope_command *const *command = pfnscope_commands;

	for (; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

const struct pfnscope_command *
pfnscope_command_with(const struct pfnscope_command *command, const char *word)
{
	const struct pfnscope_command *variant = command->variant;

	return variant && !strncmp(word, "--", 2) &&
	       !strcmp(word + 2, variant->options->name) ? variant : command;
}
