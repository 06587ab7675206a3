/* SPDX-License-Identifier: GPL-2.0-only */
/* The processes that map the page frames of whose. */
#ifndef PFNSCOPE_CMD_WHOSE_MAPPED_H
#define PFNSCOPE_CMD_WHOSE_MAPPED_H

#include "cmd/cmd.h"
#include "table/table.h"

/* Fills in the column of processes, and says what was not looked at. */
void pfnscope_whose_find_processes(struct pfnscope_run *run, struct pfnscope_table *table);

#endif
