/* SPDX-License-Identifier: GPL-2.0-only */
/* A reclaim that is foreseen, as tables. */
#ifndef PFNSCOPE_RECLAIM_PLAN_H
#define PFNSCOPE_RECLAIM_PLAN_H

#include "reclaim/weigh.h"
#include "table/table.h"

extern const struct pfnscope_view pfnscope_view_reclaim_plan;
extern const struct pfnscope_view pfnscope_view_reclaim_why;

/*
 * A row for each cgroup and node with pages, and one of them all; @lrutail is what samples
 * of the lists say of the cost, or NULL.
 */
struct pfnscope_table *pfnscope_plan_table(const struct pfnscope_reclaim *reclaim,
					   const struct pfnscope_table *lrutail);
/* A row for each look that reclaim takes at a cgroup on a node. */
struct pfnscope_table *pfnscope_plan_why(const struct pfnscope_reclaim *reclaim);
/* Why there is no more than that; NULL where the goal is reached. */
const char *pfnscope_plan_end(const struct pfnscope_reclaim *reclaim);

#endif
