// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows __alloc_pages_slowpath() through its attempts, without the parts that
 * wait; plan-walk.c goes along the zonelist in each, as get_page_from_freelist() does.
 */
#include <stdlib.h>

#include "allocator/compaction.h"
#include "allocator/gfp.h"
#include "allocator/plan-inside.h"
#include "base/alloc.h"

/**
 * pfnscope_outcome_name - an outcome in one word
 * @outcome: the outcome
 *
 * Return: the word.
 */
const char *pfnscope_outcome_name(enum pfnscope_outcome outcome)
{
	static const char *const names[] = {
		[PFNSCOPE_OUTCOME_FAST] = "fast",
		[PFNSCOPE_OUTCOME_SLOW] = "slow",
		[PFNSCOPE_OUTCOME_RESERVES] = "reserves",
		[PFNSCOPE_OUTCOME_RECLAIM] = "reclaim",
		[PFNSCOPE_OUTCOME_FAIL] = "fail",
		[PFNSCOPE_OUTCOME_UNKNOWN] = "unknown",
	};

	return names[outcome];
}

/**
 * pfnscope_stage_name - an attempt in one word
 * @stage: the attempt
 *
 * Return: the word.
 */
const char *pfnscope_stage_name(enum pfnscope_stage stage)
{
	static const char *const names[] = {
		[PFNSCOPE_STAGE_FAST] = "fast",
		[PFNSCOPE_STAGE_SLOW] = "slow",
		[PFNSCOPE_STAGE_RESERVES] = "reserves",
	};

	return names[stage];
}

/*
 * Only __GFP_HARDWALL holds the slow path to the cpuset: without, an ancestor's
 * nodes will do, and those are thought to be all. What must not wait is not held
 * by it at all.
 */
static uint64_t stage_nodes(const struct pfnscope_rules *rules,
			    const struct pfnscope_request *r,
			    enum pfnscope_stage stage)
{
	uint64_t policy = pfnscope_policy_nodes(r, stage);

	if (stage == PFNSCOPE_STAGE_RESERVES ||
	    (stage == PFNSCOPE_STAGE_SLOW &&
	     (!(r->gfp & PFNSCOPE_GFP_HARDWALL) ||
	      pfnscope_leaves_cpuset(rules, r))))
		return policy;
	return pfnscope_nodes_both(policy, r->cpuset);
}

static uint64_t awake_nodes(const struct pfnscope_machine *m)
{
	uint64_t nodes = 0;

	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].kswapd_awake)
			nodes |= pfnscope_node_bit(m->zones[i].node);
	return nodes;
}

/* Only the fast path keeps writes off nodes that are over their limit. */
static void ask_dirty(const struct pfnscope_machine *m,
		      const struct pfnscope_request *request,
		      struct pfnscope_verdict *v, struct pfnscope_plan *plan)
{
	enum pfnscope_answer over =
		pfnscope_node_over_dirty(m, request, v->zone->node,
					 &v->dirty.pages, &v->dirty.limit);

	if (!pfnscope_verdict_allowed(v))
		return;
	if (over == PFNSCOPE_NOT_KNOWN)
		plan->maybe_dirty |= pfnscope_node_bit(v->zone->node);
	if (over != PFNSCOPE_YES)
		return;
	v->reason = PFNSCOPE_REASON_DIRTY;
	v->checked = false;
}

static void try_zones(const struct pfnscope_machine *m,
		      const struct pfnscope_request *request,
		      enum pfnscope_stage stage, struct pfnscope_plan *plan)
{
	struct pfnscope_attempt *a = &plan->attempts[stage];
	struct pfnscope_request asked = *request;

	a->nodes = stage_nodes(&m->rules, request, stage);
	asked.nodes = a->nodes;
	a->verdicts = pfnscope_calloc(m->nr_list + 1, sizeof(*a->verdicts));
	a->served = -1;
	plan->count = 0;
	for (size_t i = 0; i < m->nr_list; i++) {
		const struct pfnscope_explain_zone *zone =
			&m->zones[m->list[i]];
		struct pfnscope_verdict *v = &a->verdicts[plan->count];

		if (zone->class > pfnscope_request_class(&m->classes,
							 request->gfp) ||
		    !zone->managed)
			continue;
		pfnscope_explain_zone(&m->rules, &m->classes, &asked, a->mark,
				      a->alloc_flags, zone, v);
		if (stage == PFNSCOPE_STAGE_FAST)
			ask_dirty(m, request, v, plan);
		plan->count++;
	}
}

static void set_attempts(const struct pfnscope_machine *m,
			 const struct pfnscope_request *request,
			 struct pfnscope_plan *plan)
{
	struct pfnscope_attempt *fast = &plan->attempts[PFNSCOPE_STAGE_FAST];
	struct pfnscope_attempt *slow = &plan->attempts[PFNSCOPE_STAGE_SLOW];
	struct pfnscope_attempt *last =
		&plan->attempts[PFNSCOPE_STAGE_RESERVES];
	uint32_t reserves = pfnscope_reserve_flags(&m->rules, request);

	fast->mark = PFNSCOPE_MARK_LOW;
	fast->alloc_flags = pfnscope_fast_flags(&m->rules, request);
	slow->mark = PFNSCOPE_MARK_MIN;
	slow->alloc_flags = pfnscope_alloc_flags(&m->rules, request);
	last->mark = PFNSCOPE_MARK_MIN;
	last->alloc_flags = reserves ? reserves : slow->alloc_flags;
	plan->nr_attempts = 2;
	if (reserves || (pfnscope_leaves_cpuset(&m->rules, request) &&
			 (request->nodes || request->cpuset)))
		plan->nr_attempts = 3;
}

