// SPDX-License-Identifier: GPL-2.0-only
/*
 * Once the caches are kept only a node's list_lock is taken, for a bounded
 * number of partial slabs. All else is read without a lock, so the numbers of a
 * row may be some allocations apart from each other.
 */
#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/topology.h>

#include "reach/hotplug.h"
#include "reach/slab.h"
#include "walk/slabs.h"

/**
 * pfnscope_slabs_begin - copy the list of caches
 * @cursor: zeroed
 *
 * Return: 0, -ENOMEM, or -EINTR when the task is being killed.
 */
int pfnscope_slabs_begin(struct pfnscope_slabs_cursor *cursor)
{
	int ret = pfnscope_caches_keep(&cursor->caches, &cursor->cost);

	if (ret)
		pfnscope_slabs_end(cursor);
	return ret;
}

/**
 * pfnscope_slabs_end - let the caches go
 * @cursor: from pfnscope_slabs_begin()
 */
void pfnscope_slabs_end(struct pfnscope_slabs_cursor *cursor)
{
	pfnscope_caches_let_go(&cursor->caches);
}

static unsigned long our_flags(unsigned long flags)
{
	const unsigned long debug = (__force unsigned long)
		(SLAB_CONSISTENCY_CHECKS | SLAB_RED_ZONE | SLAB_POISON |
		 SLAB_STORE_USER | SLAB_TRACE);
	unsigned long ours = 0;

	if (flags & (__force unsigned long)SLAB_RECLAIM_ACCOUNT)
		ours |= BIT(PFNSCOPE_SLAB_RECLAIMABLE);
	if (flags & (__force unsigned long)SLAB_CACHE_DMA)
		ours |= BIT(PFNSCOPE_SLAB_DMA);
	if (flags & (__force unsigned long)SLAB_CACHE_DMA32)
		ours |= BIT(PFNSCOPE_SLAB_DMA32);
	if (flags & (__force unsigned long)SLAB_ACCOUNT)
		ours |= BIT(PFNSCOPE_SLAB_ACCOUNTED);
	if (flags & (__force unsigned long)SLAB_TYPESAFE_BY_RCU)
		ours |= BIT(PFNSCOPE_SLAB_RCU);
	if (flags & debug)
		ours |= BIT(PFNSCOPE_SLAB_DEBUG);
	return ours;
}

/*
 * Slabs that were made when memory was short are of the smallest order and
 * hold fewer objects; how many there are follows from the objects missing.
 */
static u64 held_bytes(const struct pfnscope_slab_shape *shape, u64 slabs,
		      u64 objects)
{
	u64 full = slabs * shape->objects;
	u64 small = 0;

	if (shape->objects > shape->min_objects && full > objects)
		small = min(slabs, (full - objects) /
				   (shape->objects - shape->min_objects));
	return ((slabs - small) << (PAGE_SHIFT + shape->order)) +
	       (small << (PAGE_SHIFT + shape->min_order));
}

static void fill_shape(const struct pfnscope_slab_shape *shape,
		       struct pfnscope_slab *record)
{
	strscpy(record->name, shape->name, sizeof(record->name));
	record->object_size = shape->object_size;
	record->size = shape->size;
	record->objects_per_slab = shape->objects;
	record->order = shape->order;
	record->aliases = shape->aliases;
	record->flags = our_flags(shape->flags);
}

static void fill_partial(struct pfnscope_slab_node *n,
			 struct pfnscope_slab *record,
			 struct pfnscope_cost *cost)
{
	struct pfnscope_slab_partial partial;
	u64 free;

	pfnscope_slab_walk_partial(n, &partial);
	cost->longest_hold_ns = max(cost->longest_hold_ns, partial.hold_ns);
	cost->visited_pages += partial.walked;
	record->partial = max(pfnscope_slab_nr_partial(n), partial.walked);
	record->walked = partial.walked;
	free = partial.free;
	if (partial.walked)
		free = div64_u64(free * record->partial, partial.walked);
	record->free = min(free, record->objects);
	record->active = record->objects - record->free;
}

static void add_known(u64 *sum, u64 number)
{
	if (number == PFNSCOPE_UNKNOWN)
		*sum = PFNSCOPE_UNKNOWN;
	else if (*sum != PFNSCOPE_UNKNOWN)
		*sum += number;
}

/* What the CPUs of the node keep, and its barn. */
static void fill_kept(struct pfnscope_slab_cache *cache, int node,
		      struct pfnscope_slab *record)
{
	int cpu;

	record->sheaf = pfnscope_slab_barn_objects(cache, node);
	record->cpu_partial = 0;
	for_each_cpu_and(cpu, cpumask_of_node(node), cpu_online_mask) {
		add_known(&record->sheaf,
			  pfnscope_slab_cpu_objects(cache, cpu));
		add_known(&record->cpu_partial,
			  pfnscope_slab_cpu_slabs(cache, cpu));
	}
}

static void fill_node(struct pfnscope_slabs_cursor *cursor,
		      struct pfnscope_slab_node *n,
		      struct pfnscope_slab *record)
{
	struct pfnscope_slab_cache *cache = cursor->caches.all[cursor->index];
	u64 payload;

