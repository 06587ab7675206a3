/* SPDX-License-Identifier: GPL-2.0-only */
/* Everything known of page frames, for whoever has some. */
#ifndef PFNSCOPE_CMD_WHOSE_H
#define PFNSCOPE_CMD_WHOSE_H

#include "cmd/cmd.h"
#include "table/table.h"

/*
 * Has the module answer for page frames, the last one included; of a root that was recorded the
 * table has what was asked then.
 */
int pfnscope_whose_read(struct pfnscope_run *run, uint64_t first, uint64_t last,
			struct pfnscope_table **table);

/* Fills in the column of processes, and says what was not looked at. */
void pfnscope_whose_find_processes(struct pfnscope_run *run, struct pfnscope_table *table);

#endif
