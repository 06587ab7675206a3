// SPDX-License-Identifier: GPL-2.0-only
/*
 * Would direct compaction begin in a zone? The slow path gives up at once on some
 * requests for which it would not. Mirrors compaction_suit_allocation_order() and
 * compaction_deferred() of mm/compaction.c.
 */
#include "allocator/compaction.h"
#include "allocator/gfp.h"
#include "allocator/plan-inside.h"
#include "base/checked.h"

/* Put off after it failed at this order, for twice as many attempts each time. */
static enum pfnscope_answer is_deferred(const struct pfnscope_request *request,
					const struct pfnscope_explain_zone *zone)
{
	int64_t limit;

	if (zone->compact_order_failed < 0 || zone->compact_considered < 0 ||
	    zone->compact_defer_shift < 0 || zone->compact_defer_shift > 31)
		return PFNSCOPE_NOT_KNOWN;
	limit = INT64_C(1) << zone->compact_defer_shift;
	return request->order >= zone->compact_order_failed &&
	       zone->compact_considered + 1 < limit ? PFNSCOPE_YES : PFNSCOPE_NO;
}

/* compact_gap(): as many free pages for copies as the block has, and as many again. */
static int64_t gap(const struct pfnscope_request *request)
{
	return INT64_C(2) << request->order;
}

static bool watermark_ok(const struct pfnscope_machine *m,
			 const struct pfnscope_request *request, int64_t mark,
			 uint32_t alloc_flags,
			 const struct pfnscope_explain_zone *zone)
{
	struct pfnscope_request page = *request;
	struct pfnscope_explain_zone marked = *zone;
	struct pfnscope_verdict v;

	page.order = 0;
	page.nodes = 0;
	marked.min = pfnscope_plus(mark, gap(request));
	marked.boost = 0;
	pfnscope_explain_zone(&m->rules, &m->classes, &page, PFNSCOPE_MARK_MIN,
			      alloc_flags, &marked, &v);
	return v.checked && v.terms.term == PFNSCOPE_TERM_NONE;
}

/*
 * Nothing has to be moved where the block is there by the watermark, as in zones of
 * nodes that are looked at here but not in the walk.
 */
static bool has_block(const struct pfnscope_machine *m,
		      const struct pfnscope_request *request,
		      uint32_t alloc_flags,
		      const struct pfnscope_explain_zone *zone)
{
	struct pfnscope_request anywhere = *request;
	struct pfnscope_verdict v;

	anywhere.nodes = 0;
	pfnscope_explain_zone(&m->rules, &m->classes, &anywhere,
			      PFNSCOPE_MARK_MIN, alloc_flags, zone, &v);
	return v.checked && v.terms.term == PFNSCOPE_TERM_NONE;
}

/* A failure for want of memory, and not for its fragmentation. */
static bool lacks_memory(const struct pfnscope_machine *m,
			 const struct pfnscope_request *request,
			 const struct pfnscope_explain_zone *zone)
{
	int64_t threshold = m->limits.settings.extfrag_threshold;
	int index = pfnscope_extfrag_index(&zone->area, request->order);

	return index >= 0 && index <= (threshold < 0 ? 500 : threshold);
}

static enum pfnscope_answer is_suitable(const struct pfnscope_machine *m,
					const struct pfnscope_request *request,
					uint32_t alloc_flags,
					const struct pfnscope_explain_zone *zone)
{
	bool costly = request->order > PFNSCOPE_COSTLY_ORDER;

	if (zone->min < 0 || zone->low < 0 || zone->free < 0)
		return PFNSCOPE_NOT_KNOWN;
	if (!m->rules.compacts_first && has_block(m, request, alloc_flags, zone))
		return PFNSCOPE_YES;
	/* Blocks that were made of CMA pages would be of no use to it. */
	if (m->rules.compacts_first && costly &&
	    !(alloc_flags & PFNSCOPE_ALLOC_CMA) &&
	    !watermark_ok(m, request, zone->min, 0, zone))
		return PFNSCOPE_NO;
	if (!watermark_ok(m, request, costly ? zone->low : zone->min,
			  PFNSCOPE_ALLOC_CMA, zone))
		return PFNSCOPE_NO;
	if (!costly)
		return PFNSCOPE_YES;
	if (!zone->area_known)
		return PFNSCOPE_NOT_KNOWN;
	return lacks_memory(m, request, zone) ? PFNSCOPE_NO : PFNSCOPE_YES;
}

