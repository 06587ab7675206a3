/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What pages name instead of their memory cgroup: since v5.11 those of the
 * kernel's own allocations, since v7.1 all. When a cgroup is removed its parent
 * inherits these structs, and with them what is charged to them.
 */
#ifndef PFNSCOPE_REACH_OBJCG_H
#define PFNSCOPE_REACH_OBJCG_H

#include <linux/memcontrol.h>

struct obj_cgroup;

/**
 * struct pfnscope_objcg_place - where among those of a cgroup a walk stands
 * @css: the cgroup, held by whoever walks
 * @part: node id, or 0 where all nodes have the same ones
 * @own: its own one has been visited
 * @at: the one visited last
 */
struct pfnscope_objcg_place {
	struct cgroup_subsys_state *css;
	unsigned int part;
	bool own;
	struct obj_cgroup *at;
};

struct obj_cgroup *pfnscope_objcg_next(struct pfnscope_objcg_place *place);
void pfnscope_objcg_put(struct obj_cgroup *objcg);

#endif /* PFNSCOPE_REACH_OBJCG_H */
