/* SPDX-License-Identifier: GPL-2.0-only */
/* Rows of memory cgroups in zones, summed to rows of cgroups. */
#ifndef PFNSCOPE_RECLAIM_CGROUPS_H
#define PFNSCOPE_RECLAIM_CGROUPS_H

#include "table/table.h"

/**
 * struct pfnscope_cgroup_choice - which cgroups are wanted, and how
 * @empty: also what has no pages
 * @indent: names are set in by their depth
 */
struct pfnscope_cgroup_choice {
	bool empty;
	bool indent;
};

/* Of paths of cgroups: whether the one is somewhere below the other. */
bool pfnscope_cgroup_is_below(const char *path, const char *above);

/* Of lru_tree: each cgroup with all that are below it. */
struct pfnscope_table *
pfnscope_cgroups_tree(const struct pfnscope_table *lru,
		      const struct pfnscope_cgroup_choice *choice);
/* Of generation_ages: each generation of a cgroup on a node. */
struct pfnscope_table *
pfnscope_cgroups_ages(const struct pfnscope_table *generations,
		      const struct pfnscope_cgroup_choice *choice);

extern const struct pfnscope_view pfnscope_view_lru_tree;
extern const struct pfnscope_view pfnscope_view_generation_ages;

#endif
