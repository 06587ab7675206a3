// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a page is, from its struct page and without a reference to it. A page that
 * changes hands meanwhile is read anew. It is taken for what it was or for what it
 * becomes: a free block that is merged with the one before it, which was passed
 * already, costs the pages it had.
 */
#include "reach/page.h"
#include "reach/slab.h"
#include "walk/names.h"
#include "walk/unit.h"

/* So often a page is read that changes hands each time. */
#define TRIES	4

static bool read_unit(struct page *page, unsigned long pfn,
		      struct pfnscope_unit *unit)
{
	struct pfnscope_words words __uninitialized;
	unsigned long start = pfn;

	unit->page = pfnscope_page_head(page, &start);
	pfnscope_page_read(unit->page, start, &words);
	return pfnscope_classify(&words, pfn, unit) &&
	       pfnscope_page_stands(unit->page, &words);
}

/* Where no caches were collected nobody wants to know. */
static void name_cache(struct pfnscope_unit *unit, struct pfnscope_names *names)
{
	const void *cache = NULL;

	if (names->caches.count)
		cache = pfnscope_slab_page_cache(unit->page);
	if (cache != names->last.word)
		pfnscope_names_ask(names, cache);
	unit->cache = names->last.number;
	if (names->last.reclaimable)
		unit->states = BIT(PFNSCOPE_STATE_RECLAIMABLE);
}

/* What neither the page nor its head page says. */
static void add_names(struct pfnscope_unit *unit, unsigned long pfn,
		      struct pfnscope_names *names)
{
	if (pfnscope_may_be_stack(unit->class, IS_ENABLED(CONFIG_VMAP_STACK)) &&
	    pfnscope_stacks_contain(&names->stacks, pfn)) {
		unit->class = PFNSCOPE_CLASS_KERNEL_STACK;
		unit->fate = PFNSCOPE_FATE_UNMOVABLE;
	} else if (unit->class == PFNSCOPE_CLASS_SLAB) {
		name_cache(unit, names);
	}
}

/**
 * pfnscope_unit_at - what is at a page frame
 * @page: of it, online (see hotplug.h)
 * @pfn: its number
 * @zone_bits: pfnscope_zone_bits() of the zone that is being looked at
 * @names: which kernel stacks and slab caches there are
 * @unit: filled; it may begin before @pfn, and end beyond the zone
 */
void pfnscope_unit_at(struct page *page, unsigned long pfn,
		      unsigned long zone_bits,
		      struct pfnscope_names *names,
		      struct pfnscope_unit *unit)
{
	unsigned long flags = pfnscope_page_flags(page);
	unsigned int tries;

	if ((flags ^ zone_bits) & pfnscope_zone_bits_mask()) {
		unit->absent = true;
		unit->start = pfn;
		unit->end = pfn + 1;
		return;
	}
	for (tries = 0; tries < TRIES; tries++) {
		if (read_unit(page, pfn, unit)) {
			add_names(unit, pfn, names);
			return;
		}
	}
	pfnscope_classify_torn(pfn, unit);
	unit->page = page;
}
