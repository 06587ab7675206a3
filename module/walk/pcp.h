/* SPDX-License-Identifier: GPL-2.0-only */
/* The per-CPU free lists of every populated zone, CPU by CPU. */
#ifndef PFNSCOPE_WALK_PCP_H
#define PFNSCOPE_WALK_PCP_H

#include "walk/zones.h"

/**
 * struct pfnscope_pcp_cursor - the place to visit next
 * @zones: walks the zones
 * @zone: at this one, NULL between two zones
 * @cpu: CPU visited last
 */
struct pfnscope_pcp_cursor {
	struct pfnscope_zone_cursor zones;
	struct zone *zone;
	int cpu;
};

int pfnscope_pcp_fill(struct pfnscope_pcp_cursor *cursor,
		      struct pfnscope_pcp *record);

#endif /* PFNSCOPE_WALK_PCP_H */
