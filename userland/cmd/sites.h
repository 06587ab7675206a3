/* SPDX-License-Identifier: GPL-2.0-only */
/* Who asked for the memory that another command tells of. */
#ifndef PFNSCOPE_CMD_SITES_H
#define PFNSCOPE_CMD_SITES_H

#include "cmd/cmd.h"

/*
 * "eat_pages[eater] 10.3M, eat_ring[eater] 4M": who asked for most of what @where leaves, of which only node and zone
 * count; to be freed. NULL where sites are off, or hold nothing there.
 */
char *pfnscope_sites_askers(struct pfnscope_run *run, const struct pfnscope_where *where);

#endif
