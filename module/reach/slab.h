/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Slab caches from inside: struct kmem_cache and what hangs on it are private
 * to mm/, so every member is read at the offset that the running kernel's BTF
 * gives. A cache is an opaque pointer here, a node of a cache another.
 */
#ifndef PFNSCOPE_REACH_SLAB_H
#define PFNSCOPE_REACH_SLAB_H

#include <linux/types.h>

struct list_head;
struct mutex;
struct page;
struct pfnscope_slab_cache;
struct pfnscope_slab_node;

/* What a cache is, for as long as it exists. */
struct pfnscope_slab_shape {
	const char *name;
	unsigned long flags;
	unsigned int object_size;
	unsigned int size;
	unsigned int order;
	unsigned int objects;
	unsigned int min_order;
	unsigned int min_objects;
	int aliases;
};

/* Free and all objects of the slabs that were looked at. */
struct pfnscope_slab_partial {
	unsigned long walked;
	unsigned long free;
	u64 hold_ns;
};

void pfnscope_slab_init(void);
const char *pfnscope_slab_unavailable(void);

/* For the list and what is on it. */
int pfnscope_slab_lock(void);
bool pfnscope_slab_trylock(void);
void pfnscope_slab_unlock(void);
struct list_head *pfnscope_slab_list(void);
struct pfnscope_slab_cache *pfnscope_slab_cache(struct list_head *link);

bool pfnscope_slab_get(struct pfnscope_slab_cache *cache);
void pfnscope_slab_put(struct pfnscope_slab_cache *cache);
void pfnscope_slab_shape(struct pfnscope_slab_cache *cache,
			 struct pfnscope_slab_shape *shape);

const char *pfnscope_slab_name(struct pfnscope_slab_cache *cache);
bool pfnscope_slab_reclaimable(struct pfnscope_slab_cache *cache);
const void *pfnscope_slab_page_cache(const struct page *head);

struct pfnscope_slab_node *pfnscope_slab_node(struct pfnscope_slab_cache *cache,
					      int node);
unsigned long pfnscope_slab_nr_slabs(struct pfnscope_slab_node *n);
unsigned long pfnscope_slab_nr_objects(struct pfnscope_slab_node *n);
unsigned long pfnscope_slab_nr_partial(struct pfnscope_slab_node *n);
void pfnscope_slab_walk_partial(struct pfnscope_slab_node *n,
				struct pfnscope_slab_partial *partial);

u64 pfnscope_slab_barn_objects(struct pfnscope_slab_cache *cache, int node);
u64 pfnscope_slab_cpu_objects(struct pfnscope_slab_cache *cache, int cpu);
u64 pfnscope_slab_cpu_slabs(struct pfnscope_slab_cache *cache, int cpu);

#endif /* PFNSCOPE_REACH_SLAB_H */
