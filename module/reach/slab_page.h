/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a slab page to its cache. The layouts are private to mm/, so they come
 * from BTF; what they point to is read in a way that survives nonsense.
 */
#ifndef PFNSCOPE_REACH_SLAB_PAGE_H
#define PFNSCOPE_REACH_SLAB_PAGE_H

#include <linux/mm_types.h>

void pfnscope_slab_page_init(void);
bool pfnscope_slab_page_known(void);
const void *pfnscope_slab_page_cache(const struct page *head);
bool pfnscope_slab_page_reclaimable(const struct page *head);
bool pfnscope_slab_page_name(const struct page *head, char *name, size_t len);

#endif /* PFNSCOPE_REACH_SLAB_PAGE_H */
