/* SPDX-License-Identifier: GPL-2.0-only */
/* The switch that events and latency share. */
#ifndef PFNSCOPE_CMD_EVENTS_H
#define PFNSCOPE_CMD_EVENTS_H

#include "cmd/cmd.h"

#define PFNSCOPE_EVENTS_KINDS \
	"direct_reclaim, memcg_reclaim, node_reclaim, throttle, compaction, " \
	"kswapd, kcompactd, steal, oom"
/* What the switch does not refuse. */
#define PFNSCOPE_EVENTS_TAKES \
	"all, or some of " PFNSCOPE_EVENTS_KINDS " with a comma between two"
#define PFNSCOPE_EVENTS_SWITCHES \
	{ "on", "KINDS", "note these kinds from now on: all, or some of " PFNSCOPE_EVENTS_KINDS }, \
	{ "off", NULL, "end it, and forget what was noted" }

/* 1 where nothing is to be switched. */
int pfnscope_events_switch(struct pfnscope_run *run);
/* The table of the command, or NULL with the error filled. */
struct pfnscope_table *pfnscope_events_read(struct pfnscope_run *run);
/* Only the kind of --kind. */
int pfnscope_events_choose(struct pfnscope_run *run);
/*
 * Those that come from now on, for @ns or without end where that is 0: as they come, or
 * all at the end.
 */
int pfnscope_events_stay(struct pfnscope_run *run, uint64_t ns, bool as_they_come);

#endif
