/* SPDX-License-Identifier: GPL-2.0-only */
/* Where this kernel has the flags of struct page that tell what it is. */
#ifndef PFNSCOPE_REACH_PAGE_BITS_H
#define PFNSCOPE_REACH_PAGE_BITS_H

#include <linux/bits.h>
#include <linux/mm.h>
#include <linux/page-flags.h>

#include "reach/order.h"

#define PFNSCOPE_PG_LOCKED	BIT(PG_locked)
#define PFNSCOPE_PG_UPTODATE	BIT(PG_uptodate)
#define PFNSCOPE_PG_REFERENCED	BIT(PG_referenced)
#define PFNSCOPE_PG_DIRTY	BIT(PG_dirty)
#define PFNSCOPE_PG_LRU		BIT(PG_lru)
#define PFNSCOPE_PG_ACTIVE	BIT(PG_active)
#define PFNSCOPE_PG_HEAD	BIT(PG_head)
#define PFNSCOPE_PG_RESERVED	BIT(PG_reserved)
#define PFNSCOPE_PG_PRIVATE	BIT(PG_private)
#define PFNSCOPE_PG_PRIVATE_2	BIT(PG_private_2)
#define PFNSCOPE_PG_WRITEBACK	BIT(PG_writeback)
#define PFNSCOPE_PG_SWAPBACKED	BIT(PG_swapbacked)
#define PFNSCOPE_PG_SWAPCACHE	BIT(PG_swapcache)
#define PFNSCOPE_PG_UNEVICTABLE	BIT(PG_unevictable)
#define PFNSCOPE_PG_MLOCKED	((unsigned long)__PG_MLOCKED)
#define PFNSCOPE_PG_HWPOISON	((unsigned long)__PG_HWPOISON)

/* No compound page is larger than the largest huge page. */
#ifdef CONFIG_HUGETLB_PAGE
#define PFNSCOPE_COMPOUND_ORDER_MAX	(PUD_SHIFT - PAGE_SHIFT)
#else
#define PFNSCOPE_COMPOUND_ORDER_MAX	(PFNSCOPE_NR_ORDERS - 1)
#endif

#endif /* PFNSCOPE_REACH_PAGE_BITS_H */
