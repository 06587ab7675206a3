/* SPDX-License-Identifier: GPL-2.0-only */
/* Slab caches, node by node. */
#ifndef PFNSCOPE_WALK_SLABS_H
#define PFNSCOPE_WALK_SLABS_H

#include "reach/slab.h"
#include "record-slabs.h"
#include "walk/caches.h"

/**
 * struct pfnscope_slabs_cursor - the caches as they were at the start
 * @caches: each of them kept from being freed
 * @index: which one is visited
 * @node: the node to visit next
 * @shape: of the cache that was visited last
 * @shaped: the record has it, and the name
 * @cost: what it has cost
 */
struct pfnscope_slabs_cursor {
	struct pfnscope_caches caches;
	unsigned int index;
	int node;
	struct pfnscope_slab_shape shape;
	bool shaped;
	struct pfnscope_cost cost;
};

int pfnscope_slabs_begin(struct pfnscope_slabs_cursor *cursor);
int pfnscope_slabs_fill(struct pfnscope_slabs_cursor *cursor,
			struct pfnscope_slab *record);
void pfnscope_slabs_end(struct pfnscope_slabs_cursor *cursor);
int pfnscope_slabs_top(struct pfnscope_slab *top, unsigned int room,
		       const char **unavailable);

#endif /* PFNSCOPE_WALK_SLABS_H */
