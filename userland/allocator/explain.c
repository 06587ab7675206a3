// SPDX-License-Identifier: GPL-2.0-only
/* One zone against one request: from the snapshot to the deciding term. */
#include "allocator/explain.h"
#include "allocator/gfp.h"
#include "base/checked.h"

#include <inttypes.h>
#include <stdio.h>

/**
 * pfnscope_explain_zone_init - a zone of which nothing is known yet
 * @zone: the zone
 */
void pfnscope_explain_zone_init(struct pfnscope_explain_zone *zone)
{
	*zone = (struct pfnscope_explain_zone){
		.node = PFNSCOPE_MISSING,
		.managed = PFNSCOPE_MISSING,
		.free = PFNSCOPE_MISSING,
		.boost = PFNSCOPE_MISSING,
		.min = PFNSCOPE_MISSING,
		.low = PFNSCOPE_MISSING,
		.high = PFNSCOPE_MISSING,
		.promo = PFNSCOPE_MISSING,
		.highatomic = PFNSCOPE_MISSING,
		.free_highatomic = PFNSCOPE_MISSING,
		.cma = PFNSCOPE_MISSING,
		.pcp = PFNSCOPE_MISSING,
		.compact_considered = PFNSCOPE_MISSING,
		.compact_defer_shift = PFNSCOPE_MISSING,
		.compact_order_failed = PFNSCOPE_MISSING,
	};
}

static bool node_allowed(const struct pfnscope_request *request, int64_t node)
{
	if (!request->nodes || node == PFNSCOPE_MISSING)
		return true;
	return request->nodes >> (node < 63 ? node : 63) & 1;
}

static int64_t mark_of(const struct pfnscope_explain_zone *zone,
		       enum pfnscope_mark mark)
{
	switch (mark) {
	case PFNSCOPE_MARK_LOW:
		return zone->low;
	case PFNSCOPE_MARK_HIGH:
		return zone->high;
	case PFNSCOPE_MARK_PROMO:
		return zone->promo;
	default:
		return zone->min;
	}
}

/*
 * Single pages for requests that may use reserves do not pay for the boost:
 * zone_watermark_fast() tries them again without it.
 */
static int64_t without_boost(const struct pfnscope_rules *rules,
			     const struct pfnscope_request *request,
			     enum pfnscope_mark mark, uint32_t alloc_flags,
			     const struct pfnscope_explain_zone *zone,
			     int64_t pages)
{
	bool may = rules->boost_skip_atomic ?
		   request->gfp & PFNSCOPE_GFP_ATOMIC :
		   alloc_flags & PFNSCOPE_ALLOC_MIN_RESERVE;

	if (!rules->boost_skip || request->order || !may ||
	    mark != PFNSCOPE_MARK_MIN || zone->boost <= 0)
		return pages;
	return pages - zone->boost;
}

/* Newer rules need a figure that the snapshot may not have: the older bounds it. */
static int64_t highatomic_of(const struct pfnscope_rules *rules,
			     const struct pfnscope_explain_zone *zone)
{
	if (rules->wmark.highatomic == PFNSCOPE_HIGHATOMIC_FREE &&
	    zone->free_highatomic != PFNSCOPE_MISSING)
		return zone->free_highatomic;
	return pfnscope_or_zero(zone->highatomic);
}

static enum pfnscope_reason reason_of(enum pfnscope_wmark_term term)
{
	switch (term) {
	case PFNSCOPE_TERM_MARK:
		return PFNSCOPE_REASON_BELOW_MIN;
	case PFNSCOPE_TERM_RESERVE:
		return PFNSCOPE_REASON_RESERVE;
	case PFNSCOPE_TERM_ORDER_LOOP:
		return PFNSCOPE_REASON_LOOP;
	case PFNSCOPE_TERM_NO_BLOCK:
		return PFNSCOPE_REASON_NO_BLOCK;
	case PFNSCOPE_TERM_TYPE:
		return PFNSCOPE_REASON_TYPE;
	default:
		return PFNSCOPE_REASON_PASSES;
	}
}

/* The watermark lets it pass: is there a block that it may take? */
static void find_block(const struct pfnscope_rules *rules,
		       const struct pfnscope_request *request,
		       uint32_t alloc_flags, struct pfnscope_verdict *v)
{
	pfnscope_take_find(rules, request, alloc_flags, v->zone, &v->take);
	if (v->take.from == PFNSCOPE_TAKE_UNKNOWN && request->order)
		v->reason = PFNSCOPE_REASON_UNKNOWN;
	/* Kernels up to 4.3 kept atomic blocks in the lists of all types. */
	if (v->take.from == PFNSCOPE_TAKE_NOTHING && !rules->wmark.order_loop)
		v->reason = v->terms.blocks ? PFNSCOPE_REASON_TYPE :
					      PFNSCOPE_REASON_NO_BLOCK;
}

