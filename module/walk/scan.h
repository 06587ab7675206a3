/* SPDX-License-Identifier: GPL-2.0-only */
/* One lockless walk over every page frame, a pageblock at a time. */
#ifndef PFNSCOPE_WALK_SCAN_H
#define PFNSCOPE_WALK_SCAN_H

#include "reach/ram.h"
#include "record-scan.h"
#include "walk/block.h"
#include "walk/names.h"
#include "walk/zones.h"

struct pfnscope_scan;

/**
 * struct pfnscope_visitor - what else is to be told of each unit
 * @visit: called for the part of a unit that lies in the current block: its first
 *	page frame, and how many these are
 * @data: for it
 * @small: units of order 0 are wanted too; those that are alike, their cgroup
 *	included, come as one
 */
struct pfnscope_visitor {
	void (*visit)(void *data, const struct pfnscope_unit *unit,
		      unsigned long pfn, unsigned int pages);
	void *data;
	bool small;
};

/**
 * struct pfnscope_scan - how far a walk has come
 * @block: the block just looked at
 * @map_pages: its maps are wanted
 * @maps: they
 * @visitor: optional
 * @cost: account for `stats`
 * @zone: being looked at, NULL before the first
 * @failed: why it cannot be, or 0
 * @pfn: the next block starts here, or @zone starts in it
 * @end_pfn: @zone ends before
 * @zone_bits: what its pages carry
 * @carry: unit that reached from the last block into the next one
 * @carry.pfn: it
 * @carry.end: and how far; 0 if there is none
 * @lone_pfn: last single page of the kernel's: the pages after it may be its rest
 * @ram: the memory that was found last
 * @names: what kernel stacks, slab caches and cgroups are told apart by
 * @locked: pages looked at since memory was kept from going offline
 */
struct pfnscope_scan {
	struct pfnscope_block block;
	bool map_pages;
	struct pfnscope_maps maps;
	struct pfnscope_visitor visitor;
	struct pfnscope_cost cost;

	struct zone *zone;
	int failed;
	unsigned long pfn;
	unsigned long end_pfn;
	unsigned long zone_bits;
	struct {
		unsigned long pfn;
		unsigned long end;
	} carry;
	unsigned long lone_pfn;
	struct pfnscope_ram ram;
	struct pfnscope_names names;
	unsigned long locked;
};

/**
 * struct pfnscope_scan_pcp - the per-CPU lists of a zone, added up
 * @pages: on all of them
 * @most: on the fullest
 * @high: what a list may hold in a zone that is short of free pages, of the largest
 */
struct pfnscope_scan_pcp {
	u64 pages;
	u64 most;
	u64 high;
};

int pfnscope_scan_begin(struct pfnscope_scan *scan, bool owners);
bool pfnscope_scan_next_zone(struct pfnscope_scan *scan,
			     struct pfnscope_zone_cursor *zones);
void pfnscope_scan_range(struct pfnscope_scan *scan, unsigned long start,
			 unsigned long end);
int pfnscope_scan_block(struct pfnscope_scan *scan);
void pfnscope_scan_pcp(const struct pfnscope_scan *scan,
		       struct pfnscope_scan_pcp *pcp);
void pfnscope_scan_pause(struct pfnscope_scan *scan);
void pfnscope_scan_end(struct pfnscope_scan *scan);

#endif /* PFNSCOPE_WALK_SCAN_H */
