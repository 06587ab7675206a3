/* SPDX-License-Identifier: GPL-2.0-only */
/* The first screen: what it was made from, and its two shapes. */
#ifndef PFNSCOPE_CMD_STATUS_H
#define PFNSCOPE_CMD_STATUS_H

#include "base/lines.h"
#include "cmd/cmd.h"
#include "source/system.h"
#include "triage/status.h"

/**
 * struct pfnscope_screen - what was read for it, and the answer
 * @snapshot: about, zones and reclaim
 * @system: the kernel
 * @machine: the zones
 * @pressure: how long tasks waited for memory
 * @events: what has happened since boot
 * @pools: huge pages
 * @incident: the last one
 * @unmovable: by node, NULL without --scan
 * @answer: the answer
 * @lacking: what could not be read, and why
 * @off: incidents are not being recorded
 */
struct pfnscope_screen {
	struct pfnscope_snapshot snapshot;
	struct pfnscope_system system;
	struct pfnscope_machine machine;
	struct pfnscope_table *pressure;
	struct pfnscope_table *events;
	struct pfnscope_table *pools;
	struct pfnscope_table *incident;
	struct pfnscope_table *unmovable;
	struct pfnscope_status_answer answer;
	struct pfnscope_lines lacking;
	bool off;
};

int pfnscope_status_text(struct pfnscope_run *run, struct pfnscope_screen *screen);

#endif
