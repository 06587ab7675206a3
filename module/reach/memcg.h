/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory cgroups: the root of them all, and from one to the next. */
#ifndef PFNSCOPE_REACH_MEMCG_H
#define PFNSCOPE_REACH_MEMCG_H

#include <linux/cgroup.h>
#include <linux/memcontrol.h>
#include <linux/page_counter.h>
#include <linux/sched/task.h>

#include "reach/config.h"

/**
 * struct pfnscope_memcg_limits - what a memory cgroup is charged, and its limits
 * @usage: pages charged to it and to those below it
 * @min: memory.min in pages, as all of these
 * @low: memory.low
 * @emin: what reclaim made of @min when it last came by
 * @elow: what it made of @low
 * @unified: the controller is on the hierarchy of version 2
 * @swap: swapped out; of version 2 only
 * @swap_max: memory.swap.max, PAGE_COUNTER_MAX without a limit; of version 2 only
 * @swappiness: its own, below 0 where vm.swappiness counts
 */
struct pfnscope_memcg_limits {
	u64 usage;
	u64 min;
	u64 low;
	u64 emin;
	u64 elow;
	bool unified;
	u64 swap;
	u64 swap_max;
	int swappiness;
};

#ifdef CONFIG_MEMCG
/**
 * pfnscope_memcg_root - the root of all memory cgroups
 *
 * It is not exported before v7.0, but the idle task never leaves it.
 *
 * Return: the root, which is never freed; NULL where the kernel has no memory
 * cgroups or was booted without them.
 */
static inline struct cgroup_subsys_state *pfnscope_memcg_root(void)
{
	struct cgroup_subsys_state *css;

	if (mem_cgroup_disabled())
		return NULL;
	rcu_read_lock();
	css = &mem_cgroup_from_task(&init_task)->css;
	while (css->parent)
		css = css->parent;
	rcu_read_unlock();
	return css;
}

/* With a reference, unless the last one is gone already. */
static inline bool pfnscope_memcg_tryget(struct cgroup_subsys_state *css)
{
	return css_tryget(css);
}

/**
 * pfnscope_memcg_next - the next memory cgroup, dying ones included
 * @css: the last one, with a reference; NULL to begin with the root
 * @root: from pfnscope_memcg_root()
 *
 * A cgroup stays linked to the next one as long as somebody has a reference, so
 * the walk goes on where it was however long it paused. The caller puts @css.
 *
 * Return: the next one with a reference, NULL after the last one.
 */
static inline struct cgroup_subsys_state *
pfnscope_memcg_next(struct cgroup_subsys_state *css,
		    struct cgroup_subsys_state *root)
{
	rcu_read_lock();
	do {
		css = css_next_descendant_pre(css, root);
	} while (css && !css_tryget(css));
	rcu_read_unlock();
	return css;
}

/* The memory cgroup of a task, to be used under RCU; NULL where it has none. */
static inline struct cgroup_subsys_state *
pfnscope_memcg_of(struct task_struct *task)
{
	struct mem_cgroup *memcg;

	memcg = mem_cgroup_disabled() ? NULL : mem_cgroup_from_task(task);
	return memcg ? &memcg->css : NULL;
}

/* Its directory was removed, but it is not freed while pages are charged to it. */
static inline bool pfnscope_memcg_dying(struct cgroup_subsys_state *css)
{
	return css_is_dying(css);
}

/* The inode number of its directory. */
static inline u64 pfnscope_memcg_id(struct cgroup_subsys_state *css)
{
	return cgroup_id(css->cgroup);
}

/* Of cgroups of version 1; below 0 where vm.swappiness counts. */
static inline int pfnscope_memcg_swappiness(struct mem_cgroup *memcg)
{
#ifdef HAVE_MEMCG_SWAPPINESS
	if (!cgroup_subsys_on_dfl(memory_cgrp_subsys) && memcg->css.parent)
		return READ_ONCE(memcg->swappiness);
#endif
	return -1;
}

/* Counters, read as they are: they change on the way. */
static inline void pfnscope_memcg_limits(struct cgroup_subsys_state *css,
					 struct pfnscope_memcg_limits *limits)
{
	struct mem_cgroup *memcg = mem_cgroup_from_css(css);

	limits->usage = page_counter_read(&memcg->memory);
	limits->min = READ_ONCE(memcg->memory.min);
	limits->low = READ_ONCE(memcg->memory.low);
	limits->emin = READ_ONCE(memcg->memory.emin);
	limits->elow = READ_ONCE(memcg->memory.elow);
	limits->unified = cgroup_subsys_on_dfl(memory_cgrp_subsys);
	limits->swap = page_counter_read(&memcg->swap);
	limits->swap_max = READ_ONCE(memcg->swap.max);
	limits->swappiness = pfnscope_memcg_swappiness(memcg);
}

#else /* !CONFIG_MEMCG: there is no css, so none of these is asked for one */

static inline struct cgroup_subsys_state *pfnscope_memcg_root(void)
{
	return NULL;
}

static inline bool pfnscope_memcg_tryget(struct cgroup_subsys_state *css)
{
	return false;
}

static inline struct cgroup_subsys_state *
pfnscope_memcg_next(struct cgroup_subsys_state *css,
		    struct cgroup_subsys_state *root)
{
	return NULL;
}

static inline struct cgroup_subsys_state *
pfnscope_memcg_of(struct task_struct *task)
{
	return NULL;
}

static inline bool pfnscope_memcg_dying(struct cgroup_subsys_state *css)
{
	return false;
}

static inline u64 pfnscope_memcg_id(struct cgroup_subsys_state *css)
{
	return 0;
}

static inline void pfnscope_memcg_limits(struct cgroup_subsys_state *css,
					 struct pfnscope_memcg_limits *limits)
{
}

#endif /* CONFIG_MEMCG */

#endif /* PFNSCOPE_REACH_MEMCG_H */
