/* SPDX-License-Identifier: GPL-2.0-only */
/* What is kept of events while any kind is on: for the switch, the probes and the files. */
#ifndef PFNSCOPE_WATCH_NOTE_H
#define PFNSCOPE_WATCH_NOTE_H

#include <linux/kref.h>

#include "reach/eventtrace.h"
#include "record-events.h"

struct pfnscope_begun;
struct pfnscope_ledger;
struct pfnscope_logs;

/**
 * struct pfnscope_events - all that there is while any kind is on
 * @kref: it is on, or somebody reads
 * @kinds: a bit for each that is on
 * @on_ns: when each was switched on
 * @begun: what has not ended yet
 * @logs: what has
 * @ledger: how long tasks have waited, by cgroup
 */
struct pfnscope_events {
	struct kref kref;
	unsigned long kinds;
	u64 on_ns[PFNSCOPE_EVENT_KINDS];
	struct pfnscope_begun *begun;
	struct pfnscope_logs *logs;
	struct pfnscope_ledger *ledger;
};

/* Who notes what happens; its data is a struct pfnscope_events. */
extern const struct pfnscope_eventtrace pfnscope_note;

/* What there is now, to be put; NULL while all is off. */
struct pfnscope_events *pfnscope_events_take(void);
void pfnscope_events_put(struct pfnscope_events *e);

#endif /* PFNSCOPE_WATCH_NOTE_H */
