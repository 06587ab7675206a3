// SPDX-License-Identifier: GPL-2.0-only
/* What the allocator may still do for a request, and what would change it. */
#include <inttypes.h>
#include <stdlib.h>

#include "allocator/compaction.h"
#include "allocator/explain-table.h"
#include "allocator/gfp.h"
#include "allocator/plan.h"
#include "allocator/zone-advice.h"
#include "base/units.h"

static bool comes_to_oom(const struct pfnscope_request *r,
			 const struct pfnscope_machine *m)
{
	return r->order <= PFNSCOPE_COSTLY_ORDER &&
	       !(r->gfp & (PFNSCOPE_GFP_RETRY_MAYFAIL | PFNSCOPE_GFP_NORETRY |
			   PFNSCOPE_GFP_THISNODE)) &&
	       pfnscope_request_class(&m->classes, r->gfp) >=
	       PFNSCOPE_CLASS_NORMAL;
}

static bool calls_oom_killer(const struct pfnscope_request *r,
			     const struct pfnscope_machine *m)
{
	return comes_to_oom(r, m) && (r->gfp & PFNSCOPE_GFP_FS);
}

/* out_of_memory() takes the lack of __GFP_FS for progress. */
static bool retries_without_oom(const struct pfnscope_request *r,
				const struct pfnscope_machine *m)
{
	return comes_to_oom(r, m) && !(r->gfp & PFNSCOPE_GFP_FS);
}

static const char *reclaim_may(uint32_t gfp, bool swap)
{
	if (!(gfp & PFNSCOPE_GFP_IO))
		return "drop clean page cache only: no I/O is allowed";
	if (!(gfp & PFNSCOPE_GFP_FS))
		return swap ? "write to swap, but not call into file systems" :
			      "drop clean page cache, but not call into file systems";
	return swap ? "drop page cache, write it back, and swap" :
		      "drop page cache and write it back; there is no swap";
}

static void after_reclaim(const struct pfnscope_request *r,
			  const struct pfnscope_machine *m,
			  struct pfnscope_lines *lines)
{
	bool compacts = r->order && (r->gfp & PFNSCOPE_GFP_IO);

	/* Since 7.0 it compacts once and reclaims nothing; older stable kernels may. */
	if (m->rules.compacts_first && r->order &&
	    (r->gfp & PFNSCOPE_GFP_NORETRY) && (r->gfp & PFNSCOPE_GFP_THISNODE)) {
		pfnscope_lines_add(lines, "it compacts once, and reclaims nothing: "
				   "__GFP_NORETRY|__GFP_THISNODE");
		return;
	}
	pfnscope_lines_add(lines, "direct reclaim may %s",
			   reclaim_may(r->gfp, m->limits.settings.swaps));
	if (r->order)
		pfnscope_lines_add(lines, compacts ?
			"compaction may make a free block by moving pages" :
			"compaction is not allowed without __GFP_IO");
	if (r->gfp & PFNSCOPE_GFP_NOFAIL)
		pfnscope_lines_add(lines, "it retries for ever: __GFP_NOFAIL");
	else if (r->gfp & PFNSCOPE_GFP_NORETRY)
		pfnscope_lines_add(lines, "it tries once: __GFP_NORETRY");
	else if (r->order > PFNSCOPE_COSTLY_ORDER &&
		 !(r->gfp & PFNSCOPE_GFP_RETRY_MAYFAIL))
		pfnscope_lines_add(lines, "it tries once: an order above %d",
				   PFNSCOPE_COSTLY_ORDER);
	if (calls_oom_killer(r, m))
		pfnscope_lines_add(lines, "the OOM killer is called if reclaim "
				   "makes no progress");
	else if (retries_without_oom(r, m))
		pfnscope_lines_add(lines, "it retries until others have freed "
				   "enough: without __GFP_FS the OOM killer is "
				   "not called");
	else
		pfnscope_lines_add(lines, "the OOM killer is not called for "
				   "such a request");
}

static void kswapd_line(const struct pfnscope_request *request,
			const struct pfnscope_plan *plan,
			struct pfnscope_lines *lines)
{
	char nodes[104];

	if (!(request->gfp & PFNSCOPE_GFP_KSWAPD_RECLAIM)) {
		pfnscope_lines_add(lines, "kswapd is not woken: no "
				   "__GFP_KSWAPD_RECLAIM");
		return;
	}
	if (plan->kswapd_nodes) {
		pfnscope_nodes_words(plan->kswapd_nodes, nodes, sizeof(nodes));
		pfnscope_lines_add(lines, "kswapd is woken for order %u on %s",
				   plan->kswapd_order, nodes);
	} else if (!plan->hopeless_nodes) {
		pfnscope_lines_add(lines, "kswapd is not woken: every node has "
				   "a zone above its high watermark");
	}
	if (plan->hopeless_nodes) {
		pfnscope_nodes_words(plan->hopeless_nodes, nodes, sizeof(nodes));
		pfnscope_lines_add(lines, "kswapd is not woken on %s: it gave "
				   "up there, having reclaimed nothing 16 times",
				   nodes);
	}
}

/**
 * pfnscope_plan_next - what the allocator does beyond trying zones
 * @request: the request
 * @machine: the snapshot
 * @plan: what becomes of it
 * @lines: gets a line for each step
 */
