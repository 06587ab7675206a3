/* SPDX-License-Identifier: GPL-2.0-only */
/* Which page frames there are, of those that have a struct page. */
#ifndef PFNSCOPE_REACH_RAM_H
#define PFNSCOPE_REACH_RAM_H

#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pfn.h>

/**
 * struct pfnscope_ram - a stretch of memory
 * @start: its first page frame
 * @end: first page frame after it
 */
struct pfnscope_ram {
	unsigned long start;
	unsigned long end;
};

/* What is less than a page of it is passed over, as the zones do. */
static inline int pfnscope_ram_found(struct resource *resource, void *arg)
{
	struct pfnscope_ram *ram = arg;

	ram->start = PFN_UP(resource->start);
	ram->end = PFN_DOWN(resource->end + 1);
	return ram->start < ram->end;
}

/**
 * pfnscope_ram_find - the first stretch of memory from a page frame on
 * @pfn: the page frame
 * @end: where to stop
 * @ram: filled, with nothing before the end of the address space if there is none
 *
 * The kernel gives holes of a memory section struct pages that are reserved, as
 * those of its own memory are. The tree of resources, which /proc/iomem shows,
 * tells them apart; its lock is held for the look into it and needed by nobody
 * who allocates or reclaims.
 */
static inline void pfnscope_ram_find(unsigned long pfn, unsigned long end,
				     struct pfnscope_ram *ram)
{
	if (walk_iomem_res_desc(IORES_DESC_NONE,
				IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY,
				PFN_PHYS(pfn), PFN_PHYS(end) - 1, ram,
				pfnscope_ram_found) <= 0) {
		ram->start = ULONG_MAX;
		ram->end = ULONG_MAX;
	}
}

#endif /* PFNSCOPE_REACH_RAM_H */
