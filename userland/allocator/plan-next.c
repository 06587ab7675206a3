// SPDX-License-Identifier: GPL-2.0-only
/* What the allocator may still do for a request that no zone serves at once. */
#include "allocator/compaction.h"
#include "allocator/gfp.h"
#include "allocator/plan.h"

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

/* Since 7.0 it compacts once and reclaims nothing; older stable kernels may. */
static bool only_compacts(const struct pfnscope_request *r,
			  const struct pfnscope_machine *m)
{
	return m->rules.compacts_first && r->order &&
	       (r->gfp & PFNSCOPE_GFP_NORETRY) &&
	       (r->gfp & PFNSCOPE_GFP_THISNODE);
}

static void tries_line(const struct pfnscope_request *r,
		       struct pfnscope_lines *lines)
{
	if (r->gfp & PFNSCOPE_GFP_NOFAIL)
		pfnscope_lines_add(lines, "it retries for ever: __GFP_NOFAIL");
	else if (r->gfp & PFNSCOPE_GFP_NORETRY)
		pfnscope_lines_add(lines, "it tries once: __GFP_NORETRY");
	else if (r->order > PFNSCOPE_COSTLY_ORDER &&
		 !(r->gfp & PFNSCOPE_GFP_RETRY_MAYFAIL))
		pfnscope_lines_add(lines, "it tries once: an order above %d",
				   PFNSCOPE_COSTLY_ORDER);
}

static void oom_line(const struct pfnscope_request *r,
		     const struct pfnscope_machine *m,
		     struct pfnscope_lines *lines)
{
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

static void after_reclaim(const struct pfnscope_request *r,
			  const struct pfnscope_machine *m,
			  struct pfnscope_lines *lines)
{
	if (only_compacts(r, m)) {
		pfnscope_lines_add(lines, "it compacts once, and reclaims nothing: "
				   "__GFP_NORETRY|__GFP_THISNODE");
		return;
	}
	pfnscope_lines_add(lines, "direct reclaim may %s",
			   reclaim_may(r->gfp, m->limits.settings.swaps));
	if (r->order)
		pfnscope_lines_add(lines, r->gfp & PFNSCOPE_GFP_IO ?
			"compaction may make a free block by moving pages" :
			"compaction is not allowed without __GFP_IO");
	tries_line(r, lines);
	oom_line(r, m, lines);
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

static const char *why_it_fails(const struct pfnscope_request *request,
				const struct pfnscope_plan *plan)
{
	if (request->memalloc)
		return "it fails: reclaim itself asks (PF_MEMALLOC)";
	if (plan->no_zone)
		return "it fails at once: none of the zones that it may use is on "
		       "the nodes that it may use";
	if (plan->gives_up)
		return "it fails at once: __GFP_NORETRY, and compaction is skipped "
		       "(too few free pages) or deferred in every zone";
	return "it fails at once: it may not wait";
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
		pfnscope_lines_add(lines, "%s", why_it_fails(request, plan));
	if (plan->outcome != PFNSCOPE_OUTCOME_FAST &&
	    (request->gfp & PFNSCOPE_GFP_NOMEMALLOC))
		pfnscope_lines_add(lines, "it may not use the reserves: "
				   "__GFP_NOMEMALLOC");
}
