/* SPDX-License-Identifier: GPL-2.0-only */
/* The hugetlb pools of the host and of each node. */
#ifndef PFNSCOPE_WALK_HUGEPAGES_H
#define PFNSCOPE_WALK_HUGEPAGES_H

#include "record-pools.h"

/**
 * struct pfnscope_hugepages_cursor - the row to visit next
 * @pool: which page size
 * @part: 0 for the host, then 1 + the node
 */
struct pfnscope_hugepages_cursor {
	unsigned int pool;
	unsigned int part;
};

int pfnscope_hugepages_fill(struct pfnscope_hugepages_cursor *cursor,
			    struct pfnscope_hugepage *record);

#endif /* PFNSCOPE_WALK_HUGEPAGES_H */