void pfnscope_plan_next(const struct pfnscope_request *request,
			const struct pfnscope_machine *machine,
			const struct pfnscope_plan *plan,
			struct pfnscope_lines *lines)
{
	if (plan->outcome == PFNSCOPE_OUTCOME_FAST)
		return;
	if (plan->too_large) {
		pfnscope_lines_add(lines, "it fails at once, and warns: no free "
				   "block is larger than order %u",
				   machine->rules.max_order);
		return;
	}
	kswapd_line(request, plan, lines);
	if (plan->outcome == PFNSCOPE_OUTCOME_RECLAIM)
		after_reclaim(request, machine, lines);
	else if (plan->outcome == PFNSCOPE_OUTCOME_FAIL)
		pfnscope_lines_add(lines, request->memalloc ?
			"it fails: reclaim itself asks (PF_MEMALLOC)" :
			plan->no_zone ?
			"it fails at once: none of the zones that it may use is on "
			"the nodes that it may use" :
			plan->gives_up ?
			"it fails at once: __GFP_NORETRY, and compaction is skipped "
			"(too few free pages) or deferred in every zone" :
			"it fails at once: it may not wait");
	if (plan->outcome != PFNSCOPE_OUTCOME_FAST &&
	    (request->gfp & PFNSCOPE_GFP_NOMEMALLOC))
		pfnscope_lines_add(lines, "it may not use the reserves: "
				   "__GFP_NOMEMALLOC");
}

static int by_shortage(const void *a, const void *b)
{
	const struct pfnscope_verdict *const *left = a;
	const struct pfnscope_verdict *const *right = b;
	int64_t more = pfnscope_verdict_shortage(*right);
	int64_t less = pfnscope_verdict_shortage(*left);

	return less > more ? 1 : less < more ? -1 : 0;
}

static void change_zone(const struct pfnscope_asked *asked,
			const struct pfnscope_verdict *v,
			const struct pfnscope_machine *m,
			struct pfnscope_lines *lines)
{
	int64_t missing = pfnscope_verdict_shortage(v);
	char zone[40], pages[64];

	pfnscope_verdict_zone(v, zone, sizeof(zone));
	pfnscope_units_pages(pages, sizeof(pages), missing, m->page_kb);
	if (missing)
		pfnscope_lines_add(lines, "%s: pages to be freed: %s", zone, pages);
	pfnscope_zone_advice(asked, v, lines);
}

/* Would it pass, were it asked like this? */
static bool would_pass(const struct pfnscope_machine *m,
		       struct pfnscope_request request, uint32_t gfp,
		       unsigned int order)
{
	struct pfnscope_plan plan;
	bool passes;

	request.gfp = gfp;
	request.order = order;
	pfnscope_plan_make(m, &request, &plan);
	passes = plan.served;
	pfnscope_plan_clear(&plan);
	return passes;
}

static void change_request(const struct pfnscope_request *r,
			   const struct pfnscope_machine *m,
			   struct pfnscope_lines *lines)
{
	uint32_t atomic = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_ATOMIC;

	if (r->order && would_pass(m, *r, r->gfp, 0))
		pfnscope_lines_add(lines, "single pages would be served now");
	if ((r->gfp & (PFNSCOPE_GFP_DMA | PFNSCOPE_GFP_DMA32)) &&
	    would_pass(m, *r, r->gfp & ~(PFNSCOPE_GFP_DMA | PFNSCOPE_GFP_DMA32),
		       r->order))
		pfnscope_lines_add(lines, "without __GFP_DMA or __GFP_DMA32 a "
				   "higher zone would serve");
	if ((r->gfp & PFNSCOPE_GFP_THISNODE) || r->nodes)
		pfnscope_lines_add(lines, "it may not use other nodes: "
				   "__GFP_THISNODE, cpuset or memory policy");
	if (!(r->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM))
		pfnscope_lines_add(lines, "with __GFP_DIRECT_RECLAIM it could "
				   "wait for reclaim");
	/* Not a remedy: the reserves are for those that cannot wait. */
	if (would_pass(m, *r, (r->gfp | atomic) & ~PFNSCOPE_GFP_DIRECT_RECLAIM,
		       r->order))
		pfnscope_lines_add(lines, "GFP_ATOMIC would be served from the "
				   "reserves, which are for requests that cannot wait");
}

/**
 * pfnscope_plan_changes - what would change the answer, the cheapest first: the zone
 * that lacks least, another request, the other zones
 * @request: the request
 * @machine: the snapshot
 * @plan: what becomes of it
 * @lines: gets a line for each; none where a zone serves
 */
void pfnscope_plan_changes(const struct pfnscope_request *request,
			   const struct pfnscope_machine *machine,
			   const struct pfnscope_plan *plan,
			   struct pfnscope_lines *lines)
{
	const struct pfnscope_attempt *last = &plan->attempts[plan->made];
	const struct pfnscope_verdict **order;
	const struct pfnscope_asked asked = {
		.rules = &machine->rules,
		.classes = &machine->classes,
		.request = request,
		.alloc_flags = last->alloc_flags,
	};
	size_t at;

	if (plan->too_large)
		pfnscope_lines_add(lines, "vmalloc(), or several blocks of order "
				   "%u", machine->rules.max_order);
	if (plan->served || !plan->count)
		return;
	order = calloc(plan->count, sizeof(*order));
	if (!order)
		return;
	for (size_t i = 0; i < plan->count; i++)
		order[i] = &last->verdicts[i];
	qsort(order, plan->count, sizeof(*order), by_shortage);
	for (at = 0; at < plan->count && !lines->count; at++)
		change_zone(&asked, order[at], machine, lines);
	change_request(request, machine, lines);
	for (; at < plan->count; at++)
		change_zone(&asked, order[at], machine, lines);
	free(order);
}
