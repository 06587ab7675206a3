/* SPDX-License-Identifier: GPL-2.0-only */
/* Places for the newest incidents; the oldest one gives way. */
#ifndef PFNSCOPE_WATCH_RING_H
#define PFNSCOPE_WATCH_RING_H

#include <linux/atomic.h>

#include "watch/incident.h"
#include "watch/worker.h"

/**
 * struct pfnscope_ring - the last incidents of a kind
 * @size: places
 * @next_ns: when the worker may do each of its steps for them again
 * @taken: how often a place was taken
 * @lost: incidents that found their place in use
 * @places: themselves
 */
struct pfnscope_ring {
	unsigned int size;
	u64 next_ns[PFNSCOPE_WORKER_STEPS];
	atomic_t taken;
	atomic64_t lost;
	struct pfnscope_recorded places[];
};

struct pfnscope_ring *pfnscope_ring_alloc(unsigned int size);
void pfnscope_ring_free(struct pfnscope_ring *ring);
struct pfnscope_recorded *pfnscope_ring_take(struct pfnscope_ring *ring);
void pfnscope_ring_give(struct pfnscope_recorded *recorded, u64 number);

#endif /* PFNSCOPE_WATCH_RING_H */
