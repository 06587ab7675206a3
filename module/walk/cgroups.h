/* SPDX-License-Identifier: GPL-2.0-only */
/* The memory cgroups one by one, and the lists each has on each node. */
#ifndef PFNSCOPE_WALK_CGROUPS_H
#define PFNSCOPE_WALK_CGROUPS_H

#include "record-lru.h"
#include "walk/zones.h"

struct cgroup_subsys_state;

/**
 * struct pfnscope_cgroups - where a walk over all memory cgroups is
 * @css: the cgroup it stands on, with a reference; NULL where there are none
 * @begun: it stands on one
 * @zones: the zones of this cgroup that have been visited
 */
struct pfnscope_cgroups {
	struct cgroup_subsys_state *css;
	bool begun;
	struct pfnscope_zone_cursor zones;
};

bool pfnscope_cgroups_next(struct pfnscope_cgroups *cursor,
			   struct pfnscope_cgroup *cgroup);
struct zone *pfnscope_cgroups_next_zone(struct pfnscope_cgroups *cursor,
					struct pfnscope_cgroup *cgroup);
void pfnscope_cgroups_end(struct pfnscope_cgroups *cursor);

#endif /* PFNSCOPE_WALK_CGROUPS_H */
