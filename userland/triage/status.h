/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first screen: what memory there is a node, the zone that is worst off, and
 * what to ask next. Tables and sentences from counters that cost nothing to read.
 */
#ifndef PFNSCOPE_TRIAGE_STATUS_H
#define PFNSCOPE_TRIAGE_STATUS_H

#include "allocator/plan.h"
#include "base/lines.h"
#include "table/table.h"

extern const struct pfnscope_view pfnscope_view_status_nodes;
extern const struct pfnscope_view pfnscope_view_status_zone;

/* How a zone stands, from the best to the worst. */
enum pfnscope_zone_state {
	PFNSCOPE_ZONE_OK,
	PFNSCOPE_ZONE_BELOW_LOW,	/* kswapd works */
	PFNSCOPE_ZONE_BELOW_MIN,	/* whoever asks has to reclaim */
};

/**
 * struct pfnscope_status_ask - what it is made from
 * @machine: the zones; without any where @machine->nr_zones is 0
 * @reclaim: table of the module, for kswapd
 * @unmovable: pages that cannot move by node, of @scanned pages; NULL without a scan
 * @pressure: of /proc
 * @incident: the last incident, in one row, or without rows
 * @has_module: the module's files can be read
 */
struct pfnscope_status_ask {
	const struct pfnscope_machine *machine;
	const struct pfnscope_table *reclaim;
	const struct pfnscope_table *unmovable;
	const struct pfnscope_table *pressure;
	const struct pfnscope_table *incident;
	bool has_module;
};

/**
 * struct pfnscope_status - the answer
 * @nodes: a row a node
 * @zone: the zone that is worst off, in one row, or without rows
 * @state: of that zone
 * @words: the same as a sentence, empty without a zone
 * @next: the command to type next, without "pfnscope", and why
 * @why: what looks worst
 */
struct pfnscope_status_answer {
	struct pfnscope_table *nodes;
	struct pfnscope_table *zone;
	enum pfnscope_zone_state state;
	char words[320];
	char next[160];
	char why[160];
};

void pfnscope_status_make(const struct pfnscope_status_ask *ask,
			  struct pfnscope_status_answer *answer);
void pfnscope_status_clear(struct pfnscope_status_answer *answer);

#endif
