// SPDX-License-Identifier: GPL-2.0-only
/* Rebuilds the snapshot that a report holds, and asks the same engine. */
#include "allocator/gfp.h"
#include "allocator/nodes.h"
#include "base/alloc.h"
#include "oomlog/explain.h"

#include <stdlib.h>
#include <string.h>

/* More than any machine has: a figure that was damaged. */
#define MOST_PAGES	(INT64_C(1) << 48)

static int64_t sane_pages(int64_t pages)
{
	return pages < 0 || pages > MOST_PAGES ? PFNSCOPE_MISSING : pages;
}

static int64_t kb_in_pages(int64_t kb, int64_t unit_kb)
{
	return kb == PFNSCOPE_MISSING ? kb : sane_pages(kb / unit_kb);
}

static void take_area(const struct pfnscope_oom_zone *from,
		      struct pfnscope_explain_zone *z)
{
	for (unsigned int order = 0; order < from->list_orders &&
	     order < PFNSCOPE_ORDERS; order++) {
		z->area.blocks[order] = (uint64_t)from->list_blocks[order];
		z->area.types[order] = from->list_types[order];
	}
	/* Of a list that was cut the largest blocks are not there. */
	z->area_known = from->list_orders > 0 && from->list_whole;
}

/* Reserves are printed in pages: without a page size only zeros are known. */
static void take_reserves(const struct pfnscope_oom_zone *from, bool in_kb,
			  struct pfnscope_explain_zone *z)
{
	z->reserves = from->reserves;
	for (unsigned int i = 0; i < from->reserves; i++)
		z->reserve[i] = in_kb && from->reserve_pages[i] ?
				PFNSCOPE_MISSING : sane_pages(from->reserve_pages[i]);
}

static void explain_take_zone(const struct pfnscope_oom_zone *from, int64_t page_kb,
			      struct pfnscope_explain_zone *z)
{
	bool in_kb = page_kb == PFNSCOPE_MISSING;

	if (in_kb)
		page_kb = 1;
	pfnscope_explain_zone_init(z);
	z->node = from->node;
	memcpy(z->name, from->zone, sizeof(z->name));
	z->class = pfnscope_class_named(from->zone);
	z->free = kb_in_pages(from->free_kb, page_kb);
	z->boost = kb_in_pages(from->boost_kb, page_kb);
	z->min = kb_in_pages(from->min_kb, page_kb);
	z->low = kb_in_pages(from->low_kb, page_kb);
	z->high = kb_in_pages(from->high_kb, page_kb);
	z->highatomic = kb_in_pages(from->reserved_highatomic_kb, page_kb);
	z->free_highatomic = kb_in_pages(from->free_highatomic_kb, page_kb);
	z->cma = kb_in_pages(from->free_cma_kb, page_kb);
	z->managed = kb_in_pages(from->managed_kb, page_kb);
	if (from->managed_kb == PFNSCOPE_MISSING && !from->present_kb)
		z->managed = 0;
	z->pcp = kb_in_pages(from->free_pcp_kb, page_kb);
	take_reserves(from, in_kb, z);
	take_area(from, z);
}

/* A request that must not wait may leave its cpuset; others may not. */
static uint64_t allowed_nodes(const struct pfnscope_oom_report *report,
			      uint32_t gfp)
{
	uint64_t nodes = pfnscope_node_bits(report->nodemask);
	uint64_t mems = pfnscope_node_bits(report->mems_allowed);

	if (!(gfp & PFNSCOPE_GFP_DIRECT_RECLAIM) || !mems)
		return nodes;
	return nodes && (nodes & mems) ? nodes & mems : mems;
}

static void request_take_gfp(const struct pfnscope_oom_report *report,
			     unsigned int version, struct pfnscope_request *request)
{
	uint64_t unknown = 0;
	char bad[40];

	request->gfp_known = report->has_gfp;
	/* A page fault that failed hands on no flags; GFP_NOWAIT once was none. */
	request->no_request = report->has_gfp && !report->gfp_mask &&
			      report->kind != PFNSCOPE_OOM_ALLOC_FAILURE &&
			      report->kind != PFNSCOPE_OOM_ALLOC_STALL;
	if (report->gfp_flags[0])
		pfnscope_gfp_from_names(report->gfp_flags, &request->gfp, bad,
					sizeof(bad));
	else
		request->gfp = pfnscope_gfp_from_mask(report->gfp_mask,
						      version, &unknown);
}

/* Other allocators ask for bytes, or for one page after the other. */
static bool pages_were_asked(const struct pfnscope_oom_report *report)
{
	return (report->kind == PFNSCOPE_OOM_GLOBAL && !report->forced) ||
	       !strcmp(report->failure.what, "page");
}

static void take_request(const struct pfnscope_oom_report *report,
			 struct pfnscope_oom_answer *answer)
{
	struct pfnscope_request *request = &answer->request;

