// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a page is, from its struct page and without a reference to it. A page that
 * changes hands meanwhile is read anew. It is taken for what it was or for what it
 * becomes: a free block that is merged with the one before it, which was passed
 * already, costs the pages it had.
 */
#include "reach/page.h"
#include "reach/slab_page.h"
#include "walk/stacks.h"
#include "walk/unit.h"

/* So often a page is read that changes hands each time. */
#define TRIES	4

static bool read_unit(struct page *page, unsigned long pfn,
		      struct pfnscope_unit *unit)
{
	unsigned long start = pfn;
	struct pfnscope_words words;

	unit->page = pfnscope_page_head(page, &start);
	pfnscope_page_read(unit->page, start, &words);
	return pfnscope_classify(&words, pfn, unit) &&
	       pfnscope_page_stands(unit->page, &words);
}

/* What neither the page nor its head page says. */
static void add_names(struct pfnscope_unit *unit, unsigned long pfn,
		      const struct pfnscope_stacks *stacks)
{
	if (unit->class == PFNSCOPE_CLASS_KERNEL &&
	    pfnscope_stacks_contain(stacks, pfn))
		unit->class = PFNSCOPE_CLASS_KERNEL_STACK;
	else if (unit->class == PFNSCOPE_CLASS_SLAB &&
		 pfnscope_slab_page_reclaimable(unit->page))
		unit->states = BIT(PFNSCOPE_STATE_RECLAIMABLE);
}

/**
 * pfnscope_unit_at - what is at a page frame
 * @page: of it, online (see hotplug.h)
 * @pfn: its number
 * @zone_bits: pfnscope_zone_bits() of the zone that is being looked at
 * @stacks: where the kernel stacks are, or NULL
 * @unit: filled; it may begin before @pfn, and end beyond the zone
 */
void pfnscope_unit_at(struct page *page, unsigned long pfn,
		      unsigned long zone_bits,
		      const struct pfnscope_stacks *stacks,
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
			add_names(unit, pfn, stacks);
			return;
		}
	}
	pfnscope_classify_torn(pfn, unit);
	unit->page = page;
}
