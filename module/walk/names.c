// SPDX-License-Identifier: GPL-2.0-only
#include "reach/slab.h"
#include "walk/holders.h"
#include "walk/names.h"

/**
 * pfnscope_names_collect - find out what a scan tells page frames apart by
 * @names: zeroed; to be given to pfnscope_names_free() in any case
 * @owners: whose pages they are is wanted too: memory cgroups, areas of vmalloc(),
 *	what was reserved at boot, and what else knows its pages
 * @cost: account of the walk
 *
 * Return: 0, -ENOMEM, or -EINTR when the caller is being killed.
 */
int pfnscope_names_collect(struct pfnscope_names *names, bool owners,
			   struct pfnscope_cost *cost)
{
	int ret = pfnscope_stacks_collect(&names->stacks);

	if (!ret && !pfnscope_slab_unavailable())
		ret = pfnscope_caches_keep(&names->caches, cost);
	if (ret)
		return ret;
	pfnscope_caches_sort(&names->caches);
	names->last.number = names->caches.count;
	if (!owners)
		return 0;
	return pfnscope_charges_collect(&names->charges) ?:
	       pfnscope_vmalloc_collect(&names->vmalloc) ?:
	       pfnscope_reserved_collect(&names->reserved) ?:
	       pfnscope_holders_collect(&names->holders);
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
	pfnscope_frames_free(&names->vmalloc);
	pfnscope_frames_free(&names->reserved);
	pfnscope_frames_free(&names->holders);
}

/**
 * pfnscope_names_ask - look up the cache of a slab
 * @names: as collected, or zeroed; its last one is filled
 * @cache: what the slab names as its cache; not followed
 */
void pfnscope_names_ask(struct pfnscope_names *names, const void *cache)
{
	const struct pfnscope_caches *caches = &names->caches;
	unsigned int number = pfnscope_caches_find(caches, cache);

	names->last.word = cache;
	names->last.number = number;
	names->last.reclaimable = number < caches->count &&
				  pfnscope_slab_reclaimable(caches->all[number]);
}
