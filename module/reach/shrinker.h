/* SPDX-License-Identifier: GPL-2.0-only */
/* The list of shrinkers, and how to keep them while they are asked. */
#ifndef PFNSCOPE_REACH_SHRINKER_H
#define PFNSCOPE_REACH_SHRINKER_H

/* Up to 6.6 shrinker.h includes nothing of what it needs. */
#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/types.h>

#include <linux/shrinker.h>

const char *pfnscope_shrinker_unavailable(void);
int pfnscope_shrinker_first(unsigned int *position, struct shrinker **shrinker);
struct shrinker *pfnscope_shrinker_next(struct shrinker *shrinker,
					unsigned int *position);
void pfnscope_shrinker_stop(struct shrinker *shrinker);
unsigned long pfnscope_shrinker_count(struct shrinker *shrinker, int node);
void pfnscope_shrinker_name(struct shrinker *shrinker, char *name, size_t len);

#endif /* PFNSCOPE_REACH_SHRINKER_H */
