/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What tasks have begun and not ended: a table of fixed size in which a task finds
 * what it has put there, in its own context, without a lock.
 */
#ifndef PFNSCOPE_WATCH_BEGUN_H
#define PFNSCOPE_WATCH_BEGUN_H

#include "record-events.h"

/**
 * struct pfnscope_begun_thing - something that the current task has begun
 * @since_ns: when, since boot
 * @asked: for what
 * @verdict: why it was not served then
 * @slept_ns: what of its time is throttling's
 */
struct pfnscope_begun_thing {
	u64 since_ns;
	struct pfnscope_event_asked asked;
	struct pfnscope_event_verdict verdict;
	u64 slept_ns;
};

struct pfnscope_begun;

struct pfnscope_begun *pfnscope_begun_alloc(void);
void pfnscope_begun_free(struct pfnscope_begun *begun);

void pfnscope_begun_add(struct pfnscope_begun *begun,
			enum pfnscope_event_kind kind,
			const struct pfnscope_begun_thing *thing);
bool pfnscope_begun_take(struct pfnscope_begun *begun,
			 enum pfnscope_event_kind kind,
			 struct pfnscope_begun_thing *thing);
u64 pfnscope_begun_since(struct pfnscope_begun *begun,
			 enum pfnscope_event_kind kind);
void pfnscope_begun_slept(struct pfnscope_begun *begun, u64 ns);
u64 pfnscope_begun_lost(struct pfnscope_begun *begun);

/* What it compacts for, which it says before it begins with the first zone. */
void pfnscope_begun_ask(struct pfnscope_begun *begun, gfp_t gfp,
			unsigned int order);
void pfnscope_begun_asked(struct pfnscope_begun *begun,
			  struct pfnscope_event_asked *asked);
void pfnscope_begun_forget(struct pfnscope_begun *begun);

#endif /* PFNSCOPE_WATCH_BEGUN_H */
