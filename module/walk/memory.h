/* SPDX-License-Identifier: GPL-2.0-only */
/* How a walk asks for memory of its own. */
#ifndef PFNSCOPE_WALK_MEMORY_H
#define PFNSCOPE_WALK_MEMORY_H

#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

/*
 * Without __GFP_NORETRY a small request does not fail: it calls the OOM killer. No
 * task is to die for a report, least of all one on why another one died.
 */
#define PFNSCOPE_GFP	(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN)

/**
 * pfnscope_room - room for an array, to be given back by kvfree()
 * @count: elements, at least one
 * @size: of each
 *
 * A slab object where that is large enough, so that no page changes its class by
 * being looked for; else not in one piece: large blocks are what others look for.
 */
static inline void *pfnscope_room(size_t count, size_t size)
{
	size_t bytes = array_size(count, size);

	if (bytes <= KMALLOC_MAX_CACHE_SIZE)
		return kmalloc(bytes, PFNSCOPE_GFP);
	return __vmalloc(bytes, PFNSCOPE_GFP);
}

#endif /* PFNSCOPE_WALK_MEMORY_H */
