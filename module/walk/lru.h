/* SPDX-License-Identifier: GPL-2.0-only */
/* The sizes of the LRU lists. */
#ifndef PFNSCOPE_WALK_LRU_H
#define PFNSCOPE_WALK_LRU_H

#include "walk/cgroups.h"

void pfnscope_lru_count(struct cgroup_subsys_state *css, struct zone *zone,
			u64 *pages);
int pfnscope_lru_fill(struct pfnscope_cgroups *cursor,
		      struct pfnscope_lru *record);

#endif /* PFNSCOPE_WALK_LRU_H */
