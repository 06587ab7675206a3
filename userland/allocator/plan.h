/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way of one request through the page allocator: the fast path at the low
 * watermark, then the slow path with what its flags allow, then what is left
 * to do for it. A pure function over a snapshot.
 */
#ifndef PFNSCOPE_ALLOCATOR_PLAN_H
#define PFNSCOPE_ALLOCATOR_PLAN_H

#include "allocator/explain.h"
#include "allocator/node-limits.h"
#include "base/lines.h"
#include "table/table.h"

/* Where the order of trial comes from. */
enum pfnscope_list_from {
	PFNSCOPE_LIST_CERTAIN,		/* the kernel's list, or no choice */
	PFNSCOPE_LIST_DISTANCES,	/* distances of nodes, equals in doubt */
	PFNSCOPE_LIST_GUESSED,
};

#define PFNSCOPE_PAGES_MAX	(INT64_C(1) << 46)	/* 256 PiB of 4 KiB */
#define PFNSCOPE_DISTANCES	64

/**
 * struct pfnscope_distances - how far the nodes are from one
 * @known: whether any of it is
 * @to: by node
 */
struct pfnscope_distances {
	bool known;
	int64_t to[PFNSCOPE_DISTANCES];
};

/**
 * struct pfnscope_machine - the snapshot, and the order of trial
 * @rules: of its kernel
 * @classes: its zone classes
 * @zones: its zones
 * @nr_zones: how many
 * @nr_nodes: nodes that are online
 * @list: for the request's node, indices into @zones in the order of trial
 * @nr_list: how many
 * @list_from: how sure that order is
 * @page_kb: page size
 * @limits: of its nodes
 */
struct pfnscope_machine {
	struct pfnscope_rules rules;
	struct pfnscope_classes classes;
	struct pfnscope_explain_zone *zones;
	size_t nr_zones;
	size_t nr_nodes;
	size_t *list;
	size_t nr_list;
	enum pfnscope_list_from list_from;
	int64_t page_kb;
	struct pfnscope_limits limits;
};

enum pfnscope_outcome {
	PFNSCOPE_OUTCOME_FAST,		/* at the low watermark, at once */
	PFNSCOPE_OUTCOME_SLOW,		/* with its flags, kswapd woken */
	PFNSCOPE_OUTCOME_RESERVES,	/* without watermarks, cpuset or policy */
	PFNSCOPE_OUTCOME_RECLAIM,	/* only after reclaim or compaction */
	PFNSCOPE_OUTCOME_FAIL,		/* fails now: it may not wait */
	PFNSCOPE_OUTCOME_UNKNOWN,	/* the snapshot lacks what decides */
};

/* The walks along the zonelist, in their order. */
enum pfnscope_stage {
	PFNSCOPE_STAGE_FAST,
	PFNSCOPE_STAGE_SLOW,
	PFNSCOPE_STAGE_RESERVES,
	PFNSCOPE_STAGES
};

/**
 * struct pfnscope_attempt - one walk along the zonelist
 * @mark: the watermark it compares with
 * @alloc_flags: PFNSCOPE_ALLOC_ bits
 * @nodes: nodes it looks at, 0 for all
 * @avoids_mixing: it would rather leave the first zone than mix types
 * @skipped_busy: it passed over nodes whose kswapd runs
 * @mixed: it had to come back and mix types after all
 * @never_mixes: vm.defrag_mode: it does not come back to mix types
 * @yields: but when all has failed it does, as it may not wait
 * @reclaims: nodes reclaimed before the walk leaves their zones
 * @may_reclaim: and those of which that cannot be told
 * @verdicts: of each zone tried, in the order of the list
 * @served: index of the one that serves, or -1
 */
struct pfnscope_attempt {
	enum pfnscope_mark mark;
	uint32_t alloc_flags;
	uint64_t nodes;
	bool avoids_mixing;
	bool skipped_busy;
	bool mixed;
	bool never_mixes;
	bool yields;
	uint64_t reclaims;
	uint64_t may_reclaim;
	struct pfnscope_verdict *verdicts;
	int served;
};

/**
 * struct pfnscope_plan - what becomes of a request
 * @outcome: in one word
 * @attempts: by stage; those after the one that serves show what would have been
 * @nr_attempts: two, or three where the request has a right to reserves
 * @made: the last attempt that is made
 * @served: what the zone that serves says, or NULL
 * @count: zones of the list that a request of this class may use
 * @kswapd_nodes: nodes whose kswapd the slow path wakes
 * @kswapd_order: and for which order
 * @hopeless_nodes: nodes whose kswapd gave up, and is not woken
 * @gives_up: it may wait, but fails at once: compaction does not begin
 * @may_give_up: whether it does hangs on figures that are not known
 * @no_zone: no zone of its list may serve it: it fails at once, may it wait or not
 * @maybe_insane: whether that is so hangs on cpusets that were seen before
 * @too_large: no block of that order exists: the kernel does not even look
 * @maybe_dirty: nodes that may be over their dirty limit, which is not known
 */
struct pfnscope_plan {
	enum pfnscope_outcome outcome;
	struct pfnscope_attempt attempts[PFNSCOPE_STAGES];
	unsigned int nr_attempts;
	enum pfnscope_stage made;
	const struct pfnscope_verdict *served;
	size_t count;
	uint64_t kswapd_nodes;
	unsigned int kswapd_order;
	uint64_t hopeless_nodes;
	bool gives_up;
	bool may_give_up;
	bool no_zone;
	bool maybe_insane;
	bool too_large;
	uint64_t maybe_dirty;
};

void pfnscope_plan_make(const struct pfnscope_machine *machine,
			const struct pfnscope_request *request,
			struct pfnscope_plan *plan);
void pfnscope_plan_clear(struct pfnscope_plan *plan);
bool pfnscope_policy_binds(const struct pfnscope_machine *machine,
			   const struct pfnscope_request *request);
void pfnscope_plan_first(struct pfnscope_machine *machine,
			 struct pfnscope_request *request,
			 struct pfnscope_plan *plan);
const char *pfnscope_outcome_name(enum pfnscope_outcome outcome);
const char *pfnscope_stage_name(enum pfnscope_stage stage);

void pfnscope_alloc_flags_text(uint32_t flags, char *out, size_t size);
void pfnscope_nodes_text(uint64_t nodes, char *out, size_t size);
void pfnscope_nodes_words(uint64_t nodes, char *out, size_t size);
void pfnscope_take_text(const struct pfnscope_take *take, unsigned int order,
			char *out, size_t size);
void pfnscope_attempt_notes(const struct pfnscope_machine *machine,
			    const struct pfnscope_attempt *attempt,
			    struct pfnscope_lines *lines);
void pfnscope_plan_unknown(const struct pfnscope_machine *machine,
			   const struct pfnscope_plan *plan,
			   struct pfnscope_lines *lines);

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
			  unsigned int version,
			  const struct pfnscope_distances *distances,
			  const struct pfnscope_request *request,
			  struct pfnscope_machine *machine);
void pfnscope_machine_clear(struct pfnscope_machine *machine);
/* Another one that is alike, to be cleared too. */
void pfnscope_machine_copy(const struct pfnscope_machine *machine,
			   struct pfnscope_machine *copy);

#endif
