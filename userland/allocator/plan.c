// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows get_page_from_freelist() and __alloc_pages_slowpath() along the
 * zonelist, without the parts that wait.
 */
#include <stdlib.h>

#include "allocator/compaction.h"
#include "allocator/gfp.h"
#include "allocator/plan.h"
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

static uint64_t node_bit(int64_t node)
{
	return UINT64_C(1) << (node >= 0 && node < 63 ? node : 63);
}

static uint64_t both(uint64_t a, uint64_t b)
{
	return !a || !b ? a | b : a & b;
}

/* A policy without any node of the cpuset is not followed. */
static uint64_t policy_nodes(const struct pfnscope_request *r,
			     enum pfnscope_stage stage)
{
	if (stage == PFNSCOPE_STAGE_RESERVES ||
	    (r->cpuset && !(r->nodes & r->cpuset)))
		return 0;
	return r->nodes;
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
	uint64_t policy = policy_nodes(r, stage);

	if (stage == PFNSCOPE_STAGE_RESERVES ||
	    (stage == PFNSCOPE_STAGE_SLOW &&
	     (!(r->gfp & PFNSCOPE_GFP_HARDWALL) ||
	      pfnscope_leaves_cpuset(rules, r))))
		return policy;
	return both(policy, r->cpuset);
}

/* --- one walk along the list --- */

static bool is_allowed(const struct pfnscope_verdict *v)
{
	return v->reason != PFNSCOPE_REASON_NODE;
}

static const struct pfnscope_explain_zone *
first_zone(const struct pfnscope_attempt *a, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_allowed(&a->verdicts[i]))
			return a->verdicts[i].zone;
	return NULL;
}

static bool node_has_dma32(const struct pfnscope_machine *m, int64_t node)
{
	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].node == node && m->zones[i].managed > 0 &&
		    m->zones[i].class == PFNSCOPE_CLASS_DMA32)
			return true;
	return false;
}

/* Mirrors alloc_flags_nofragment(). */
static bool avoids_mixing(const struct pfnscope_machine *m,
			  const struct pfnscope_explain_zone *first)
{
	if (!m->rules.avoids_mixing || !first ||
	    first->class != PFNSCOPE_CLASS_NORMAL ||
	    pfnscope_class_index(&m->classes, PFNSCOPE_CLASS_DMA32) < 0)
		return false;
	return m->nr_nodes <= 1 || node_has_dma32(m, first->node);
}

/**
 * struct walk - the state of get_page_from_freelist()
 * @first: the preferred zone
 * @nofragment: ALLOC_NOFRAGMENT: blocks of other types are left alone
 * @defrag_mode: vm.defrag_mode: also where nothing else is left
 * @skip_busy: nodes in @busy are passed over
 * @skipped: one was
 */
struct walk {
	const struct pfnscope_explain_zone *first;
	bool nofragment;
	bool defrag_mode;
	bool skip_busy;
	bool skipped;
	uint64_t busy;
};

/* Return: index of the zone that serves, -1 none, -2 begin again. */
static int walk_once(const struct pfnscope_machine *m, struct walk *walk,
		     const struct pfnscope_attempt *a, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct pfnscope_verdict *v = &a->verdicts[i];

		if (!is_allowed(v) || v->reason == PFNSCOPE_REASON_DIRTY)
			continue;
		/* Another node is worse than mixing. */
		if (walk->nofragment && !walk->defrag_mode && m->nr_nodes > 1 &&
		    v->zone->node != walk->first->node) {
			walk->nofragment = false;
			return -2;
		}
		if (walk->skip_busy && (walk->busy & node_bit(v->zone->node))) {
			walk->skipped = true;
			continue;
		}
		if (v->reason == PFNSCOPE_REASON_PASSES &&
		    !(walk->nofragment && v->take.from == PFNSCOPE_TAKE_MIX))
			return (int)i;
	}
	if (walk->skip_busy && walk->skipped) {
		walk->skip_busy = false;
		return -2;
	}
	if (!walk->nofragment || walk->defrag_mode)
		return -1;
	walk->nofragment = false;
	return -2;
}

static int walk_whole(const struct pfnscope_machine *m, struct walk *walk,
		      const struct pfnscope_attempt *a, size_t count)
{
	int served;

	do {
		served = walk_once(m, walk, a, count);
	} while (served == -2);
	return served;
}

static int walk_list(const struct pfnscope_machine *m, uint64_t busy,
		     struct pfnscope_attempt *a, size_t count)
{
	struct walk walk = {
		.first = first_zone(a, count),
		.nofragment = a->avoids_mixing,
		.defrag_mode = a->never_mixes,
		.skip_busy = m->rules.skips_busy_nodes && m->nr_nodes > 1,
		.busy = busy,
	};
	int served = walk_whole(m, &walk, a, count);

	/* The slow path lets it go for who cannot wait, and begins anew. */
	if (served < 0 && a->yields && walk.nofragment) {
		walk.nofragment = false;
		walk.skip_busy = m->rules.skips_busy_nodes && m->nr_nodes > 1;
		served = walk_whole(m, &walk, a, count);
	}
	a->skipped_busy = walk.skipped;
	a->mixed = a->avoids_mixing && !walk.nofragment;
	return served;
}

/* Which nodes it reclaimed on its way, before it left their zones. */
static void note_reclaim(const struct pfnscope_machine *m,
			 const struct pfnscope_request *request,
			 struct pfnscope_attempt *a, size_t count)
{
	size_t end = a->served < 0 ? count : (size_t)a->served;

