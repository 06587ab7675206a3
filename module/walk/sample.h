/* SPDX-License-Identifier: GPL-2.0-only */
/* What each zone holds, told from a random part of it. */
#ifndef PFNSCOPE_WALK_SAMPLE_H
#define PFNSCOPE_WALK_SAMPLE_H

#include "measure.h"
#include "walk/scan.h"

/**
 * struct pfnscope_sample_cursor - how far the rows have come
 * @zones: the zones
 * @class: next class of the zone that @sampled is of
 * @regions: of all zones
 * @budget: of them, how many may be looked at
 * @sampled: what was found in that zone, by class
 * @scan: the walk
 */
struct pfnscope_sample_cursor {
	struct pfnscope_zone_cursor zones;
	unsigned int class;
	u64 regions;
	u64 budget;
	struct pfnscope_sampled sampled[PFNSCOPE_CLASSES];
	struct pfnscope_scan scan;
};

void pfnscope_sample_begin(struct pfnscope_sample_cursor *cursor);
int pfnscope_sample_fill(struct pfnscope_sample_cursor *cursor,
			 struct pfnscope_sample *record);

#endif /* PFNSCOPE_WALK_SAMPLE_H */
