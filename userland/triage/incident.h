/* SPDX-License-Identifier: GPL-2.0-only */
/* Incidents for people: who asked for what, when, and which zone could not give it. */
#ifndef PFNSCOPE_TRIAGE_INCIDENT_H
#define PFNSCOPE_TRIAGE_INCIDENT_H

#include "allocator/explain.h"
#include "table/fields.h"
#include "table/table.h"

#define INCIDENTS_BRIEF_ROW "an OOM kill or a failed allocation that was recorded"
#define INCIDENTS_BRIEF_FIELDS(F, V) \
	F(V, COUNT, incident, SHOWN, "NR", "its number, and the name of its directory") \
	F(V, STRING, kind, SHOWN, NULL, "oom, memcg_oom or allocation_failure") \
	F(V, STRING, utc, SHOWN, NULL, "when it was") \
	F(V, NS, boot_ns, SHOWN, "AFTER_BOOT", "the same, as in the kernel's log") \
	F(V, COUNT, order, SHOWN, NULL, "order of the request") \
	F(V, STRING, zone, SHOWN, NULL, \
	  "node/zone: of those the request may use, the one worst off against min") \
	F(V, STRING, comm, SHOWN | WIDE, NULL, "the task that asked") \
	F(V, STRING, victim_comm, SHOWN | WIDE, "VICTIM", "first task that was killed") \
	F(V, STRING, gfp, SHOWN | BELOW, NULL, "flags of the request")

PFNSCOPE_COLUMNS(INCIDENTS_BRIEF);

/**
 * struct pfnscope_incident - what is said of one, from its row and its zones
 * @gfp: names of its flags, empty where they are not known
 * @node: of the zone that could not give it, PFNSCOPE_MISSING where none is known
 * @zone: its name
 * @words: how it compared
 */
struct pfnscope_incident {
	char gfp[256];
	int64_t node;
	char zone[16];
	char words[224];
};

/*
 * @row of @list, and the snapshot of about, zones and reclaim as they were; without
 * zones none is named. @version is the kernel's.
 */
void pfnscope_incident_make(const struct pfnscope_table *list, size_t row,
			    const struct pfnscope_snapshot *snapshot,
			    unsigned int version, struct pfnscope_incident *incident);
extern const struct pfnscope_view pfnscope_view_incidents_brief;
PFNSCOPE_TABLE(INCIDENTS_BRIEF, pfnscope_view_incidents_brief);

/* The list for people; a row is added of @row of @list. */
struct pfnscope_table *pfnscope_incidents_new(void);
void pfnscope_incidents_add(struct pfnscope_table *table,
			    const struct pfnscope_table *list, size_t row,
			    const struct pfnscope_incident *incident);

#endif
