/* SPDX-License-Identifier: GPL-2.0-only */
/* The areas of vmalloc(), vmap() and their like, one by one. */
#ifndef PFNSCOPE_REACH_VMAP_H
#define PFNSCOPE_REACH_VMAP_H

#include <linux/types.h>

/**
 * struct pfnscope_vmap - an area, and where a walk over all of them is
 * @node: of the allocator's, to be looked at: since v6.9 it has several trees
 * @start: address of the area
 * @end: address behind it; the next one begins there or later
 * @caller: who asked for it; not followed
 * @borrowed: the pages are somebody else's, mapped here once more
 */
struct pfnscope_vmap {
	unsigned int node;
	unsigned long start;
	unsigned long end;
	const void *caller;
	bool borrowed;
};

void pfnscope_vmap_init(void);
const char *pfnscope_vmap_unavailable(void);
bool pfnscope_vmap_next(struct pfnscope_vmap *vmap);

#endif /* PFNSCOPE_REACH_VMAP_H */
