/* SPDX-License-Identifier: GPL-2.0-only */
/* For commands that look on until a time is over or somebody ends them. */
#ifndef PFNSCOPE_CMD_STAY_H
#define PFNSCOPE_CMD_STAY_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "cmd/cmd.h"

/**
 * struct pfnscope_stay - how long
 * @end_ns: by CLOCK_MONOTONIC; 0 without end
 * @before: the signals that were blocked
 */
struct pfnscope_stay {
	uint64_t end_ns;
	sigset_t before;
};

/* --for; 0 where it was not given. */
int pfnscope_stay_time(struct pfnscope_run *run, uint64_t *ns);

/* From now on Ctrl-C, and being asked to terminate, only end the waiting. */
void pfnscope_stay_begin(struct pfnscope_stay *stay, uint64_t ns);
/* Waits so long. Return: false where it is to come to the end. */
bool pfnscope_stay_on(const struct pfnscope_stay *stay, uint64_t ns);
void pfnscope_stay_end(const struct pfnscope_stay *stay);

#endif
