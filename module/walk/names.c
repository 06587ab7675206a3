// SPDX-License-Identifier: GPL-2.0-only
#include "reach/slab.h"
#include "walk/names.h"

/**
 * pfnscope_names_collect - find out what a scan tells page frames apart by
 * @names: zeroed; to be given to pfnscope_names_free() in any case
 * @cgroups: the memory cgroups are wanted too
 * @cost: account of the walk
 *
 * Return: 0, -ENOMEM, or -EINTR when the caller is being killed.
 */
int pfnscope_names_collect(struct pfnscope_names *names, bool cgroups,
			   struct pfnscope_cost *cost)
{
	int ret = pfnscope_stacks_collect(&names->stacks);

	if (!ret && !pfnscope_slab_unavailable())
		ret = pfnscope_caches_keep(&names->caches, cost);
	if (ret)
		return ret;
	pfnscope_caches_sort(&names->caches);
	return cgroups ? pfnscope_charges_collect(&names->charges) : 0;
}

/**
 * pfnscope_names_free - let all go that has a name
 * @names: what pfnscope_names_collect() filled, or zeroes
 */
void pfnscope_names_free(struct pfnscope_names *names)
{
	pfnscope_stacks_free(&names->stacks);
	pfnscope_caches_let_go(&names->caches);
	pfnscope_charges_free(&names->charges);
}

/**
 * pfnscope_names_cache - the cache of a slab
 * @names: as collected
 * @head: first page of the slab
 *
 * Return: the cache, NULL where it has no name.
 */
struct pfnscope_slab_cache *
pfnscope_names_cache(const struct pfnscope_names *names,
		     const struct page *head)
{
	const void *cache = pfnscope_slab_page_cache(head);
	unsigned int index = pfnscope_caches_find(&names->caches, cache);

	return index < names->caches.count ? names->caches.all[index] : NULL;
}
