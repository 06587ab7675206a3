// SPDX-License-Identifier: GPL-2.0-only
/* Whom the slow path wakes: the nodes whose kswapd has something to do. */
#include "allocator/gfp.h"
#include "allocator/plan-inside.h"

/* What vm.defrag_mode lets kswapd count: free pages in whole pageblocks. */
static int64_t whole_blocks(const struct pfnscope_machine *m,
			    const struct pfnscope_explain_zone *zone)
{
	int64_t pages = 0;

	if (!zone->area_known)
		return zone->free;
	for (unsigned int order = m->rules.pageblock_order;
	     order < PFNSCOPE_ORDERS; order++)
		pages += (int64_t)(zone->area.blocks[order] << order);
	return pages;
}

/* Above which mark kswapd sleeps: a tiered node makes room for what is promoted. */
static enum pfnscope_mark sleep_mark(const struct pfnscope_machine *m,
				     const struct pfnscope_explain_zone *zone)
{
	return m->rules.tiering_mark && m->limits.settings.tiering > 0 &&
	       zone->promo >= 0 ? PFNSCOPE_MARK_PROMO : PFNSCOPE_MARK_HIGH;
}

/*
 * Mirrors pgdat_balanced(): one zone whose watermark check passes, and no boost.
 * Whether there is a block that the request may take is not asked.
 */
static bool is_balanced(const struct pfnscope_machine *m,
			const struct pfnscope_request *request, int64_t node)
{
	enum pfnscope_class class = pfnscope_request_class(&m->classes,
							   request->gfp);
	bool any = false, balanced = false;
	struct pfnscope_verdict v;

	for (size_t i = 0; i < m->nr_zones; i++) {
		struct pfnscope_explain_zone zone = m->zones[i];

		if (zone.node != node || zone.class > class ||
		    zone.managed <= 0)
			continue;
		if (zone.boost > 0)
			return false;
		if (pfnscope_machine_defrags(m))
			zone.free = whole_blocks(m, &zone);
		any = true;
		pfnscope_explain_zone(&m->rules, &m->classes, request,
				      sleep_mark(m, &zone), 0, &zone, &v);
		balanced |= v.checked && v.terms.term == PFNSCOPE_TERM_NONE;
	}
	return balanced || !any;
}

/* __GFP_HARDWALL keeps to the cpuset here even what the walks let out of it. */
static uint64_t nodes_to_wake(const struct pfnscope_request *r,
			      enum pfnscope_stage stage)
{
	uint64_t policy = pfnscope_policy_nodes(r, stage);

	return r->gfp & PFNSCOPE_GFP_HARDWALL ?
	       pfnscope_nodes_both(policy, r->cpuset) : policy;
}

/**
 * pfnscope_plan_wake - wake kswapd
 * @m: the snapshot
 * @request: the request
 * @stage: the attempt that does
 * @plan: gets the nodes, and the order
 *
 * Mirrors wake_all_kswapds(): one look at each node of the list. Up to 6.x the
 * attempt after the slow path wakes before it leaves cpuset and policy, so none
 * that the slow path did not.
 */
void pfnscope_plan_wake(const struct pfnscope_machine *m,
			const struct pfnscope_request *request,
			enum pfnscope_stage stage, struct pfnscope_plan *plan)
{
	const struct pfnscope_attempt *a = &plan->attempts[stage];
	uint64_t nodes = nodes_to_wake(request, stage);
	struct pfnscope_request plain = *request;

	if (!(request->gfp & PFNSCOPE_GFP_KSWAPD_RECLAIM) ||
	    stage == PFNSCOPE_STAGE_FAST ||
	    (stage == PFNSCOPE_STAGE_RESERVES && !m->rules.compacts_first))
		return;
	plain.nodes = 0;
	if (pfnscope_machine_defrags(m) && plain.order < m->rules.pageblock_order)
		plain.order = m->rules.pageblock_order;
	plan->kswapd_order = plain.order;
	for (size_t i = 0; i < plan->count; i++) {
		const struct pfnscope_explain_zone *zone = a->verdicts[i].zone;
		uint64_t node = pfnscope_node_bit(zone->node);

		if (nodes && !(nodes & node))
			continue;
		if (zone->kswapd_hopeless)
			plan->hopeless_nodes |= node;
		else if (!(plan->kswapd_nodes & node) &&
			 !is_balanced(m, &plain, zone->node))
			plan->kswapd_nodes |= node;
	}
}
