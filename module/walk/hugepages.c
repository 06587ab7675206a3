// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts are read without hugetlb_lock, one after the other: while pages are
 * taken and given back a row's numbers may be a page apart.
 *
 * What could be added to a pool is the sum of what the zones can give, which the
 * walk of `contiguity` knows: it is done when the first row is wanted.
 */
#include <linux/nodemask.h>
#include <linux/slab.h>

#include "reach/hugepage.h"
#include "walk/hugepages.h"
#include "walk/memory.h"

#ifdef CONFIG_HUGETLB_PAGE
static unsigned int parts(void)
{
	return nr_node_ids + 1;
}

static unsigned int pools(void)
{
	unsigned int n = 0;

	while (pfnscope_hugepage_pool(n))
		n++;
	return n;
}

static struct pfnscope_hugepage_sum *
sums_of(const struct pfnscope_hugepages_cursor *cursor, unsigned int pool,
	unsigned int part)
{
	return &cursor->sums[pool * parts() + part];
}

/**
 * pfnscope_hugepages_begin - prepare the first row
 * @cursor: zeroed; to be given to pfnscope_hugepages_end() if this returns 0
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_hugepages_begin(struct pfnscope_hugepages_cursor *cursor)
{
	cursor->sums = kvcalloc(pools() * parts(), sizeof(*cursor->sums),
				PFNSCOPE_GFP);
	if (!cursor->sums)
		return -ENOMEM;
	return pfnscope_contiguity_begin(&cursor->zones);
}

/**
 * pfnscope_hugepages_end - give back what the rows took
 * @cursor: as begun
 */
void pfnscope_hugepages_end(struct pfnscope_hugepages_cursor *cursor)
{
	pfnscope_scan_end(&cursor->zones.scan);
	kvfree(cursor->sums);
	cursor->sums = NULL;
}

static void add(u64 *sum, u64 part)
{
	if (*sum == PFNSCOPE_UNKNOWN || part == PFNSCOPE_UNKNOWN)
		*sum = PFNSCOPE_UNKNOWN;
	else
		*sum += part;
}

static void add_chances(struct pfnscope_hugepage_sum *sum,
			const struct pfnscope_contiguity *zone)
{
	struct pfnscope_hugepage_chances *chances = &sum->chances;

	sum->counted = true;
	add(&chances->now, zone->now);
	add(&chances->drained, zone->drained);
	add(&chances->reclaimed, zone->reclaimed);
	add(&chances->compacted, zone->compacted);
	add(&chances->written, zone->written);
	add(&chances->obtainable, zone->obtainable);
	add(&chances->never, zone->never);
}

/*
 * Ranges above the orders of the buddy allocator are emptied into the free pages of
 * any zone, which each zone counted for itself.
 */
static void share_spare(struct pfnscope_hugepages_cursor *cursor)
{
	u64 pages = global_zone_page_state(NR_FREE_PAGES) + cursor->spare;
	struct pfnscope_hugepage_chances *chances;
	const struct hstate *h;
	unsigned int pool, part;

	for (pool = 0; (h = pfnscope_hugepage_pool(pool)); pool++) {
		if (h->order < PFNSCOPE_NR_ORDERS)
			continue;
		for (part = 0; part < parts(); part++) {
			chances = &sums_of(cursor, pool, part)->chances;
			if (chances->obtainable == PFNSCOPE_UNKNOWN)
				continue;
			chances->obtainable = min(chances->obtainable,
						  pages >> h->order);
			chances->compacted = max(chances->reclaimed,
						 chances->obtainable);
		}
	}
}

/* Once for each zone, with its first row. */
static void add_spare(struct pfnscope_hugepages_cursor *cursor,
		      const struct pfnscope_contiguity_cursor *zones,
		      const struct pfnscope_contiguity *row)
{
	if (!row->order)
		cursor->spare += zones->fate[PFNSCOPE_FATE_CLEAN] +
				 zones->unmappable;
}

/**
 * pfnscope_hugepages_add - add what a zone can give to the pools
 * @cursor: as begun
 * @zones: a walk of `contiguity`, by a caller that needs its rows anyway
 * @row: the row it has come to
 *
 * pfnscope_hugepages_added() is due after the last row; then no other walk is made.
 */
void pfnscope_hugepages_add(struct pfnscope_hugepages_cursor *cursor,
			    const struct pfnscope_contiguity_cursor *zones,
			    const struct pfnscope_contiguity *row)
{
	const struct hstate *h;
	unsigned int pool;

	add_spare(cursor, zones, row);
	for (pool = 0; (h = pfnscope_hugepage_pool(pool)); pool++) {
		if (h->order != row->order)
			continue;
		add_chances(sums_of(cursor, pool, 0), row);
		add_chances(sums_of(cursor, pool, row->node + 1), row);
	}
}

/**
 * pfnscope_hugepages_added - all rows of all zones have been added
 * @cursor: to which
 */
void pfnscope_hugepages_added(struct pfnscope_hugepages_cursor *cursor)
{
	share_spare(cursor);
	cursor->walked = true;
}

static int walk_zones(struct pfnscope_hugepages_cursor *cursor)
{
	struct pfnscope_contiguity row;
	int ret;

	while ((ret = pfnscope_contiguity_fill(&cursor->zones, &row)) > 0)
		pfnscope_hugepages_add(cursor, &cursor->zones, &row);
	if (!ret)
		pfnscope_hugepages_added(cursor);
	return ret;
}

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

/* Unknown where no zone counts blocks of that size. */
static void fill_chances(const struct pfnscope_hugepage_sum *sum,
			 struct pfnscope_hugepage *record)
{
	if (sum->counted)
		record->chances = sum->chances;
	else
		memset(&record->chances, 0xff, sizeof(record->chances));
}

/**
 * pfnscope_hugepages_fill - the next pool, or its part on a node, as a record
 * @cursor: as begun
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_hugepages_fill(struct pfnscope_hugepages_cursor *cursor,
			    struct pfnscope_hugepage *record)
{
	const struct hstate *h;
	bool filled;
	int ret;

	ret = cursor->walked ? 0 : walk_zones(cursor);
	if (ret)
		return ret;
	while ((h = pfnscope_hugepage_pool(cursor->pool))) {
		filled = fill_part(h, cursor->part, record);
		fill_chances(sums_of(cursor, cursor->pool, cursor->part),
			     record);
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
int pfnscope_hugepages_begin(struct pfnscope_hugepages_cursor *cursor)
{
	return 0;
}

void pfnscope_hugepages_end(struct pfnscope_hugepages_cursor *cursor)
{
}

void pfnscope_hugepages_add(struct pfnscope_hugepages_cursor *cursor,
			    const struct pfnscope_contiguity_cursor *zones,
			    const struct pfnscope_contiguity *row)
{
}

void pfnscope_hugepages_added(struct pfnscope_hugepages_cursor *cursor)
{
}

int pfnscope_hugepages_fill(struct pfnscope_hugepages_cursor *cursor,
			    struct pfnscope_hugepage *record)
{
	return 0;
}
#endif
