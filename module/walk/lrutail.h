/* SPDX-License-Identifier: GPL-2.0-only */
/* Samples from the tails of the LRU lists: what reclaim would meet first. */
#ifndef PFNSCOPE_WALK_LRUTAIL_H
#define PFNSCOPE_WALK_LRUTAIL_H

#include "walk/cgroups.h"

/**
 * struct pfnscope_lrutail_cursor - where a walk over all lists is
 * @cgroups: the cgroup
 * @node: the node
 * @slot: the list to visit next
 * @cost: what it has cost
 */
struct pfnscope_lrutail_cursor {
	struct pfnscope_cgroups cgroups;
	int node;
	unsigned int slot;
	struct pfnscope_cost cost;
};

int pfnscope_lrutail_fill(struct pfnscope_lrutail_cursor *cursor,
			  struct pfnscope_lrutail *record);

#endif /* PFNSCOPE_WALK_LRUTAIL_H */
