/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What makes tasks wait for memory, and pageblocks change their type: when, for whom and
 * how long. Off, with no probe and no memory, until kinds of it are asked for.
 */
#ifndef PFNSCOPE_WATCH_EVENTS_H
#define PFNSCOPE_WATCH_EVENTS_H

#include "record-events.h"
#include "walk/cgroup_names.h"
#include "walk/cgroups.h"
#include "watch/ledger.h"

struct pfnscope_events;
struct pfnscope_events_next;

/**
 * struct pfnscope_events_cursor - where a walk over events is
 * @events: as it was at begin, NULL if it was off; kept until end
 * @next: by CPU
 * @names: of the cgroups of tasks
 * @over: of what came before the first row
 * @said: the last row was made
 */
struct pfnscope_events_cursor {
	struct pfnscope_events *events;
	struct pfnscope_events_next *next;
	struct pfnscope_cgroup_names names;
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

/**
 * struct pfnscope_stalls_cursor - where a walk over cgroups and causes is
 * @events: as above
 * @sums: as they were at begin
 * @cgroups: those there are
 * @gone: all of them were visited: what is left is of cgroups that are gone, or of none
 * @next: the next one of @sums
 * @said: as above
 */
struct pfnscope_stalls_cursor {
	struct pfnscope_events *events;
	struct pfnscope_ledger_sums sums;
	struct pfnscope_cgroups cgroups;
	bool gone;
	size_t next;
	bool said;
};

/* A row, or what is said below the last one; @cgroup is NULL where that is gone. */
struct pfnscope_event_row {
	char remark[128];
	const char *cgroup;
	struct pfnscope_event event;
};

struct pfnscope_latency_row {
	char remark[128];
	struct pfnscope_latency latency;
};

struct pfnscope_stall_row {
	char remark[128];
	struct pfnscope_cgroup cgroup;
	struct pfnscope_stall stall;
};

const char *pfnscope_event_name(enum pfnscope_event_kind kind);
enum pfnscope_event_class pfnscope_event_class_of(u64 order);
const char *pfnscope_event_class_name(enum pfnscope_event_class class);
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

int pfnscope_stalls_begin(struct pfnscope_stalls_cursor *cursor);
int pfnscope_stalls_fill(struct pfnscope_stalls_cursor *cursor,
			 struct pfnscope_stall_row *row);
void pfnscope_stalls_end(struct pfnscope_stalls_cursor *cursor);

#endif /* PFNSCOPE_WATCH_EVENTS_H */
