/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way of one request through the page allocator: the fast path at the low
 * watermark, then the slow path with what its flags allow, then what is left
 * to do for it. A pure function over a snapshot.
 */
#ifndef PFNSCOPE_MODEL_PLAN_H
#define PFNSCOPE_MODEL_PLAN_H

#include "model/explain.h"
#include "model/lines.h"
#include "model/table.h"

/**
 * struct pfnscope_machine - the snapshot, and the order of trial
 * @rules: of its kernel
 * @classes: its zone classes
 * @zones: its zones
 * @nr_zones: how many
 * @nr_nodes: nodes with memory
 * @pageblock_order: order of a pageblock
 * @list: for the request's node, indices into @zones in the order of trial
 * @nr_list: how many
 * @page_kb: page size
 */
struct pfnscope_machine {
	struct pfnscope_rules rules;
	struct pfnscope_classes classes;
	struct pfnscope_explain_zone *zones;
	size_t nr_zones;
	size_t nr_nodes;
	unsigned int pageblock_order;
	size_t *list;
	size_t nr_list;
	int64_t page_kb;
};

enum pfnscope_outcome {
	PFNSCOPE_OUTCOME_FAST,		/* at the low watermark, at once */
	PFNSCOPE_OUTCOME_SLOW,		/* with its flags, kswapd woken */
	PFNSCOPE_OUTCOME_RECLAIM,	/* only after reclaim or compaction */
	PFNSCOPE_OUTCOME_FAIL,		/* fails now: it may not wait */
	PFNSCOPE_OUTCOME_UNKNOWN,	/* the snapshot lacks what decides */
};

/**
 * struct pfnscope_plan - what becomes of a request
 * @outcome: in one word
 * @served: index into @fast and @slow of the zone that serves, or -1
 * @fast: of each zone of the list, what it says at the low watermark
 * @slow: and at the min watermark with @slow_flags
 * @count: zones tried: those of the list that the request may use
 * @fast_flags: PFNSCOPE_ALLOC_ bits of the first attempt
 * @slow_flags: PFNSCOPE_ALLOC_ bits of the slow path
 */
struct pfnscope_plan {
	enum pfnscope_outcome outcome;
	int served;
	struct pfnscope_verdict *fast;
	struct pfnscope_verdict *slow;
	size_t count;
	uint32_t fast_flags;
	uint32_t slow_flags;
};

void pfnscope_plan_make(const struct pfnscope_machine *machine,
			const struct pfnscope_request *request,
			struct pfnscope_plan *plan);
void pfnscope_plan_clear(struct pfnscope_plan *plan);
const char *pfnscope_outcome_name(enum pfnscope_outcome outcome);

/* What happens to it beyond the zones, and what would change the answer. */
void pfnscope_plan_next(const struct pfnscope_request *request,
			const struct pfnscope_machine *machine,
			const struct pfnscope_plan *plan,
			struct pfnscope_lines *lines);
void pfnscope_plan_changes(const struct pfnscope_request *request,
			   const struct pfnscope_machine *machine,
			   const struct pfnscope_plan *plan,
			   struct pfnscope_lines *lines);

int pfnscope_machine_make(const struct pfnscope_snapshot *snapshot,
			  const struct pfnscope_table *blocks,
			  const char *release,
			  const struct pfnscope_request *request,
			  struct pfnscope_machine *machine);
void pfnscope_machine_clear(struct pfnscope_machine *machine);
unsigned int pfnscope_release_version(const char *release);

#endif
