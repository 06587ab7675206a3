/* SPDX-License-Identifier: GPL-2.0-only */
/* What processes map in a zone. */
#ifndef PFNSCOPE_CMD_PROCESSES_ZONE_H
#define PFNSCOPE_CMD_PROCESSES_ZONE_H

#include "cmd/cmd.h"

/*
 * Fills in the column of it, in a table whose rows are in the order of their numbers.
 * Where there is no such zone @none says which there are.
 */
int pfnscope_processes_find_zone(struct pfnscope_run *run, const char *zone,
				 struct pfnscope_table *table, char **none);

#endif
