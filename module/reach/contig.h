/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel demands of a range that is to become one huge page. */
#ifndef PFNSCOPE_REACH_CONTIG_H
#define PFNSCOPE_REACH_CONTIG_H

#include <linux/mm.h>
#include <linux/version.h>

#include "reach/symbol.h"

/*
 * Pages above the orders of the buddy allocator are taken out of a range by
 * alloc_contig_pages(). Up to v5.12 it passed over ranges with any page in use;
 * commit eb14d4eefdc4 ("mm,page_alloc: drop unnecessary checks from
 * pfn_range_valid_contig") let it move them.
 */
static inline bool pfnscope_contig_moves_pages(void)
{
	return LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0);
}

/**
 * pfnscope_contig_takes - are such pages taken out of this zone?
 * @zone: the zone
 *
 * They cannot be moved themselves, so that ZONE_MOVABLE is left alone, unless
 * sysctl vm.movable_gigantic_pages (since v7.0) says otherwise.
 *
 * Return: true if they are.
 */
static inline bool pfnscope_contig_takes(const struct zone *zone)
{
	const int *movable =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_MOVABLE_GIGANTIC_PAGES);

	return zone_idx(zone) != ZONE_MOVABLE ||
	       (movable && READ_ONCE(*movable));
}

/* The order of the largest huge page, 0 when no page is that large here. */
static inline unsigned int pfnscope_gigantic_order(void)
{
#if defined(CONFIG_HUGETLB_PAGE) && defined(CONFIG_CONTIG_ALLOC)
	return PUD_SHIFT - PAGE_SHIFT;
#else
	return 0;
#endif
}

#endif /* PFNSCOPE_REACH_CONTIG_H */
