/* SPDX-License-Identifier: GPL-2.0-only */
/* What the commands share that show rows of the scan: --node, --zone, --order. */
#ifndef PFNSCOPE_CMD_SCAN_H
#define PFNSCOPE_CMD_SCAN_H

#include "cmd/cmd.h"

#define PFNSCOPE_SCAN_NODE \
	{ "node", "N", "only this NUMA node" }
#define PFNSCOPE_SCAN_ZONE \
	{ "zone", "ZONE", "only zones of this name, such as DMA32" }
#define PFNSCOPE_SCAN_ORDER \
	{ "order", "N", "only blocks of two to this power pages" }

/* The rows that these options leave; fails where the options are wrong. */
int pfnscope_scan_select(struct pfnscope_run *run, struct pfnscope_table *table);
/* Reads @run->command->view, takes what the options leave, sorts by @sort. */
int pfnscope_scan_run(struct pfnscope_run *run, const char *sort);

#endif