/* Enough is free, were it not for CMA or the highatomic reserve. */
static bool is_apart(const struct pfnscope_verdict *v)
{
	return (v->reason == PFNSCOPE_REASON_BELOW_MIN ||
		v->reason == PFNSCOPE_REASON_RESERVE) &&
	       v->terms.after_order > v->terms.right;
}

static void check_watermark(const struct pfnscope_rules *rules,
			    const struct pfnscope_request *request, uint32_t alloc_flags,
			    struct pfnscope_verdict *v)
{
	const struct pfnscope_explain_zone *zone = v->zone;
	struct pfnscope_wmark_zone z = {
		.free = zone->free,
		.highatomic = highatomic_of(rules, zone),
		.cma = pfnscope_or_zero(zone->cma),
		.area = zone->area_known ? &zone->area : NULL,
	};
	struct pfnscope_wmark_ask ask = {
		.order = request->order,
		.alloc_flags = alloc_flags,
		.mark = v->mark,
		.reserve = v->reserve,
	};

	pfnscope_wmark_check(&rules->wmark, &z, &ask, &v->terms);
	v->checked = true;
	v->unmarked = alloc_flags & PFNSCOPE_ALLOC_NO_WATERMARKS;
	v->reason = reason_of(v->terms.term);
	if (is_apart(v))
		v->reason = PFNSCOPE_REASON_APART;
	if (v->reason == PFNSCOPE_REASON_PASSES)
		find_block(rules, request, alloc_flags, v);
}

/*
 * Without a header no class can be told: only what fails for every class, and
 * would fail for a single page, is certain.
 */
static void check_unknown(struct pfnscope_verdict *v)
{
	v->reason = v->zone->free <= v->mark ? PFNSCOPE_REASON_BELOW_MIN :
					       PFNSCOPE_REASON_UNKNOWN;
}

static int64_t reserve_of(const struct pfnscope_classes *classes,
			  const struct pfnscope_explain_zone *zone,
			  enum pfnscope_class class)
{
	int index = pfnscope_class_index(classes, class);

	if (index < 0 || (unsigned int)index >= zone->reserves)
		return PFNSCOPE_MISSING;
	return zone->reserve[index];
}

/**
 * pfnscope_explain_zone - one zone's answer to a request
 * @rules: rules of the kernel
 * @classes: its zone classes
 * @request: the request
 * @mark: which watermark this attempt compares with
 * @alloc_flags: PFNSCOPE_ALLOC_ bits of this attempt
 * @zone: the zone
 * @verdict: gets the answer with every term
 */
void pfnscope_explain_zone(const struct pfnscope_rules *rules,
			   const struct pfnscope_classes *classes,
			   const struct pfnscope_request *request,
			   enum pfnscope_mark mark, uint32_t alloc_flags,
			   const struct pfnscope_explain_zone *zone,
			   struct pfnscope_verdict *verdict)
{
	enum pfnscope_class class = pfnscope_request_class(classes,
							   request->gfp);

	*verdict = (struct pfnscope_verdict){
		.zone = zone,
		.which = mark,
		.mark = mark_of(zone, mark),
		.reserve = PFNSCOPE_MISSING,
		.order = request->order,
		.terms.loop_order = -1,
	};
	if (!node_allowed(request, zone->node)) {
		verdict->reason = PFNSCOPE_REASON_NODE;
		return;
	}
	if (request->gfp_known && zone->class > class) {
		verdict->reason = PFNSCOPE_REASON_CLASS;
		return;
	}
	if (request->gfp_known)
		verdict->reserve = reserve_of(classes, zone, class);
	if (!zone->managed) {
		verdict->reason = PFNSCOPE_REASON_NO_MANAGED;
		return;
	}
	if (zone->free == PFNSCOPE_MISSING ||
	    verdict->mark == PFNSCOPE_MISSING) {
		verdict->reason = PFNSCOPE_REASON_UNKNOWN;
		return;
	}
	if (!request->gfp_known) {
		check_unknown(verdict);
		return;
	}
	verdict->mark = without_boost(rules, request, mark, alloc_flags, zone,
				      verdict->mark);
	if (verdict->reserve == PFNSCOPE_MISSING) {
		/* Passing needs the row; failing without it does not. */
		verdict->reserve = 0;
		check_watermark(rules, request, alloc_flags, verdict);
		verdict->reserve = PFNSCOPE_MISSING;
		if (verdict->reason == PFNSCOPE_REASON_PASSES)
			verdict->reason = PFNSCOPE_REASON_UNKNOWN;
		return;
	}
	check_watermark(rules, request, alloc_flags, verdict);
}

/**
 * pfnscope_verdict_passes - would the zone serve?
 * @v: what it says
 *
 * Return: yes, no, or that it cannot be told.
 */