	request->node = PFNSCOPE_MISSING;
	request->cpu = PFNSCOPE_MISSING;
	request_take_gfp(report, answer->rules.version, request);
	answer->order_is_zero = report->order < 0;
	answer->order_lost = report->order < 0 && pages_were_asked(report);
	request->order = report->order < 0 ? 0 : (unsigned int)report->order;
	request->nodes = allowed_nodes(report, request->gfp);
	answer->preferred_known = request->gfp_known;
	answer->preferred = pfnscope_request_class(&answer->classes,
						   request->gfp);
	/* 32-bit kernels have ZONE_HIGHMEM, whether or not a row tells it. */
	if (!answer->classes.count && report->era.pointer_bits == 32 &&
	    (request->gfp & (PFNSCOPE_GFP_HIGHMEM | PFNSCOPE_GFP_MOVABLE)) ==
	    PFNSCOPE_GFP_HIGHMEM)
		answer->preferred = PFNSCOPE_CLASS_HIGHMEM;
}

/* Later stable kernels of a series print and subtract the newer figure. */
static void settle_highatomic(struct pfnscope_oom_answer *answer, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (answer->zones[i].free_highatomic != PFNSCOPE_MISSING)
			answer->rules.wmark.highatomic =
				PFNSCOPE_HIGHATOMIC_FREE;
}

/*
 * 4.4 to 5.5 reserve highatomic blocks and do not print how many. At most one
 * percent of a zone is reserved: within that margin nothing is certain.
 */
static bool is_uncertain(const struct pfnscope_oom_answer *answer,
			 const struct pfnscope_verdict *v)
{
	const struct pfnscope_explain_zone *z = v->zone;
	int64_t most = z->managed == PFNSCOPE_MISSING ? 0 : z->managed / 100;

	if (!v->checked || v->reason != PFNSCOPE_REASON_PASSES ||
	    z->highatomic != PFNSCOPE_MISSING ||
	    answer->rules.wmark.highatomic == PFNSCOPE_HIGHATOMIC_NONE)
		return false;
	return v->terms.left - most <= v->terms.right &&
	       (v->terms.types & PFNSCOPE_TYPE_BIT(PFNSCOPE_HIGHATOMIC));
}

/*
 * A list without the line of its zone: no watermark is known, but where no
 * block is large enough, or none of a type it may use, the zone cannot serve.
 */
static void judge_list(const struct pfnscope_oom_answer *answer,
		       const struct pfnscope_explain_zone *zone,
		       struct pfnscope_verdict *v)
{
	struct pfnscope_explain_zone bare = *zone;
	enum pfnscope_reason reason;

	bare.free = (int64_t)pfnscope_free_pages(&bare.area);
	bare.min = INT32_MIN;
	bare.reserves = answer->classes.count;
	memset(bare.reserve, 0, sizeof(bare.reserve));
	pfnscope_explain_zone(&answer->rules, &answer->classes,
			      &answer->request, PFNSCOPE_MARK_MIN,
			      answer->alloc_flags, &bare, v);
	reason = v->reason;
	v->zone = zone;
	v->mark = PFNSCOPE_MISSING;
	v->reserve = PFNSCOPE_MISSING;
	if (v->checked && (reason == PFNSCOPE_REASON_NO_BLOCK ||
			   reason == PFNSCOPE_REASON_TYPE))
		return;
	v->checked = false;
	if (reason != PFNSCOPE_REASON_CLASS && reason != PFNSCOPE_REASON_NODE)
		v->reason = PFNSCOPE_REASON_UNKNOWN;
}

/* In kB no order can be subtracted: what passes may pass for order 0 alone. */
static void judge_in_kb(const struct pfnscope_oom_answer *answer,
			const struct pfnscope_explain_zone *zone,
			struct pfnscope_verdict *v)
{
	struct pfnscope_request request = answer->request;

	request.order = 0;
	pfnscope_explain_zone(&answer->rules, &answer->classes, &request,
			      PFNSCOPE_MARK_MIN, answer->alloc_flags, zone, v);
	v->in_kb = true;
	if (v->reason == PFNSCOPE_REASON_PASSES && answer->request.order)
		v->reason = PFNSCOPE_REASON_UNKNOWN;
}

/* Free pages of CMA that a zone may have, of which its line says nothing: it was cut. */
static int64_t cma_at_most(const struct pfnscope_oom_report *report,
			   const struct pfnscope_explain_zone *zone)
{
	int64_t most = report->counters[PFNSCOPE_MEM_FREE_CMA];

	if (zone->cma != PFNSCOPE_MISSING)
		return 0;
	if (most == PFNSCOPE_MISSING)
		most = pfnscope_or_zero(report->counters[PFNSCOPE_MEM_CMA_RESERVED]);
	return most < zone->free ? most : zone->free;
}

