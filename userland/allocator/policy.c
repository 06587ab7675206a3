// SPDX-License-Identifier: GPL-2.0-only
/* Memory policies, as alloc_pages() of mm/mempolicy.c follows them. */
#include "allocator/gfp.h"
#include "allocator/plan.h"

static bool is_in(const struct pfnscope_explain_zone *zone, uint64_t nodes)
{
	return zone->node >= 0 && zone->managed > 0 &&
	       nodes >> (zone->node < 63 ? zone->node : 63) & 1;
}

/**
 * pfnscope_policy_binds - does a policy that binds hold for a request?
 * @machine: the snapshot
 * @request: the request, with the nodes of the policy
 *
 * Mirrors apply_policy_zone(): a policy is for the highest class of zone that any
 * node has, Movable not counted; where its own nodes have but Movable, for that
 * alone. A request for DMA memory, say, may go anywhere.
 *
 * Return: true where its nodes count.
 */
bool pfnscope_policy_binds(const struct pfnscope_machine *machine,
			   const struct pfnscope_request *request)
{
	enum pfnscope_class from = PFNSCOPE_CLASS_DMA;
	bool movable_only = true;

	for (size_t i = 0; i < machine->nr_zones; i++) {
		const struct pfnscope_explain_zone *zone = &machine->zones[i];

		if (zone->managed <= 0 || zone->class >= PFNSCOPE_CLASS_MOVABLE)
			continue;
		if (zone->class > from)
			from = zone->class;
		if (is_in(zone, request->nodes))
			movable_only = false;
	}
	if (movable_only)
		from = PFNSCOPE_CLASS_MOVABLE;
	return pfnscope_request_class(&machine->classes, request->gfp) >= from;
}

/**
 * pfnscope_plan_first - follow a request that would rather have some nodes
 * @machine: the snapshot; gets the kswapds that were woken in vain
 * @request: the request, with these nodes; without, where they do not serve
 * @plan: gets what becomes of it
 *
 * Mirrors alloc_pages_preferred_many(): it asks them without waiting, then all
 * nodes anew.
 */
void pfnscope_plan_first(struct pfnscope_machine *machine,
			 struct pfnscope_request *request,
			 struct pfnscope_plan *plan)
{
	struct pfnscope_request first = *request;
	uint64_t woken;

	first.gfp &= ~(PFNSCOPE_GFP_DIRECT_RECLAIM | PFNSCOPE_GFP_NOFAIL);
	pfnscope_plan_make(machine, &first, plan);
	if (plan->outcome != PFNSCOPE_OUTCOME_FAIL)
		return;
	woken = plan->kswapd_nodes;
	pfnscope_plan_clear(plan);
	for (size_t i = 0; i < machine->nr_zones; i++)
		machine->zones[i].kswapd_awake |= is_in(&machine->zones[i], woken);
	request->nodes = 0;
	pfnscope_plan_make(machine, request, plan);
	plan->kswapd_nodes |= woken;
}
