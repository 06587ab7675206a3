/* SPDX-License-Identifier: GPL-2.0-only */
/* What reclaim weighs before it takes anonymous pages or pages of files. */
#ifndef PFNSCOPE_WALK_BALANCE_H
#define PFNSCOPE_WALK_BALANCE_H

#include "walk/cgroups.h"

/**
 * struct pfnscope_balance_cursor - where a walk over all cgroups and nodes is
 * @cgroups: the cgroup
 * @node: the next node of it
 */
struct pfnscope_balance_cursor {
	struct pfnscope_cgroups cgroups;
	int node;
};

int pfnscope_balance_fill(struct pfnscope_balance_cursor *cursor,
			  struct pfnscope_balance *record);

#endif /* PFNSCOPE_WALK_BALANCE_H */
