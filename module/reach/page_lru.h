/* SPDX-License-Identifier: GPL-2.0-only */
/* Pages on LRU lists, which are linked by themselves. */
#ifndef PFNSCOPE_REACH_PAGE_LRU_H
#define PFNSCOPE_REACH_PAGE_LRU_H

#include <linux/list.h>
#include <linux/mm.h>
#include <linux/page-flags.h>

#include "reach/page.h"

/* The page of a link in a list that is held still. */
static inline struct page *pfnscope_page_linked(struct list_head *link)
{
	return list_entry(link, struct page, lru);
}

static inline struct list_head *pfnscope_page_link(struct page *page)
{
	return &page->lru;
}

static inline bool pfnscope_page_large(const struct page *page)
{
	return pfnscope_page_flags(page) & PFNSCOPE_PG_HEAD;
}

static inline u64 pfnscope_page_pages(struct page *page)
{
	return compound_nr(page);
}

static inline bool pfnscope_page_mapped(struct page *page)
{
	return pfnscope_page_large(page) ?
	       pfnscope_large_mapped(page, compound_order(page)) :
	       pfnscope_page_mapcount_word(page) >= 0;
}

/* Is it on a list of the node? With the lock of the list held. */
static inline bool pfnscope_page_on_lru(struct page *page, int node)
{
	return PageLRU(page) && !PageTail(page) && page_to_nid(page) == node;
}

#endif /* PFNSCOPE_REACH_PAGE_LRU_H */