	for (size_t i = 0; i < end; i++) {
		const struct pfnscope_verdict *v = &a->verdicts[i];
		enum pfnscope_answer answer;

		if (!v->checked || v->unmarked ||
		    v->reason == PFNSCOPE_REASON_PASSES ||
		    v->reason == PFNSCOPE_REASON_DIRTY)
			continue;
		answer = pfnscope_node_reclaims(m, request, v->zone->node);
		if (answer == PFNSCOPE_YES)
			a->reclaims |= node_bit(v->zone->node);
		if (answer == PFNSCOPE_NOT_KNOWN)
			a->may_reclaim |= node_bit(v->zone->node);
	}
}

/* --- kswapd --- */

static uint64_t awake_nodes(const struct pfnscope_machine *m)
{
	uint64_t nodes = 0;

	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].kswapd_awake)
			nodes |= node_bit(m->zones[i].node);
	return nodes;
}

static bool defrags(const struct pfnscope_machine *m)
{
	return m->rules.defrag_mode && m->limits.settings.defrag_mode > 0;
}

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
		if (defrags(m))
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
	uint64_t policy = policy_nodes(r, stage);

	return r->gfp & PFNSCOPE_GFP_HARDWALL ? both(policy, r->cpuset) : policy;
}

/*
 * Mirrors wake_all_kswapds(): one look at each node of the list. Up to 6.x the
 * attempt after the slow path wakes before it leaves cpuset and policy, so none
 * that the slow path did not.
 */
static void wake_kswapds(const struct pfnscope_machine *m,
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
	if (defrags(m) && plain.order < m->rules.pageblock_order)
		plain.order = m->rules.pageblock_order;
	plan->kswapd_order = plain.order;
	for (size_t i = 0; i < plan->count; i++) {
		const struct pfnscope_explain_zone *zone = a->verdicts[i].zone;
		uint64_t node = node_bit(zone->node);

		if (nodes && !(nodes & node))
			continue;
		if (zone->kswapd_hopeless)
			plan->hopeless_nodes |= node;
		else if (!(plan->kswapd_nodes & node) &&
			 !is_balanced(m, &plain, zone->node))
			plan->kswapd_nodes |= node;
	}
}

/* --- the attempts --- */

/* Only the fast path keeps writes off nodes that are over their limit. */
static void ask_dirty(const struct pfnscope_machine *m,
		      const struct pfnscope_request *request,
		      struct pfnscope_verdict *v, struct pfnscope_plan *plan)
{
	enum pfnscope_answer over =
		pfnscope_node_over_dirty(m, request, v->zone->node,
					 &v->dirty.pages, &v->dirty.limit);

	if (!is_allowed(v))
		return;
	if (over == PFNSCOPE_NOT_KNOWN)
		plan->maybe_dirty |= node_bit(v->zone->node);
	if (over != PFNSCOPE_YES)
		return;
	v->reason = PFNSCOPE_REASON_DIRTY;
	v->checked = false;
}

/* Rather than fail it mixes types, but only after everything else. */
static bool yields(const struct pfnscope_machine *m,
		   const struct pfnscope_request *request,
		   enum pfnscope_stage stage, unsigned int stages)
{
	return m->rules.defrag_yields && stage == stages - 1 &&
	       (request->gfp & PFNSCOPE_GFP_KSWAPD_RECLAIM) &&
	       !(request->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM);
}

/* Who has a right to the reserves may mix types, whatever vm.defrag_mode. */
static void set_mixing(const struct pfnscope_machine *m,
		       const struct pfnscope_request *request,
		       enum pfnscope_stage stage, struct pfnscope_plan *plan)
{
	struct pfnscope_attempt *a = &plan->attempts[stage];

	if (stage == PFNSCOPE_STAGE_FAST)
		a->avoids_mixing = avoids_mixing(m, first_zone(a, plan->count));
	if (!defrags(m) || (stage == PFNSCOPE_STAGE_RESERVES &&
			    pfnscope_reserve_flags(&m->rules, request)))
		return;
	a->avoids_mixing = true;
	a->never_mixes = true;
	a->yields = yields(m, request, stage, plan->nr_attempts);
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
		if (!nodes || (nodes & node_bit(fast->verdicts[i].zone->node)))
			return true;
	return false;
}

static bool has_only_movable(const struct pfnscope_machine *m, uint64_t nodes)
{
	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].managed > 0 && m->zones[i].node >= 0 &&
		    m->zones[i].class < PFNSCOPE_CLASS_MOVABLE &&
		    (nodes & node_bit(m->zones[i].node)))
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
	uint64_t policy = policy_nodes(request, PFNSCOPE_STAGE_SLOW);

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
		set_mixing(m, request, i, plan);
		if (i == PFNSCOPE_STAGE_SLOW && !plan->served)
			plan->no_zone = has_no_zone(m, request, plan);
		if (plan->no_zone)
			continue;
		if (!plan->served)
			wake_kswapds(m, request, i, plan);
		a->served = walk_list(m, busy | plan->kswapd_nodes, a,
				      plan->count);
		note_reclaim(m, request, a, plan->count);
		if (plan->served)
			continue;
		plan->made = i;
		if (a->served >= 0)
			plan->served = &a->verdicts[a->served];
	}
}

/* It may wait, and no zone serves: does it, or does it give up? */
static enum pfnscope_outcome waits(const struct pfnscope_machine *m,
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

static enum pfnscope_outcome outcome_of(const struct pfnscope_machine *m,
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
	return waits(m, request, plan);
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
	plan->outcome = outcome_of(machine, request, plan);
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
