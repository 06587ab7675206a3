/* SPDX-License-Identifier: GPL-2.0-only */
/* All slab caches as they are at one moment, each kept from being freed. */
#ifndef PFNSCOPE_WALK_CACHES_H
#define PFNSCOPE_WALK_CACHES_H

#include "record.h"

struct pfnscope_slab_cache;

/**
 * struct pfnscope_caches - the list of the slab caches
 * @all: in the order of the list, or in that of their addresses
 * @count: how many
 */
struct pfnscope_caches {
	struct pfnscope_slab_cache **all;
	unsigned int count;
};

int pfnscope_caches_keep(struct pfnscope_caches *caches,
			 struct pfnscope_cost *cost);
void pfnscope_caches_let_go(struct pfnscope_caches *caches);
void pfnscope_caches_sort(struct pfnscope_caches *caches);
unsigned int pfnscope_caches_find(const struct pfnscope_caches *caches,
				  const void *cache);

#endif /* PFNSCOPE_WALK_CACHES_H */
