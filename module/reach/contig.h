/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel demands of a range that is to become one huge page. */
#ifndef PFNSCOPE_REACH_CONTIG_H
#define PFNSCOPE_REACH_CONTIG_H

#include <linux/mm.h>
#include <linux/version.h>

#include "reach/hugepage.h"
#include "reach/page_bits.h"
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

/*
 * Ranges with a huge page in them were passed over, until commit 3bb64898f003
 * ("page_alloc: allow migration of smaller hugepages during contig_alloc"), v7.0,
 * let it move those that are smaller than the range, where no other range is left.
 */
static inline bool pfnscope_contig_moves_hugetlb(void)
{
	return LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0);
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

/*
 * The order of the largest huge page that there is a pool of, 0 when none is known.
 * With large base pages that is far from what a PUD maps.
 */
static inline unsigned int pfnscope_gigantic_order(void)
{
	if (!IS_ENABLED(CONFIG_CONTIG_ALLOC))
		return 0;
	return min_t(unsigned int, pfnscope_hugepage_largest(),
		     PFNSCOPE_COMPOUND_ORDER_MAX);
}

#endif /* PFNSCOPE_REACH_CONTIG_H */