enum pfnscope_passes pfnscope_verdict_passes(const struct pfnscope_verdict *v)
{
	switch (v->reason) {
	case PFNSCOPE_REASON_PASSES:
		return PFNSCOPE_PASSES_YES;
	case PFNSCOPE_REASON_UNKNOWN:
	case PFNSCOPE_REASON_ONE_NODE:
		return PFNSCOPE_PASSES_UNKNOWN;
	default:
		return PFNSCOPE_PASSES_NO;
	}
}

/**
 * pfnscope_verdict_shortage - pages that a zone is short of
 * @v: what it says
 *
 * Return: pages, 0 where the watermark is not what decided.
 */
int64_t pfnscope_verdict_shortage(const struct pfnscope_verdict *v)
{
	int64_t missing = pfnscope_minus(v->terms.right, v->terms.left);

	if (!v->checked || (v->reason != PFNSCOPE_REASON_BELOW_MIN &&
			    v->reason != PFNSCOPE_REASON_RESERVE &&
			    v->reason != PFNSCOPE_REASON_APART))
		return 0;
	missing = pfnscope_plus(missing, 1);
	return missing == PFNSCOPE_MISSING ? 0 : missing;
}

/**
 * pfnscope_boost_decides - would a zone that fails serve without the boost?
 * @rules: rules of the kernel
 * @classes: its zone classes
 * @request: the request
 * @alloc_flags: PFNSCOPE_ALLOC_ bits of the attempt
 * @verdict: what the zone says with it
 *
 * The marks are asked again, for the flags may have lowered them, and single
 * pages that may use reserves do not pay for the boost at all.
 *
 * Return: true where the boost alone makes it fail.
 */
bool pfnscope_boost_decides(const struct pfnscope_rules *rules,
			    const struct pfnscope_classes *classes,
			    const struct pfnscope_request *request,
			    uint32_t alloc_flags,
			    const struct pfnscope_verdict *verdict)
{
	struct pfnscope_explain_zone zone = *verdict->zone;
	struct pfnscope_verdict without;

	if (!pfnscope_verdict_shortage(verdict) || zone.boost <= 0)
		return false;
	zone.min = pfnscope_minus(zone.min, zone.boost);
	zone.low = pfnscope_minus(zone.low, zone.boost);
	zone.high = pfnscope_minus(zone.high, zone.boost);
	zone.boost = 0;
	pfnscope_explain_zone(rules, classes, request, verdict->which,
			      alloc_flags, &zone, &without);
	return without.reason == PFNSCOPE_REASON_PASSES;
}

/**
 * pfnscope_mark_name - name of a watermark
 * @mark: the watermark
 *
 * Return: the name.
 */
const char *pfnscope_mark_name(enum pfnscope_mark mark)
{
	return mark == PFNSCOPE_MARK_LOW ? "low" :
	       mark == PFNSCOPE_MARK_HIGH ? "high" :
	       mark == PFNSCOPE_MARK_PROMO ? "promo" : "min";
}

/**
 * pfnscope_reason_text - say a verdict's reason
 * @verdict: the verdict
 * @out: gets one line without a final dot
 * @size: size of @out
 */
void pfnscope_reason_text(const struct pfnscope_verdict *verdict, char *out,
			  size_t size)
{
	static const char *const texts[] = {
		[PFNSCOPE_REASON_PASSES] = "would have succeeded on this "
					   "snapshot",
		[PFNSCOPE_REASON_RESERVE] = "free below watermark + "
			"lowmem_reserve for this request's class",
		[PFNSCOPE_REASON_APART] = "free above the watermark only with "
			"what is reserved for CMA or highatomic",
		[PFNSCOPE_REASON_TYPE] = "only CMA or HIGHATOMIC blocks big "
					 "enough",
		[PFNSCOPE_REASON_NO_MANAGED] = "zone has no managed pages",
		[PFNSCOPE_REASON_CLASS] = "this request may not use the zone",
		[PFNSCOPE_REASON_NODE] = "this request may not use the node",
		[PFNSCOPE_REASON_ONE_NODE] = "cannot be told: __GFP_THISNODE, "
			"and the log does not name the node",
		[PFNSCOPE_REASON_DIRTY] = "node over its limit of dirty "
			"pages, and this is to be written to",
		[PFNSCOPE_REASON_UNKNOWN] = "cannot be told from this dump",
	};

	if (verdict->reason == PFNSCOPE_REASON_NO_BLOCK)
		snprintf(out, size, "%sno free block of order >= %u",
			 verdict->zone->free == PFNSCOPE_MISSING ? "" :
			 "enough free pages but ", verdict->order);
	else if (verdict->reason == PFNSCOPE_REASON_BELOW_MIN)
		snprintf(out, size, "free below watermark %s",
			 pfnscope_mark_name(verdict->which));
	else if (verdict->reason == PFNSCOPE_REASON_LOOP)
		snprintf(out, size, "enough free pages but too few in blocks "
			 "above order %d", verdict->terms.loop_order);
	else
		snprintf(out, size, "%s", texts[verdict->reason]);
}
