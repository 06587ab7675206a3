/* SPDX-License-Identifier: GPL-2.0-only */
/* One lockless walk over every page frame, a pageblock at a time. */
#ifndef PFNSCOPE_WALK_SCAN_H
#define PFNSCOPE_WALK_SCAN_H

#include <linux/bitmap.h>

#include "record-scan.h"
#include "walk/classify.h"
#include "walk/stacks.h"
#include "walk/zones.h"

/* No pageblock is larger than the largest block of the buddy allocator. */
#define PFNSCOPE_BLOCK_PAGES	BIT(PFNSCOPE_NR_ORDERS - 1)

struct pfnscope_scan;

/**
 * struct pfnscope_visitor - what else is to be told of each unit
 * @visit: called for the part of a unit that lies in the current block, under
 *	RCU: it may follow what RCU protects, and must not sleep
 * @data: for it
 * @small: units of order 0 are wanted too; those that are alike, their cgroup
 *	included, come as one
 */
struct pfnscope_visitor {
	void (*visit)(void *data, const struct pfnscope_unit *unit,
		      unsigned int pages);
	void *data;
	bool small;
};

/**
 * struct pfnscope_scan - how far a walk has come
 * @block: the block just looked at
 * @maps: the four maps below are wanted
 * @absent: of its pages, those that are not online or of another zone
 * @unmovable: those that cannot move, @absent included
 * @busy: those that are neither free nor clean file cache, @unmovable included
 * @drain: those that are neither free nor perhaps on a per-CPU list
 * @visitor: optional
 * @cost: account for `stats`
 * @zone: being looked at, NULL before the first
 * @pfn: the next block starts here, or @zone starts in it
 * @end_pfn: @zone ends before
 * @zone_bits: what its pages carry
 * @carry_pfn: unit that reaches from the last block into the next one
 * @carry_end: and how far
 * @kernel_pfn: last single page of the kernel's, for the pages after it
 * @stacks: the kernel stacks
 * @locked: blocks looked at since memory was kept from going offline
 */
struct pfnscope_scan {
	struct pfnscope_block block;
	bool maps;
	DECLARE_BITMAP(absent, PFNSCOPE_BLOCK_PAGES);
	DECLARE_BITMAP(unmovable, PFNSCOPE_BLOCK_PAGES);
	DECLARE_BITMAP(busy, PFNSCOPE_BLOCK_PAGES);
	DECLARE_BITMAP(drain, PFNSCOPE_BLOCK_PAGES);
	struct pfnscope_visitor visitor;
	struct pfnscope_cost cost;

	struct zone *zone;
	unsigned long pfn;
	unsigned long end_pfn;
	unsigned long zone_bits;
	unsigned long carry_pfn;
	unsigned long carry_end;
	unsigned long kernel_pfn;
	struct pfnscope_stacks stacks;
	unsigned int locked;
};

int pfnscope_scan_begin(struct pfnscope_scan *scan);
bool pfnscope_scan_next_zone(struct pfnscope_scan *scan,
			     struct pfnscope_zone_cursor *zones);
int pfnscope_scan_block(struct pfnscope_scan *scan);
u64 pfnscope_scan_pcp_pages(const struct pfnscope_scan *scan);
void pfnscope_scan_pause(struct pfnscope_scan *scan);
void pfnscope_scan_end(struct pfnscope_scan *scan);

#endif /* PFNSCOPE_WALK_SCAN_H */
