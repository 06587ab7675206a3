/* SPDX-License-Identifier: GPL-2.0-only */
/* The paths of memory cgroups by their numbers, as they are at one moment. */
#ifndef PFNSCOPE_WALK_CGROUP_NAMES_H
#define PFNSCOPE_WALK_CGROUP_NAMES_H

#include "walk/charges.h"

struct pfnscope_numbered;

/**
 * struct pfnscope_cgroup_names - all of them
 * @charges: the cgroups, held
 * @numbered: the same by number
 */
struct pfnscope_cgroup_names {
	struct pfnscope_charges charges;
	struct pfnscope_numbered *numbered;
};

int pfnscope_cgroup_names_collect(struct pfnscope_cgroup_names *names);
void pfnscope_cgroup_names_free(struct pfnscope_cgroup_names *names);
const char *pfnscope_cgroup_name(const struct pfnscope_cgroup_names *names,
				 u64 id);

#endif /* PFNSCOPE_WALK_CGROUP_NAMES_H */
