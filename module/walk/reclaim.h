/* SPDX-License-Identifier: GPL-2.0-only */
/* Reclaim and compaction: the host, then each node followed by its zones. */
#ifndef PFNSCOPE_WALK_RECLAIM_H
#define PFNSCOPE_WALK_RECLAIM_H

#include "record.h"

/**
 * struct pfnscope_reclaim_cursor - the place to visit next
 * @host_done: the row of the host has been given
 * @node_done: so has that of @node
 * @node: node to visit
 * @zone: index of the zone of it to visit
 */
struct pfnscope_reclaim_cursor {
	bool host_done;
	bool node_done;
	int node;
	unsigned int zone;
};

int pfnscope_reclaim_fill(struct pfnscope_reclaim_cursor *cursor,
			  struct pfnscope_reclaim *record);

#endif /* PFNSCOPE_WALK_RECLAIM_H */
