/* SPDX-License-Identifier: GPL-2.0-only */
/* What the commands share that show rows of the scan: --order, --kind. */
#ifndef PFNSCOPE_CMD_SCAN_H
#define PFNSCOPE_CMD_SCAN_H

#include "cmd/cmd.h"

#define PFNSCOPE_SCAN_ORDER \
	{ "order", "N", "only blocks of two to this power pages" }

/* What --kind may be of owners, ended by NULL: the completion must not scan for it. */
extern const char *const pfnscope_scan_kinds[];

/* Options of the command that are named as the column they choose by, as conditions. */
int pfnscope_scan_conditions(struct pfnscope_run *run);
/*
 * Reads and shows @run->command->view; no field that is not needed, as it may have
 * half a million rows.
 */
int pfnscope_scan_run(struct pfnscope_run *run);
/* Shows the pageblocks summed up, as @view says (view/by-block.h). */
int pfnscope_scan_sums(struct pfnscope_run *run, const struct pfnscope_view *view);

#endif