	/* The record keeps what it had; a cache looks the same on all nodes. */
	if (!cursor->shaped) {
		pfnscope_slab_shape(cache, &cursor->shape);
		fill_shape(&cursor->shape, record);
		cursor->shaped = true;
	}
	record->node = cursor->node;
	record->slabs = pfnscope_slab_nr_slabs(n);
	record->objects = pfnscope_slab_nr_objects(n);
	fill_partial(n, record, &cursor->cost);
	fill_kept(cache, cursor->node, record);
	record->held = held_bytes(&cursor->shape, record->slabs,
				  record->objects);
	payload = record->active * record->object_size;
	record->wasted = record->held > payload ? record->held - payload : 0;
}

/* The hotplug lock is held: the node's part of the cache stays. */
static bool visit(struct pfnscope_slabs_cursor *cursor,
		  struct pfnscope_slab *record)
{
	struct pfnscope_slab_node *n = NULL;

	if (node_state(cursor->node, N_NORMAL_MEMORY))
		n = pfnscope_slab_node(cursor->caches.all[cursor->index],
				       cursor->node);
	if (n)
		fill_node(cursor, n, record);
	return n;
}

static bool at_end(struct pfnscope_slabs_cursor *cursor)
{
	if (cursor->node >= nr_node_ids) {
		cursor->node = 0;
		cursor->index++;
		cursor->shaped = false;
	}
	return cursor->index >= cursor->caches.count;
}

/**
 * pfnscope_slabs_fill - the next cache and node as a record
 * @cursor: from pfnscope_slabs_begin()
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_slabs_fill(struct pfnscope_slabs_cursor *cursor,
			struct pfnscope_slab *record)
{
	bool filled = false;

	while (!filled && !at_end(cursor)) {
		if (pfnscope_hotplug_read_lock())
			return -EINTR;
		filled = visit(cursor, record);
		pfnscope_hotplug_read_unlock();
		cursor->node++;
	}
	return filled;
}

/* Without the free objects of its partial slabs: no list is walked. */
static void fill_brief(struct pfnscope_slab_cache *cache, int node,
		       struct pfnscope_slab_node *n,
		       struct pfnscope_slab *record)
{
	struct pfnscope_slab_shape shape;

	pfnscope_slab_shape(cache, &shape);
	fill_shape(&shape, record);
	record->node = node;
	record->slabs = pfnscope_slab_nr_slabs(n);
	record->objects = pfnscope_slab_nr_objects(n);
	record->partial = pfnscope_slab_nr_partial(n);
	record->walked = 0;
	record->active = PFNSCOPE_UNKNOWN;
	record->free = PFNSCOPE_UNKNOWN;
	record->wasted = PFNSCOPE_UNKNOWN;
	record->sheaf = PFNSCOPE_UNKNOWN;
	record->cpu_partial = PFNSCOPE_UNKNOWN;
	record->held = held_bytes(&shape, record->slabs, record->objects);
}

static u64 brief_held(struct pfnscope_slab_cache *cache,
		      struct pfnscope_slab_node *n)
{
	struct pfnscope_slab_shape shape;

	pfnscope_slab_shape(cache, &shape);
	return held_bytes(&shape, pfnscope_slab_nr_slabs(n),
			  pfnscope_slab_nr_objects(n));
}

/* Keeps the rows in order, the largest first. Return: how many there are. */
static int insert_brief(struct pfnscope_slab *top, int count, int room,
			struct pfnscope_slab_cache *cache, int node,
			struct pfnscope_slab_node *n)
{
	u64 held = brief_held(cache, n);
	int at = count;

	while (at && top[at - 1].held < held)
		at--;
	if (!held || at == room)
		return count;
	count = min(count + 1, room);
	memmove(&top[at + 1], &top[at], (count - at - 1) * sizeof(*top));
	fill_brief(cache, node, n, &top[at]);
	return count;
}

/**
 * pfnscope_slabs_top - the caches that hold most, without a wait
 * @top: filled, the largest first
 * @room: how many fit
 * @unavailable: why there are none
 *
 * For a task that may be in the middle of an allocation: slab_mutex is only
 * tried. It keeps the caches and their parts on the nodes.
 *
 * Return: how many rows, or -EBUSY or -ENODEV.
 */
int pfnscope_slabs_top(struct pfnscope_slab *top, unsigned int room,
		       const char **unavailable)
{
	struct pfnscope_slab_cache *cache;
	struct pfnscope_slab_node *n;
	struct list_head *link;
	int count = 0;
	int node;

	*unavailable = pfnscope_slab_unavailable();
	if (*unavailable)
		return -ENODEV;
	if (!pfnscope_slab_trylock()) {
		*unavailable = "slab_mutex was taken";
		return -EBUSY;
	}
	list_for_each(link, pfnscope_slab_list()) {
		cache = pfnscope_slab_cache(link);
		for_each_node_state(node, N_NORMAL_MEMORY) {
			n = pfnscope_slab_node(cache, node);
			if (n)
				count = insert_brief(top, count, room, cache,
						     node, n);
		}
	}
	pfnscope_slab_unlock();
	return count;
}
