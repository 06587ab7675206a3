/* SPDX-License-Identifier: GPL-2.0-only */
/* The switches of the module, for commands that write to one. */
#ifndef PFNSCOPE_CMD_SWITCH_H
#define PFNSCOPE_CMD_SWITCH_H

#include "cmd/cmd.h"

/* Writes to control/NAME; @takes says in a message what it does not refuse. */
int pfnscope_switch_write(struct pfnscope_run *run, const char *name,
			  const char *text, const char *takes);
/* The same of "hold TEXT", which lasts until @held is closed, or the process ends. */
int pfnscope_switch_hold(struct pfnscope_run *run, const char *name,
			 const char *text, const char *takes, int *held);
/* Whether the view has no rows because its switch is off. */
bool pfnscope_switch_is_off(const struct pfnscope_table *table);

#endif
