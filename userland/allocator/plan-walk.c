// SPDX-License-Identifier: GPL-2.0-only
/*
 * One walk along the zonelist, as get_page_from_freelist() goes it: which zone serves,
 * what was passed over, whether types were mixed.
 */
#include "allocator/gfp.h"
#include "allocator/plan-inside.h"

static const struct pfnscope_explain_zone *
first_zone(const struct pfnscope_attempt *a, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (pfnscope_verdict_allowed(&a->verdicts[i]))
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

/* Rather than fail it mixes types, but only after everything else. */
static bool yields(const struct pfnscope_machine *m,
		   const struct pfnscope_request *request,
		   enum pfnscope_stage stage, unsigned int stages)
{
	return m->rules.defrag_yields && stage == stages - 1 &&
	       (request->gfp & PFNSCOPE_GFP_KSWAPD_RECLAIM) &&
	       !(request->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM);
}

/**
 * pfnscope_plan_mixing - may an attempt take from blocks of another type?
 * @m: the snapshot
 * @request: the request
 * @stage: the attempt
 * @plan: the plan it belongs to
 *
 * Who has a right to the reserves may mix types, whatever vm.defrag_mode.
 */
void pfnscope_plan_mixing(const struct pfnscope_machine *m,
			  const struct pfnscope_request *request,
			  enum pfnscope_stage stage, struct pfnscope_plan *plan)
{
	struct pfnscope_attempt *a = &plan->attempts[stage];

	if (stage == PFNSCOPE_STAGE_FAST)
		a->avoids_mixing = avoids_mixing(m, first_zone(a, plan->count));
	if (!pfnscope_machine_defrags(m) ||
	    (stage == PFNSCOPE_STAGE_RESERVES &&
	     pfnscope_reserve_flags(&m->rules, request)))
		return;
	a->avoids_mixing = true;
	a->never_mixes = true;
	a->yields = yields(m, request, stage, plan->nr_attempts);
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

/* In place of the index of a zone. */
enum {
	NO_ZONE = -1,
	WALK_AGAIN = -2,
};

/* Return: index of the zone that serves, or one of the above. */
static int walk_once(const struct pfnscope_machine *m, struct walk *walk,
		     const struct pfnscope_attempt *a, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct pfnscope_verdict *v = &a->verdicts[i];

		if (!pfnscope_verdict_allowed(v) ||
		    v->reason == PFNSCOPE_REASON_DIRTY)
			continue;
		/* Another node is worse than mixing. */
		if (walk->nofragment && !walk->defrag_mode && m->nr_nodes > 1 &&
		    v->zone->node != walk->first->node) {
			walk->nofragment = false;
			return WALK_AGAIN;
		}
		if (walk->skip_busy &&
		    (walk->busy & pfnscope_node_bit(v->zone->node))) {
			walk->skipped = true;
			continue;
		}
		if (v->reason == PFNSCOPE_REASON_PASSES &&
		    !(walk->nofragment && v->take.from == PFNSCOPE_TAKE_MIX))
			return (int)i;
	}
	if (walk->skip_busy && walk->skipped) {
		walk->skip_busy = false;
		return WALK_AGAIN;
	}
	if (!walk->nofragment || walk->defrag_mode)
		return NO_ZONE;
	walk->nofragment = false;
	return WALK_AGAIN;
}

static int walk_whole(const struct pfnscope_machine *m, struct walk *walk,
		      const struct pfnscope_attempt *a, size_t count)
{
	int served;

	do {
		served = walk_once(m, walk, a, count);
	} while (served == WALK_AGAIN);
	return served;
}

/**
 * pfnscope_plan_walk - walk along the list
 * @m: the snapshot
 * @busy: nodes whose kswapd runs
 * @a: the attempt; gets what was passed over, and whether types were mixed
 * @count: its zones
 *
 * Return: index of the zone that serves, or -1.
 */
int pfnscope_plan_walk(const struct pfnscope_machine *m, uint64_t busy,
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

/**
 * pfnscope_plan_reclaims - which nodes it reclaimed on its way, before it left their zones
 * @m: the snapshot
 * @request: the request
 * @a: the attempt, walked
 * @count: its zones
 */
void pfnscope_plan_reclaims(const struct pfnscope_machine *m,
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
			a->reclaims |= pfnscope_node_bit(v->zone->node);
		if (answer == PFNSCOPE_NOT_KNOWN)
			a->may_reclaim |= pfnscope_node_bit(v->zone->node);
	}
}
