/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a scan tells page frames apart by, collected before it: the scan itself
 * reads nothing but struct pages, and compares what they say with this. What
 * came later has no name.
 */
#ifndef PFNSCOPE_WALK_NAMES_H
#define PFNSCOPE_WALK_NAMES_H

#include "classify.h"
#include "walk/caches.h"
#include "walk/charges.h"
#include "walk/frames.h"
#include "walk/stacks.h"

struct page;

/**
 * struct pfnscope_names - what page frames and words of struct pages mean
 * @stacks: which page frames are kernel stacks
 * @caches: the slab caches, in the order of their addresses
 * @charges: the memory cgroups
 * @vmalloc: whose kernel stacks and other areas of vmalloc() are
 * @reserved: what the kernel reserved at boot
 * @holders: what devices and other parts of the kernel have
 * @last: the slab cache asked about last: most slabs are of the one before's
 * @last.word: by which the slab named it
 * @last.number: of it among @caches; how many these are where it has no name
 * @last.reclaimable: its slabs are
 */
struct pfnscope_names {
	struct pfnscope_stacks stacks;
	struct pfnscope_caches caches;
	struct pfnscope_charges charges;
	struct pfnscope_frames vmalloc;
	struct pfnscope_frames reserved;
	struct pfnscope_frames holders;
	struct {
		const void *word;
		unsigned int number;
		bool reclaimable;
	} last;
};

int pfnscope_names_collect(struct pfnscope_names *names, bool owners,
			   struct pfnscope_cost *cost);
void pfnscope_names_free(struct pfnscope_names *names);

void pfnscope_names_ask(struct pfnscope_names *names, const void *cache);

/* What the kernel charges to memory cgroups, page by page. */
static inline bool pfnscope_may_be_charged(enum pfnscope_class class)
{
	switch (class) {
	case PFNSCOPE_CLASS_ANON:
	case PFNSCOPE_CLASS_FILE:
	case PFNSCOPE_CLASS_SHMEM:
	case PFNSCOPE_CLASS_HUGETLB:
	case PFNSCOPE_CLASS_PAGE_TABLE:
	case PFNSCOPE_CLASS_KERNEL_STACK:
	case PFNSCOPE_CLASS_LARGE_KMALLOC:
	case PFNSCOPE_CLASS_KERNEL:
		return true;
	default:
		return false;
	}
}

/*
 * Of the rest of an allocation none but the first page has a reference; other pages
 * without one are on their way somewhere, whatever they were when the names were
 * collected.
 */
static inline bool pfnscope_may_be_held(const struct pfnscope_unit *unit)
{
	return unit->class == PFNSCOPE_CLASS_KERNEL ||
	       unit->class == PFNSCOPE_CLASS_KERNEL_STACK ||
	       (unit->class == PFNSCOPE_CLASS_UNREFERENCED &&
		unit->fate == PFNSCOPE_FATE_UNMOVABLE);
}

#endif /* PFNSCOPE_WALK_NAMES_H */
