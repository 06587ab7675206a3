// SPDX-License-Identifier: GPL-2.0-only
/*
 * The list of what a cgroup inherited is guarded by objcg_lock, which is taken
 * for one step at a time: the reference to where the walk stands keeps that one
 * on a list, and as long as it belongs to the same cgroup, on the same list.
 */
#include <linux/list.h>
#include <linux/nodemask.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "reach/config.h"
#include "reach/objcg.h"
#include "symbol.h"

#if defined(CONFIG_MEMCG) && !defined(HAVE_PAGE_MEM_CGROUP) && \
	(defined(HAVE_MEMCG_OBJCG) || defined(HAVE_MEMCG_NODE_OBJCG))

/* Those on their way off a list that are passed over in one hold of the lock. */
#define DEAD_MAX	64

#ifdef HAVE_MEMCG_NODE_OBJCG
#define PARTS	nr_node_ids

static struct mem_cgroup_per_node *holder(struct mem_cgroup *memcg,
					  unsigned int part)
{
	return memcg->nodeinfo[part];
}
#else
#define PARTS	1

static struct mem_cgroup *holder(struct mem_cgroup *memcg, unsigned int part)
{
	return memcg;
}
#endif

static struct obj_cgroup *own_objcg(struct mem_cgroup *memcg, unsigned int part)
{
	struct obj_cgroup *objcg = NULL;

	rcu_read_lock();
	if (holder(memcg, part))
		objcg = rcu_dereference(holder(memcg, part)->objcg);
	if (objcg && !obj_cgroup_tryget(objcg))
		objcg = NULL;
	rcu_read_unlock();
	return objcg;
}

/* With the lock held. */
static struct obj_cgroup *next_alive(struct list_head *head,
				     struct list_head *link)
{
	struct obj_cgroup *objcg;
	unsigned int i;

	for (i = 0; i < DEAD_MAX; i++) {
		link = link->next;
		if (link == head)
			return NULL;
		objcg = list_entry(link, struct obj_cgroup, list);
		if (obj_cgroup_tryget(objcg))
			return objcg;
	}
	return NULL;
}

/*
 * With the lock held. When a cgroup is removed, first its own one is taken away,
 * then the list goes to the parent, but its head stays as it was: it must not be
 * followed any more. The root, which may lack its own one, is never removed.
 */
static bool has_list(struct mem_cgroup *memcg, unsigned int part)
{
	return !memcg->css.parent || rcu_access_pointer(holder(memcg, part)->objcg);
}

static struct obj_cgroup *inherited_objcg(struct mem_cgroup *memcg,
					  unsigned int part,
					  struct obj_cgroup *at)
{
	spinlock_t *lock = pfnscope_symbol_address(PFNSCOPE_SYMBOL_OBJCG_LOCK);
	struct obj_cgroup *objcg = NULL;
	struct list_head *head;
	unsigned long flags;

	if (!lock || !holder(memcg, part))
		return NULL;
	head = &holder(memcg, part)->objcg_list;
	spin_lock_irqsave(lock, flags);
	if (at ? READ_ONCE(at->memcg) == memcg : has_list(memcg, part))
		objcg = next_alive(head, at ? &at->list : head);
	spin_unlock_irqrestore(lock, flags);
	return objcg;
}

static struct obj_cgroup *next_in_part(struct pfnscope_objcg_place *place)
{
	struct mem_cgroup *memcg = mem_cgroup_from_css(place->css);
	struct obj_cgroup *objcg;

	if (!place->own) {
		place->own = true;
		objcg = own_objcg(memcg, place->part);
		if (objcg)
			return objcg;
	}
	place->at = inherited_objcg(memcg, place->part, place->at);
	return place->at;
}

/**
 * pfnscope_objcg_next - the next one of a cgroup
 * @place: zeroed but for the cgroup; the caller holds what it got last until it
 *	has got the next one
 *
 * Return: the next one with a reference, NULL after the last one.
 */
struct obj_cgroup *pfnscope_objcg_next(struct pfnscope_objcg_place *place)
{
	struct obj_cgroup *objcg;

	for (; place->part < PARTS; place->part++) {
		objcg = next_in_part(place);
		if (objcg)
			return objcg;
		place->own = false;
		place->at = NULL;
	}
	return NULL;
}

/**
 * pfnscope_objcg_put - let one go
 * @objcg: from pfnscope_objcg_next()
 */
void pfnscope_objcg_put(struct obj_cgroup *objcg)
{
	obj_cgroup_put(objcg);
}
#else /* pages name their cgroup itself, or none */
struct obj_cgroup *pfnscope_objcg_next(struct pfnscope_objcg_place *place)
{
	return NULL;
}

void pfnscope_objcg_put(struct obj_cgroup *objcg)
{
}
#endif