static bool any_unknown(const struct pfnscope_attempt *a, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (a->verdicts[i].reason == PFNSCOPE_REASON_UNKNOWN)
			return true;
	return false;
}

/* Whether any zone of its list is of these nodes. */
static bool any_zone(const struct pfnscope_plan *plan, uint64_t nodes)
{
	const struct pfnscope_attempt *fast =
		&plan->attempts[PFNSCOPE_STAGE_FAST];

	for (size_t i = 0; i < plan->count; i++)
		if (!nodes ||
		    (nodes & pfnscope_node_bit(fast->verdicts[i].zone->node)))
			return true;
	return false;
}

static bool has_only_movable(const struct pfnscope_machine *m, uint64_t nodes)
{
	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].managed > 0 && m->zones[i].node >= 0 &&
		    m->zones[i].class < PFNSCOPE_CLASS_MOVABLE &&
		    (nodes & pfnscope_node_bit(m->zones[i].node)))
			return false;
	return true;
}

/*
 * A policy, or a list, without a zone for it is the end, before the slow path tries
 * or wakes anything. Where it is the cpuset that leaves none the kernel reclaims in
 * vain, unless it has seen a cpuset of nodes with nothing but movable memory: this
 * one counts, others are not known.
 */
static bool has_no_zone(const struct pfnscope_machine *m,
			const struct pfnscope_request *request,
			struct pfnscope_plan *plan)
{
	uint64_t policy = pfnscope_policy_nodes(request, PFNSCOPE_STAGE_SLOW);

	if (!any_zone(plan, policy))
		return true;
	if (!request->cpuset || !(request->gfp & PFNSCOPE_GFP_HARDWALL) ||
	    !m->rules.minds_insane_cpusets || any_zone(plan, request->cpuset))
		return false;
	if (has_only_movable(m, request->cpuset))
		return true;
	plan->maybe_insane = true;
	return false;
}

static void run_attempts(const struct pfnscope_machine *m,
			 const struct pfnscope_request *request,
			 struct pfnscope_plan *plan)
{
	uint64_t busy = awake_nodes(m);

	for (unsigned int i = 0; i < plan->nr_attempts; i++) {
		struct pfnscope_attempt *a = &plan->attempts[i];

		try_zones(m, request, i, plan);
		pfnscope_plan_mixing(m, request, i, plan);
		if (i == PFNSCOPE_STAGE_SLOW && !plan->served)
			plan->no_zone = has_no_zone(m, request, plan);
		if (plan->no_zone)
			continue;
		if (!plan->served)
			pfnscope_plan_wake(m, request, i, plan);
		a->served = pfnscope_plan_walk(m, busy | plan->kswapd_nodes, a,
				      plan->count);
		pfnscope_plan_reclaims(m, request, a, plan->count);
		if (plan->served)
			continue;
		plan->made = i;
		if (a->served >= 0)
			plan->served = &a->verdicts[a->served];
	}
}

/* It may wait, and no zone serves: does it, or does it give up? */
static enum pfnscope_outcome outcome_of_waiting(const struct pfnscope_machine *m,
						const struct pfnscope_request *request,
						struct pfnscope_plan *plan)
{
	switch (pfnscope_gives_up(m, request,
				  &plan->attempts[PFNSCOPE_STAGE_SLOW],
				  plan->count)) {
	case PFNSCOPE_YES:
		plan->gives_up = true;
		return PFNSCOPE_OUTCOME_FAIL;
	case PFNSCOPE_NOT_KNOWN:
		plan->may_give_up = true;
		return PFNSCOPE_OUTCOME_RECLAIM;
	default:
		return PFNSCOPE_OUTCOME_RECLAIM;
	}
}

static enum pfnscope_outcome outcome_of_plan(const struct pfnscope_machine *m,
					     const struct pfnscope_request *request,
					     struct pfnscope_plan *plan)
{
	if (plan->served)
		return plan->made == PFNSCOPE_STAGE_FAST ?
		       PFNSCOPE_OUTCOME_FAST :
		       plan->made == PFNSCOPE_STAGE_SLOW ?
		       PFNSCOPE_OUTCOME_SLOW : PFNSCOPE_OUTCOME_RESERVES;
	if (plan->no_zone)
		return PFNSCOPE_OUTCOME_FAIL;
	if (any_unknown(&plan->attempts[plan->made], plan->count))
		return PFNSCOPE_OUTCOME_UNKNOWN;
	if (!(request->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM) || request->memalloc)
		return PFNSCOPE_OUTCOME_FAIL;
	return outcome_of_waiting(m, request, plan);
}

/**
 * pfnscope_plan_make - follow a request
 * @machine: the snapshot
 * @request: the request
 * @plan: gets what becomes of it; pfnscope_plan_clear() frees it
 */
void pfnscope_plan_make(const struct pfnscope_machine *machine,
			const struct pfnscope_request *request,
			struct pfnscope_plan *plan)
{
	*plan = (struct pfnscope_plan){ 0 };
	/* __alloc_pages() turns it away first, with a warning. */
	if (request->order > machine->rules.max_order) {
		plan->too_large = true;
		plan->outcome = PFNSCOPE_OUTCOME_FAIL;
		return;
	}
	set_attempts(machine, request, plan);
	run_attempts(machine, request, plan);
	plan->outcome = outcome_of_plan(machine, request, plan);
	plan->maybe_insane &= plan->outcome != PFNSCOPE_OUTCOME_FAIL;
}

/**
 * pfnscope_plan_clear - free what a plan holds
 * @plan: the plan
 */
void pfnscope_plan_clear(struct pfnscope_plan *plan)
{
	for (int i = 0; i < PFNSCOPE_STAGES; i++)
		free(plan->attempts[i].verdicts);
	*plan = (struct pfnscope_plan){ 0 };
}
