/* SPDX-License-Identifier: GPL-2.0-only */
/* From a page frame to what it is: the unit it belongs to and that unit's class. */
#ifndef PFNSCOPE_WALK_CLASSIFY_H
#define PFNSCOPE_WALK_CLASSIFY_H

#include "record-scan.h"

/**
 * struct pfnscope_unit - a free block, a compound page or a single page
 * @page: its first page, or the page asked about where that is not known
 * @start: page frame number of @page
 * @end: first page frame after it
 * @class: what it is
 * @fate: what can become of it
 * @states: bits of enum pfnscope_state
 * @order: of the free block or compound page
 * @absent: not a page of the zone; nothing else is valid then
 */
struct pfnscope_unit {
	struct page *page;
	unsigned long start;
	unsigned long end;
	enum pfnscope_class class;
	enum pfnscope_fate fate;
	unsigned int states;
	unsigned int order;
	bool absent;
};

struct pfnscope_stacks;

void pfnscope_classify(struct page *page, unsigned long pfn,
		       unsigned long zone_bits,
		       const struct pfnscope_stacks *stacks,
		       struct pfnscope_unit *unit);

const char *pfnscope_class_name(enum pfnscope_class class);
const char *pfnscope_state_name(enum pfnscope_state state);

#endif /* PFNSCOPE_WALK_CLASSIFY_H */
