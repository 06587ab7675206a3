// SPDX-License-Identifier: GPL-2.0-only
/* Rebuilds the snapshot that a report holds, and asks the same engine. */
#include "allocator/gfp.h"
#include "allocator/nodes.h"
#include "base/alloc.h"
#include "oomlog/explain.h"

#include <stdlib.h>
#include <string.h>

static int64_t pages(int64_t kb, int64_t page_kb)
{
	return kb == PFNSCOPE_MISSING ? kb : kb / page_kb;
}

static void take_area(const struct pfnscope_oom_zone *from,
		      struct pfnscope_explain_zone *z)
{
	for (unsigned int order = 0; order < from->list_orders &&
	     order < PFNSCOPE_ORDERS; order++) {
		z->area.blocks[order] = (uint64_t)from->list_blocks[order];
		z->area.types[order] = from->list_types[order];
	}
	z->area_known = from->list_orders > 0;
}

static void take_zone(const struct pfnscope_oom_zone *from, int64_t page_kb,
		      struct pfnscope_explain_zone *z)
{
	pfnscope_explain_zone_init(z);
	z->node = from->node;
	memcpy(z->name, from->zone, sizeof(z->name));
	z->class = pfnscope_class_named(from->zone);
	z->free = pages(from->free_kb, page_kb);
	z->boost = pages(from->boost_kb, page_kb);
	z->min = pages(from->min_kb, page_kb);
	z->low = pages(from->low_kb, page_kb);
	z->high = pages(from->high_kb, page_kb);
	z->highatomic = pages(from->reserved_highatomic_kb, page_kb);
	z->free_highatomic = pages(from->free_highatomic_kb, page_kb);
	z->cma = pages(from->free_cma_kb, page_kb);
	z->managed = pages(from->managed_kb, page_kb);
	if (from->managed_kb == PFNSCOPE_MISSING && !from->present_kb)
		z->managed = 0;
	z->reserves = from->reserves;
	memcpy(z->reserve, from->reserve_pages, sizeof(z->reserve));
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

static void take_gfp(const struct pfnscope_oom_report *report,
		     unsigned int version, struct pfnscope_request *request)
{
	uint64_t unknown = 0;
	char bad[40];

	request->gfp_known = report->has_gfp;
	request->no_request = report->has_gfp && !report->gfp_mask;
	if (report->gfp_flags[0])
		pfnscope_gfp_from_names(report->gfp_flags, &request->gfp, bad,
					sizeof(bad));
	else
		request->gfp = pfnscope_gfp_from_mask(report->gfp_mask,
						      version, &unknown);
}

static void take_request(const struct pfnscope_oom_report *report,
			 struct pfnscope_oom_answer *answer)
{
	struct pfnscope_request *request = &answer->request;

	request->node = PFNSCOPE_MISSING;
	request->cpu = PFNSCOPE_MISSING;
	take_gfp(report, answer->rules.version, request);
	answer->order_is_zero = report->order < 0;
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

/* Without a request, what holds for every request comes first. */
static void add_verdicts(const struct pfnscope_oom_report *report,
			 struct pfnscope_oom_answer *answer, bool certain)
{
	for (size_t i = 0; i < report->nr_zones; i++) {
		struct pfnscope_verdict v;

		if (!report->zones[i].has_line)
			continue;
		pfnscope_explain_zone(&answer->rules, &answer->classes,
				      &answer->request, PFNSCOPE_MARK_MIN,
				      answer->alloc_flags, &answer->zones[i],
				      &v);
		if (v.reason == PFNSCOPE_REASON_CLASS ||
		    (v.reason != PFNSCOPE_REASON_UNKNOWN) != certain)
			continue;
		answer->uncertain |= is_uncertain(answer, &v);
		answer->verdicts[answer->nr_verdicts++] = v;
	}
}

static void explain_zones(const struct pfnscope_oom_report *report,
			  struct pfnscope_oom_answer *answer)
{
	size_t nr = report->nr_zones;

	if (!nr || answer->page_kb == PFNSCOPE_MISSING)
		return;
	answer->zones = pfnscope_calloc(nr, sizeof(*answer->zones));
	answer->verdicts = pfnscope_calloc(nr, sizeof(*answer->verdicts));
	for (size_t i = 0; i < nr; i++)
		take_zone(&report->zones[i], answer->page_kb,
			  &answer->zones[i]);
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
