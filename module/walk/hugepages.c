// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts are read without hugetlb_lock, one after the other: while pages are
 * taken and given back a row's numbers may be a page apart.
 */
#include <linux/nodemask.h>

#include "reach/hugepage.h"
#include "walk/hugepages.h"

#ifdef CONFIG_HUGETLB_PAGE
static void fill_host(const struct hstate *h, struct pfnscope_hugepage *record)
{
	record->host = true;
	record->total = READ_ONCE(h->nr_huge_pages);
	record->free = READ_ONCE(h->free_huge_pages);
	record->reserved = READ_ONCE(h->resv_huge_pages);
	record->surplus = READ_ONCE(h->surplus_huge_pages);
	record->overcommit = READ_ONCE(h->nr_overcommit_huge_pages);
}

static void fill_node(const struct hstate *h, int node,
		      struct pfnscope_hugepage *record)
{
	record->host = false;
	record->node = node;
	record->total = READ_ONCE(h->nr_huge_pages_node[node]);
	record->free = READ_ONCE(h->free_huge_pages_node[node]);
	record->reserved = PFNSCOPE_UNKNOWN;
	record->surplus = READ_ONCE(h->surplus_huge_pages_node[node]);
	record->overcommit = PFNSCOPE_UNKNOWN;
}

/* False for the part of a node that is not online. */
static bool fill_part(const struct hstate *h, unsigned int part,
		      struct pfnscope_hugepage *record)
{
	record->size = (u64)PAGE_SIZE << h->order;
	if (!part)
		fill_host(h, record);
	else if (node_online(part - 1))
		fill_node(h, part - 1, record);
	else
		return false;
	return true;
}

/**
 * pfnscope_hugepages_fill - the next pool, or its part on a node, as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, or 0 after the last one.
 */
int pfnscope_hugepages_fill(struct pfnscope_hugepages_cursor *cursor,
			    struct pfnscope_hugepage *record)
{
	const struct hstate *h;
	bool filled;

	while ((h = pfnscope_hugepage_pool(cursor->pool))) {
		filled = fill_part(h, cursor->part, record);
		if (++cursor->part > nr_node_ids) {
			cursor->part = 0;
			cursor->pool++;
		}
		if (filled)
			return 1;
	}
	return 0;
}
#else
int pfnscope_hugepages_fill(struct pfnscope_hugepages_cursor *cursor,
			    struct pfnscope_hugepage *record)
{
	return 0;
}
#endif
