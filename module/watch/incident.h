/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Incidents: OOM kills and failed allocations, each with the tables of its
 * moment. Off, with no probe and no memory, until a number of them is to be kept.
 */
#ifndef PFNSCOPE_WATCH_INCIDENT_H
#define PFNSCOPE_WATCH_INCIDENT_H

#include "record-incident.h"
#include "walk/moment.h"

/* More would not be kept by anybody who looks at them. */
#define PFNSCOPE_INCIDENTS_MAX	64

struct cgroup_subsys_state;
struct pfnscope_incident_shown;

/* Room for the text of the deferred scans of an incident. */
#define PFNSCOPE_INCIDENT_TEXT	(192 * 1024)

/* What is scanned afterwards, in this order. */
enum pfnscope_deferred {
	PFNSCOPE_DEFERRED_RECLAIM,
	PFNSCOPE_DEFERRED_CONTIGUITY,
	PFNSCOPE_DEFERRED_HUGEPAGES,
	PFNSCOPE_DEFERRED_OWNERS,
	PFNSCOPE_DEFERRED
};

/**
 * struct pfnscope_text - a file as it was printed some time after the incident
 * @begin: in the text of its scan
 * @length: 0 before it was printed
 * @cut: there were more rows than room
 * @boot_ns: when its scan began
 */
struct pfnscope_text {
	size_t begin;
	size_t length;
	bool cut;
	u64 boot_ns;
};

/**
 * struct pfnscope_scanned - what was scanned afterwards
 * @boot_ns: when that began
 * @text: room for @deferred
 * @used: of it
 * @deferred: by enum pfnscope_deferred
 */
struct pfnscope_scanned {
	u64 boot_ns;
	char *text;
	size_t used;
	struct pfnscope_text deferred[PFNSCOPE_DEFERRED];
};

/**
 * struct pfnscope_recorded - one place of a ring, and who uses it
 * @users: readers of the rest, or -1 while it is written
 * @number: of the incident; 0 for none
 * @incident: what happened
 * @moment: the tables
 * @css: the cgroup, with a reference, until its path has been asked for
 * @finished: the deferred scans have been made
 * @scanned: and this is what they found
 * @shown_number: of the incident whose files are there; the worker's own
 * @shown: these files; likewise
 */
struct pfnscope_recorded {
	atomic_t users;
	u64 number;
	struct pfnscope_incident incident;
	struct pfnscope_moment *moment;
	struct cgroup_subsys_state *css;
	bool finished;
	struct pfnscope_scanned scanned;
	u64 shown_number;
	struct pfnscope_incident_shown *shown;
};

/**
 * struct pfnscope_incident_files - how incidents are shown
 * @open: they are switched on
 * @publish: one happened; its place is held. False where there was no memory for
 *	its files. In a worker, as @scan, one at a time
 * @scan: make the deferred scans, into the text; false where they were cancelled
 * @charge: account for time the worker has spent beside the scans
 * @close: they are switched off; must remove all files and wait for readers
 */
struct pfnscope_incident_files {
	int (*open)(void);
	bool (*publish)(struct pfnscope_recorded *recorded);
	bool (*scan)(struct pfnscope_scanned *scanned);
	void (*charge)(u64 spent_ns);
	void (*close)(void);
};

void pfnscope_incidents_init(const struct pfnscope_incident_files *files);
void pfnscope_incidents_exit(void);

int pfnscope_incidents_set(unsigned int size);
unsigned int pfnscope_incidents_size(void);
int pfnscope_failures_set(bool on);
bool pfnscope_failures_on(void);

struct pfnscope_recorded *pfnscope_incident_nth(unsigned int index);
bool pfnscope_incident_get(struct pfnscope_recorded *recorded, u64 number);
void pfnscope_incident_put(struct pfnscope_recorded *recorded);
u64 pfnscope_incidents_lost(void);

#endif /* PFNSCOPE_WATCH_INCIDENT_H */
