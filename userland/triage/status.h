/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The first screen: what memory there is a node, the zone that is worst off, and
 * what to ask next. Tables and sentences from counters that cost nothing to read.
 */
#ifndef PFNSCOPE_TRIAGE_STATUS_H
#define PFNSCOPE_TRIAGE_STATUS_H

#include "allocator/plan.h"
#include "base/lines.h"
#include "table/fields.h"
#include "table/table.h"

#define STATUS_NODES_ROW "a NUMA node"
#define STATUS_NODES_FIELDS(F, V) \
	NODE_FIELD(F, V) \
	F(V, PAGES, managed_pages, SHOWN, "TOTAL", "what the buddy allocator was given") \
	F(V, PAGES, free_pages, SHOWN, NULL, "in the buddy allocator now") \
	F(V, PAGES, kernel_pages, SHOWN, "FOR_KERNEL", \
	  "single pages that GFP_KERNEL requests get before kswapd is woken: free above low watermark and lowmem_reserve, without what is reserved as highatomic or CMA") \
	F(V, PAGES, movable_pages, SHOWN, "FOR_MOVABLE", \
	  "the same of movable requests, as those of processes are") \
	F(V, PERMILLE, unmovable_permille, 0, "UNMOVABLE", \
	  "share of the memory that cannot move, with --scan") \
	F(V, STRING, kswapd, SHOWN, NULL, \
	  "sleeps, runs, or gave_up after 16 runs in vain") \
	F(V, COUNT, kswapd_failures, 0, NULL, \
	  "runs in a row that reclaimed nothing; at 16 it gives up") \
	MARKS_FIELD(F, V, WIDE)

PFNSCOPE_COLUMNS(STATUS_NODES);
#define STATUS_NODES_BOUNDS \
	{ .field = STATUS_NODES_kernel_pages, .side = PFNSCOPE_NOT_ABOVE, \
	  .only = STATUS_NODES_managed_pages, .severity = PFNSCOPE_SEVERITY_WARNING, \
	  .word = "below_low", \
	  .help = "GFP_KERNEL requests wake kswapd, or go to another node" }, \
	{ .field = STATUS_NODES_movable_pages, .side = PFNSCOPE_NOT_ABOVE, \
	  .only = STATUS_NODES_managed_pages, .severity = PFNSCOPE_SEVERITY_WARNING, \
	  .word = "movable_below_low", .help = "so do requests of processes" }, \
	{ .field = STATUS_NODES_kswapd, .value = STATUS_NODES_kswapd_failures, \
	  .side = PFNSCOPE_AT_LEAST, .constant = 16, \
	  .severity = PFNSCOPE_SEVERITY_CRITICAL, \
	  .help = "it is not woken any more, until others have reclaimed for the node" }
extern const struct pfnscope_view pfnscope_view_status_nodes;
PFNSCOPE_TABLE(STATUS_NODES, pfnscope_view_status_nodes);

#define STATUS_ZONE_ROW "the zone with the least above its low watermark, by share of it"
#define STATUS_ZONE_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, state, SHOWN, NULL, "ok, below_low or below_min") \
	F(V, PAGES, free_pages, SHOWN, NULL, "in the buddy allocator now") \
	F(V, PAGES, usable_pages, SHOWN, NULL, \
	  "of them, without what is reserved as highatomic or CMA") \
	F(V, PAGES, min_pages, SHOWN, NULL, "min watermark, boost included") \
	F(V, PAGES, low_pages, SHOWN, NULL, "low watermark, boost included") \
	F(V, STRING, inequality, 0, NULL, "the comparison, in pages")

PFNSCOPE_COLUMNS(STATUS_ZONE);
extern const struct pfnscope_view pfnscope_view_status_zone;
PFNSCOPE_TABLE(STATUS_ZONE, pfnscope_view_status_zone);

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
