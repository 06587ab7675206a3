/* SPDX-License-Identifier: GPL-2.0-only */
/* The hugetlb pools of the host and of each node, and what could be added. */
#ifndef PFNSCOPE_WALK_HUGEPAGES_H
#define PFNSCOPE_WALK_HUGEPAGES_H

#include "record-pools.h"
#include "walk/contiguity.h"

/**
 * struct pfnscope_hugepage_sum - what the zones could give to a pool
 * @chances: added up so far
 * @counted: a zone counts blocks of that size
 */
struct pfnscope_hugepage_sum {
	struct pfnscope_hugepage_chances chances;
	bool counted;
};

/**
 * struct pfnscope_hugepages_cursor - the row to visit next
 * @pool: which page size
 * @part: 0 for the host, then 1 + the node
 * @walked: all zones have been walked
 * @spare: pages of all zones that reclaim frees, for others to be moved to
 * @zones: the walk that counts blocks
 * @sums: what came of it: for each pool, of the host and of each node
 */
struct pfnscope_hugepages_cursor {
	unsigned int pool;
	unsigned int part;
	bool walked;
	u64 spare;
	struct pfnscope_contiguity_cursor zones;
	struct pfnscope_hugepage_sum *sums;
};

int pfnscope_hugepages_begin(struct pfnscope_hugepages_cursor *cursor);
void pfnscope_hugepages_end(struct pfnscope_hugepages_cursor *cursor);
void pfnscope_hugepages_add(struct pfnscope_hugepages_cursor *cursor,
			    const struct pfnscope_contiguity_cursor *zones,
			    const struct pfnscope_contiguity *row);
void pfnscope_hugepages_added(struct pfnscope_hugepages_cursor *cursor);
int pfnscope_hugepages_fill(struct pfnscope_hugepages_cursor *cursor,
			    struct pfnscope_hugepage *record);

#endif /* PFNSCOPE_WALK_HUGEPAGES_H */
