/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What makes tasks wait for memory, and pageblocks change their type: when, for whom and
 * how long. Off, with no probe and no memory, until kinds of it are asked for.
 */
#ifndef PFNSCOPE_WATCH_EVENTS_H
#define PFNSCOPE_WATCH_EVENTS_H

#include "record-events.h"

struct pfnscope_events;
struct pfnscope_events_next;

/**
 * struct pfnscope_events_cursor - where a walk over events is
 * @events: as it was at begin, NULL if it was off; kept until end
 * @next: by CPU
 * @over: of what came before the first row
 * @said: the last row was made
 */
struct pfnscope_events_cursor {
	struct pfnscope_events *events;
	struct pfnscope_events_next *next;
	u64 over;
	bool said;
};

/**
 * struct pfnscope_latency_cursor - where a walk over kinds and classes is
 * @events: as above
 * @place: of the next one
 * @said: as above
 */
struct pfnscope_latency_cursor {
	struct pfnscope_events *events;
	unsigned int place;
	bool said;
};

/* A row, or what is said below the last one. */
struct pfnscope_event_row {
	char remark[128];
	struct pfnscope_event event;
};

struct pfnscope_latency_row {
	char remark[128];
	struct pfnscope_latency latency;
};

const char *pfnscope_event_name(enum pfnscope_event_kind kind);
const char *pfnscope_events_unavailable(void);
unsigned long pfnscope_events_available(void);

int pfnscope_events_set(unsigned long kinds);
unsigned long pfnscope_events_get(void);
int pfnscope_events_hold(unsigned long *held, unsigned long kinds);
void pfnscope_events_exit(void);

int pfnscope_events_begin(struct pfnscope_events_cursor *cursor);
int pfnscope_events_fill(struct pfnscope_events_cursor *cursor,
			 struct pfnscope_event_row *row);
void pfnscope_events_end(struct pfnscope_events_cursor *cursor);

void pfnscope_latency_begin(struct pfnscope_latency_cursor *cursor);
int pfnscope_latency_fill(struct pfnscope_latency_cursor *cursor,
			  struct pfnscope_latency_row *row);
void pfnscope_latency_end(struct pfnscope_latency_cursor *cursor);

#endif /* PFNSCOPE_WATCH_EVENTS_H */
