/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel demands of a range that is to become one huge page. */
#ifndef PFNSCOPE_REACH_CONTIG_H
#define PFNSCOPE_REACH_CONTIG_H

#include <linux/mm.h>
#include <linux/version.h>

#include "reach/cma.h"
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

/*
 * cma_alloc() passes nothing over, and moves or replaces huge pages since commit
 * ae37c7ff79f1 ("mm: make alloc_contig_range handle in-use hugetlb pages"), v5.13.
 */
static inline bool pfnscope_cma_moves_hugetlb(void)
{
	return LINUX_VERSION_CODE >= KERNEL_VERSION(5, 13, 0);
}

/*
 * They cannot be moved themselves, so that ZONE_MOVABLE is left alone, unless
 * sysctl vm.movable_gigantic_pages (since v7.0) says otherwise.
 */
static inline bool pfnscope_contig_takes_zone(const struct zone *zone)
{
	const int *movable =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_MOVABLE_GIGANTIC_PAGES);

	return zone_idx(zone) != ZONE_MOVABLE ||
	       (movable && READ_ONCE(*movable));
}

/**
 * enum pfnscope_contig - how a gigantic page comes out of a range
 * @PFNSCOPE_CONTIG_NEVER: it does not
 * @PFNSCOPE_CONTIG_PAGES: by alloc_contig_pages()
 * @PFNSCOPE_CONTIG_CMA: by cma_alloc(), which moves all that can move
 * @PFNSCOPE_CONTIG_UNKNOWN: by cma_alloc() if the area is hugetlb's
 */
enum pfnscope_contig {
	PFNSCOPE_CONTIG_NEVER,
	PFNSCOPE_CONTIG_PAGES,
	PFNSCOPE_CONTIG_CMA,
	PFNSCOPE_CONTIG_UNKNOWN,
};

/**
 * pfnscope_contig_way - how would a page come out of this range?
 * @zone: in which it lies
 * @start_pfn: its first page frame
 * @pages: how many
 * @cma: whether one of its pageblocks is CMA's
 *
 * A pageblock of CMA is isolated for nobody but cma_alloc(), of the area that it
 * lies in: has_unmovable_pages(). hugetlb asks its own areas first, whatever the
 * zone.
 */
static inline enum pfnscope_contig
pfnscope_contig_way(struct zone *zone, unsigned long start_pfn,
		    unsigned long pages, bool cma)
{
	if (cma && pfnscope_cma_unavailable())
		return PFNSCOPE_CONTIG_UNKNOWN;
	if (cma)
		return pfnscope_cma_gives(zone_to_nid(zone), start_pfn, pages) ?
		       PFNSCOPE_CONTIG_CMA : PFNSCOPE_CONTIG_NEVER;
	return pfnscope_contig_takes_zone(zone) && !pfnscope_cma_exclusive() ?
	       PFNSCOPE_CONTIG_PAGES : PFNSCOPE_CONTIG_NEVER;
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
