/* SPDX-License-Identifier: GPL-2.0-only */
/* The generations of the multi-gen LRU. */
#ifndef PFNSCOPE_WALK_GENERATIONS_H
#define PFNSCOPE_WALK_GENERATIONS_H

#include "walk/cgroups.h"

/**
 * struct pfnscope_generations_cursor - where a walk over all generations is
 * @cgroups: the cgroup
 * @zone: the zone whose generations are visited, NULL before the first
 * @seq: the generation to visit next
 * @last: the youngest one
 */
struct pfnscope_generations_cursor {
	struct pfnscope_cgroups cgroups;
	struct zone *zone;
	unsigned long seq;
	unsigned long last;
};

const char *pfnscope_generations_unavailable(void);
int pfnscope_generations_fill(struct pfnscope_generations_cursor *cursor,
			      struct pfnscope_generation *record);

#endif /* PFNSCOPE_WALK_GENERATIONS_H */
