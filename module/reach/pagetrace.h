/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every page that the allocator gives or takes back: mm_page_alloc and mm_page_free,
 * whose prototypes are the same from 5.10 to 7.2. Both are called in any context,
 * interrupts included, by whoever has the page to himself. Pages that are taken in
 * bulk (since 5.13) or moved to by compaction pass neither.
 */
#ifndef PFNSCOPE_REACH_PAGETRACE_H
#define PFNSCOPE_REACH_PAGETRACE_H

#include <linux/gfp.h>
#include <linux/types.h>

struct page;

/* @page is NULL where the request failed. */
typedef void pfnscope_page_taken_fn(void *data, struct page *page,
				    unsigned int order, gfp_t gfp,
				    int migratetype);
typedef void pfnscope_page_given_fn(void *data, struct page *page,
				    unsigned int order);

void pfnscope_pagetrace_init(void);
const char *pfnscope_pagetrace_unavailable(void);

int pfnscope_pagetrace_on(pfnscope_page_taken_fn *taken,
			  pfnscope_page_given_fn *given, void *data);
void pfnscope_pagetrace_off(void);

#endif /* PFNSCOPE_REACH_PAGETRACE_H */
