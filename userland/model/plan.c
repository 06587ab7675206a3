// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows get_page_from_freelist() and __alloc_pages_slowpath() along the
 * zonelist, without the parts that wait.
 */
#include <stdlib.h>

#include "model/alloc.h"
#include "model/gfp.h"
#include "model/plan.h"

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
		[PFNSCOPE_OUTCOME_RECLAIM] = "reclaim",
		[PFNSCOPE_OUTCOME_FAIL] = "fail",
		[PFNSCOPE_OUTCOME_UNKNOWN] = "unknown",
	};

	return names[outcome];
}

static uint32_t own_type(uint32_t gfp)
{
	if (gfp & PFNSCOPE_GFP_MOVABLE)
		return PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE);
	if (gfp & PFNSCOPE_GFP_RECLAIMABLE)
		return PFNSCOPE_TYPE_BIT(PFNSCOPE_RECLAIMABLE);
	return PFNSCOPE_TYPE_BIT(PFNSCOPE_UNMOVABLE);
}

/* A block of its own type, or a whole pageblock of another to take over. */
static bool without_mixing(const struct pfnscope_machine *m,
			   const struct pfnscope_explain_zone *zone,
			   const struct pfnscope_request *request)
{
	for (unsigned int o = request->order; o < PFNSCOPE_ORDERS; o++) {
		if (!zone->area.blocks[o])
			continue;
		if (!zone->area.types[o] || o >= m->pageblock_order ||
		    (zone->area.types[o] & own_type(request->gfp)))
			return true;
	}
	return !zone->area_known;
}

static bool node_has_dma32(const struct pfnscope_machine *m, int64_t node)
{
	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].node == node && m->zones[i].managed > 0 &&
		    m->zones[i].class == PFNSCOPE_CLASS_DMA32)
			return true;
	return false;
}

/*
 * Since 5.0 the first attempt would rather leave ZONE_NORMAL than put a type
 * into another's pageblock, and comes back if nothing else serves.
 */
static bool avoids_mixing(const struct pfnscope_machine *m,
			  const struct pfnscope_plan *plan)
{
	const struct pfnscope_explain_zone *first;

	if (m->rules.version < PFNSCOPE_KERNEL(5, 0, 0) || !plan->count)
		return false;
	first = plan->fast[0].zone;
	if (first->class != PFNSCOPE_CLASS_NORMAL ||
	    pfnscope_class_index(&m->classes, PFNSCOPE_CLASS_DMA32) < 0)
		return false;
	return m->nr_nodes <= 1 || node_has_dma32(m, first->node);
}

static int first_passing(const struct pfnscope_verdict *verdicts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (verdicts[i].reason == PFNSCOPE_REASON_PASSES)
			return (int)i;
	return -1;
}

static int fast_choice(const struct pfnscope_machine *m,
		       const struct pfnscope_request *request,
		       const struct pfnscope_plan *plan)
{
	int64_t node;

	if (!avoids_mixing(m, plan))
		return first_passing(plan->fast, plan->count);
	node = plan->fast[0].zone->node;
	for (size_t i = 0; i < plan->count; i++) {
		/* Another node is worse than mixing. */
		if (plan->fast[i].zone->node != node)
			break;
		if (plan->fast[i].reason == PFNSCOPE_REASON_PASSES &&
		    without_mixing(m, plan->fast[i].zone, request))
			return (int)i;
	}
	return first_passing(plan->fast, plan->count);
}

static bool any_unknown(const struct pfnscope_verdict *verdicts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (verdicts[i].reason == PFNSCOPE_REASON_UNKNOWN)
			return true;
	return false;
}

static void try_zones(const struct pfnscope_machine *m,
		      const struct pfnscope_request *request,
		      struct pfnscope_plan *plan)
{
	for (size_t i = 0; i < m->nr_list; i++) {
		const struct pfnscope_explain_zone *zone =
			&m->zones[m->list[i]];
		struct pfnscope_verdict *fast = &plan->fast[plan->count];

		pfnscope_explain_zone(&m->rules, &m->classes, request,
				      PFNSCOPE_MARK_LOW, plan->fast_flags,
				      zone, fast);
		if (fast->reason == PFNSCOPE_REASON_CLASS ||
		    fast->reason == PFNSCOPE_REASON_NO_MANAGED)
			continue;
		pfnscope_explain_zone(&m->rules, &m->classes, request,
				      PFNSCOPE_MARK_MIN, plan->slow_flags,
				      zone, &plan->slow[plan->count++]);
	}
}

static bool may_wait(const struct pfnscope_request *request)
{
	return (request->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM) &&
	       !request->memalloc;
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
	size_t room = machine->nr_list + 1;

	*plan = (struct pfnscope_plan){ .served = -1 };
	plan->fast = pfnscope_calloc(room, sizeof(*plan->fast));
	plan->slow = pfnscope_calloc(room, sizeof(*plan->slow));
	plan->fast_flags = pfnscope_fast_flags(&machine->rules, request);
	plan->slow_flags = pfnscope_alloc_flags(&machine->rules, request);
	try_zones(machine, request, plan);

	plan->outcome = PFNSCOPE_OUTCOME_FAST;
	plan->served = fast_choice(machine, request, plan);
	if (plan->served >= 0)
		return;
	plan->outcome = PFNSCOPE_OUTCOME_SLOW;
	plan->served = first_passing(plan->slow, plan->count);
	if (plan->served >= 0)
		return;
	if (any_unknown(plan->slow, plan->count))
		plan->outcome = PFNSCOPE_OUTCOME_UNKNOWN;
	else
		plan->outcome = may_wait(request) ? PFNSCOPE_OUTCOME_RECLAIM :
						    PFNSCOPE_OUTCOME_FAIL;
}

/**
 * pfnscope_plan_clear - free what a plan holds
 * @plan: the plan
 */
void pfnscope_plan_clear(struct pfnscope_plan *plan)
{
	free(plan->fast);
	free(plan->slow);
	*plan = (struct pfnscope_plan){ .served = -1 };
}