/* Would the zone still serve if all that were CMA's? Else nothing can be told. */
static void doubt_cma(const struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_answer *answer,
		      const struct pfnscope_explain_zone *zone, struct pfnscope_verdict *v)
{
	struct pfnscope_explain_zone worst = *zone;
	struct pfnscope_verdict other;

	worst.cma = cma_at_most(report, zone);
	if (v->reason != PFNSCOPE_REASON_PASSES || worst.cma <= 0)
		return;
	pfnscope_explain_zone(&answer->rules, &answer->classes, &answer->request, PFNSCOPE_MARK_MIN,
			      answer->alloc_flags, &worst, &other);
	if (other.reason != PFNSCOPE_REASON_PASSES)
		v->reason = PFNSCOPE_REASON_UNKNOWN;
}

static void judge_zone(const struct pfnscope_oom_report *report,
		       const struct pfnscope_oom_answer *answer, size_t i,
		       struct pfnscope_verdict *v)
{
	const struct pfnscope_explain_zone *zone = &answer->zones[i];

	if (!report->zones[i].has_line)
		judge_list(answer, zone, v);
	else if (answer->page_kb == PFNSCOPE_MISSING)
		judge_in_kb(answer, zone, v);
	else
		pfnscope_explain_zone(&answer->rules, &answer->classes,
				      &answer->request, PFNSCOPE_MARK_MIN,
				      answer->alloc_flags, zone, v);
	if (report->zones[i].has_line && answer->page_kb != PFNSCOPE_MISSING)
		doubt_cma(report, answer, zone, v);
	if (v->reason != PFNSCOPE_REASON_PASSES)
		return;
	if (answer->one_node)
		v->reason = PFNSCOPE_REASON_ONE_NODE;
	else if (answer->order_lost)
		v->reason = PFNSCOPE_REASON_UNKNOWN;
}

/* What holds for every request comes first, where the request is not known. */
static void add_verdicts(const struct pfnscope_oom_report *report,
			 struct pfnscope_oom_answer *answer, bool certain)
{
	for (size_t i = 0; i < report->nr_zones; i++) {
		struct pfnscope_verdict v;

		judge_zone(report, answer, i, &v);
		if (v.reason == PFNSCOPE_REASON_CLASS ||
		    (v.reason != PFNSCOPE_REASON_UNKNOWN) != certain)
			continue;
		if (!report->zones[i].has_line && !certain)
			continue;
		answer->uncertain |= is_uncertain(answer, &v);
		answer->verdicts[answer->nr_verdicts++] = v;
	}
}

/* __GFP_THISNODE: one node counts, and no line tells which of several. */
static bool is_one_of_nodes(const struct pfnscope_oom_report *report,
			    const struct pfnscope_oom_answer *answer)
{
	if (!(answer->request.gfp & PFNSCOPE_GFP_THISNODE))
		return false;
	for (size_t i = 1; i < report->nr_zones; i++)
		if (report->zones[i].node != report->zones[0].node)
			return true;
	return false;
}

static void explain_zones(const struct pfnscope_oom_report *report,
			  struct pfnscope_oom_answer *answer)
{
	size_t nr = report->nr_zones;

	if (!nr)
		return;
	answer->zones = pfnscope_calloc(nr, sizeof(*answer->zones));
	answer->verdicts = pfnscope_calloc(nr, sizeof(*answer->verdicts));
	for (size_t i = 0; i < nr; i++)
		explain_take_zone(&report->zones[i], answer->page_kb,
				  &answer->zones[i]);
	answer->one_node = is_one_of_nodes(report, answer);
	settle_highatomic(answer, nr);
	add_verdicts(report, answer, true);
	add_verdicts(report, answer, false);
}

/**
 * pfnscope_oom_explain - explain a report
 * @report: the report, which must outlive the answer
 *
 * Return: the answer, to be freed with pfnscope_oom_answer_free().
 */
struct pfnscope_oom_answer *
pfnscope_oom_explain(const struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_answer *answer = pfnscope_calloc(1,
							     sizeof(*answer));

	answer->page_kb = pfnscope_oom_page_kb(report);
	pfnscope_rules_for(pfnscope_oom_version(report), &answer->rules);
	pfnscope_oom_classes(report, &answer->classes);
	take_request(report, answer);
	answer->alloc_flags = pfnscope_reserve_flags(&answer->rules,
						     &answer->request);
	if (!answer->alloc_flags)
		answer->alloc_flags = pfnscope_alloc_flags(&answer->rules,
							   &answer->request);
	if (report->kind != PFNSCOPE_OOM_MEMCG)
		explain_zones(report, answer);
	pfnscope_oom_dominant(report, answer->page_kb, &answer->dominant);
	return answer;
}

/**
 * pfnscope_oom_answer_free - free an answer
 * @answer: the answer, or NULL
 */
void pfnscope_oom_answer_free(struct pfnscope_oom_answer *answer)
{
	if (!answer)
		return;
	free(answer->verdicts);
	free(answer->zones);
	free(answer);
}
