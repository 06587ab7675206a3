/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the tasks that reclaim are asking for: the OOM killer tells nobody which
 * request it was called for, but its task began direct reclaim for it just before.
 */
#ifndef PFNSCOPE_WATCH_ASKS_H
#define PFNSCOPE_WATCH_ASKS_H

#include <linux/mmzone.h>
#include <linux/nodemask.h>

struct pfnscope_asks;
struct pfnscope_incident;

struct pfnscope_asks *pfnscope_asks_alloc(void);
void pfnscope_asks_free(struct pfnscope_asks *asks);

/* All of them are about the current task. */
void pfnscope_asks_reclaim(struct pfnscope_asks *asks, gfp_t gfp, int order);
void pfnscope_asks_forget(struct pfnscope_asks *asks);
bool pfnscope_asks_reclaimed(struct pfnscope_asks *asks, int order);
void pfnscope_asks_tell(struct pfnscope_asks *asks,
			struct pfnscope_incident *incident);

#endif /* PFNSCOPE_WATCH_ASKS_H */
