// SPDX-License-Identifier: GPL-2.0-only
/*
 * slab_mutex is held once, for the copy of the list; every cache on it is kept
 * by a reference until the reader is done.
 */
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/sched.h>

#include "reach/slab.h"
#include "walk/caches.h"
#include "walk/memory.h"
#include "walk/sorted.h"

/* A host with thousands of containers had 100,000 caches up to 5.8. */
#define CACHES_MAX	1000000

static int count_caches(void)
{
	struct list_head *link;
	int count = 0;

	list_for_each(link, pfnscope_slab_list())
		count++;
	return count;
}

static unsigned int keep_caches(struct pfnscope_slab_cache **caches,
				unsigned int room)
{
	struct pfnscope_slab_cache *cache;
	struct list_head *link;
	unsigned int count = 0;

	list_for_each(link, pfnscope_slab_list()) {
		cache = pfnscope_slab_cache(link);
		if (count == room)
			break;
		if (pfnscope_slab_get(cache))
			caches[count++] = cache;
	}
	return count;
}

/* Keeps all caches if there is room; returns how many there are. */
static int copy_list(struct pfnscope_caches *caches, int room,
		     struct pfnscope_cost *cost)
{
	int all;
	u64 start;

	if (pfnscope_slab_lock())
		return -EINTR;
	start = ktime_get_ns();
	all = count_caches();
	if (all <= room)
		caches->count = keep_caches(caches->all, room);
	cost->longest_hold_ns = max(cost->longest_hold_ns,
				    ktime_get_ns() - start);
	pfnscope_slab_unlock();
	return all;
}

/**
 * pfnscope_caches_keep - copy the list of caches
 * @caches: zeroed; to be given to pfnscope_caches_let_go() in any case
 * @cost: whose hold of slab_mutex is raised
 *
 * Not to be called where pfnscope_slab_unavailable().
 *
 * Return: 0, -ENOMEM, or -EINTR when the task is being killed.
 */
int pfnscope_caches_keep(struct pfnscope_caches *caches,
			 struct pfnscope_cost *cost)
{
	int room = 0;
	int all;

	/* The room is made outside of the mutex, where the list may grow. */
	while ((all = copy_list(caches, room, cost)) > room) {
		kvfree(caches->all);
		room = all + 16;
		caches->all = NULL;
		if (room <= CACHES_MAX)
			caches->all = pfnscope_room(room, sizeof(void *));
		if (!caches->all)
			return -ENOMEM;
	}
	return min(all, 0);
}

/**
 * pfnscope_caches_let_go - let the caches go
 * @caches: from pfnscope_caches_keep(), or zeroed
 */
void pfnscope_caches_let_go(struct pfnscope_caches *caches)
{
	unsigned int i;

	for (i = 0; i < caches->count; i++) {
		pfnscope_slab_put(caches->all[i]);
		cond_resched();
	}
	kvfree(caches->all);
	caches->all = NULL;
	caches->count = 0;
}

/**
 * pfnscope_caches_sort - prepare for pfnscope_caches_find()
 * @caches: from pfnscope_caches_keep()
 */
void pfnscope_caches_sort(struct pfnscope_caches *caches)
{
	pfnscope_sort(caches->all, caches->count, sizeof(*caches->all));
}

/**
 * pfnscope_caches_find - which one a slab's cache is
 * @caches: sorted
 * @cache: what the slab names as its cache; not followed
 *
 * Return: its index; how many there are for none of them.
 */
unsigned int pfnscope_caches_find(const struct pfnscope_caches *caches,
				  const void *cache)
{
	struct pfnscope_slab_cache *const *found;

	found = pfnscope_find(caches->all, caches->count, sizeof(*caches->all),
			      (unsigned long)cache);
	return found ? found - caches->all : caches->count;
}