/**
 * pfnscope_zone_compacts - would direct compaction begin, or find all done?
 * @machine: the snapshot
 * @request: the request
 * @alloc_flags: PFNSCOPE_ALLOC_ bits of the slow path
 * @zone: a zone that does not serve it
 *
 * Return: PFNSCOPE_NOT_KNOWN where the snapshot lacks a figure that decides.
 */
enum pfnscope_answer
pfnscope_zone_compacts(const struct pfnscope_machine *machine,
		       const struct pfnscope_request *request,
		       uint32_t alloc_flags,
		       const struct pfnscope_explain_zone *zone)
{
	enum pfnscope_answer suitable = is_suitable(machine, request,
						    alloc_flags, zone);
	enum pfnscope_answer deferred = is_deferred(request, zone);

	if (suitable == PFNSCOPE_NO || deferred == PFNSCOPE_YES)
		return PFNSCOPE_NO;
	return suitable == PFNSCOPE_YES && deferred == PFNSCOPE_NO ?
	       PFNSCOPE_YES : PFNSCOPE_NOT_KNOWN;
}

/* The flags with which a compaction that does not even begin is the end. */
static bool gives_up_early(const struct pfnscope_machine *m,
			   const struct pfnscope_request *request)
{
	const uint32_t local = PFNSCOPE_GFP_NORETRY | PFNSCOPE_GFP_THISNODE;
	bool costly = request->order > PFNSCOPE_COSTLY_ORDER;

	if (!(request->gfp & PFNSCOPE_GFP_IO) || !request->order)
		return false;
	if (m->rules.compacts_first)
		return (request->gfp & local) == local &&
		       (costly || !(request->gfp & PFNSCOPE_GFP_MOVABLE));
	return m->rules.noretry_needs_compaction && costly &&
	       (request->gfp & PFNSCOPE_GFP_NORETRY) &&
	       !pfnscope_reserve_flags(&m->rules, request);
}

/* Where compaction looks: up to 6.x on nodes outside the cpuset, too. */
static uint64_t compacted_nodes(const struct pfnscope_machine *m,
				const struct pfnscope_request *request,
				const struct pfnscope_attempt *slow)
{
	return m->rules.compacts_in_cpuset ? slow->nodes :
	       pfnscope_policy_nodes(request, PFNSCOPE_STAGE_SLOW);
}

/**
 * pfnscope_gives_up - does the slow path fail without waiting for reclaim?
 * @machine: the snapshot
 * @request: a request that may wait, and that no zone serves
 * @slow: the walk of the slow path
 * @count: zones of it
 *
 * Return: PFNSCOPE_NOT_KNOWN where it depends on what the snapshot lacks.
 */
enum pfnscope_answer
pfnscope_gives_up(const struct pfnscope_machine *machine,
		  const struct pfnscope_request *request,
		  const struct pfnscope_attempt *slow, size_t count)
{
	uint64_t nodes = compacted_nodes(machine, request, slow);
	enum pfnscope_answer answer = PFNSCOPE_YES;

	if (!gives_up_early(machine, request))
		return PFNSCOPE_NO;
	for (size_t i = 0; i < count; i++) {
		const struct pfnscope_verdict *v = &slow->verdicts[i];
		enum pfnscope_answer compacts;

		if (nodes && !(nodes & pfnscope_node_bit(v->zone->node)))
			continue;
		compacts = pfnscope_zone_compacts(machine, request,
						  slow->alloc_flags, v->zone);
		if (compacts == PFNSCOPE_YES)
			return PFNSCOPE_NO;
		if (compacts == PFNSCOPE_NOT_KNOWN)
			answer = PFNSCOPE_NOT_KNOWN;
	}
	return answer;
}
