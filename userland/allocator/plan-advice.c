// SPDX-License-Identifier: GPL-2.0-only
/* What would change the answer to a request: the cheapest remedy first. */
#include <stdlib.h>

#include "allocator/explain-table.h"
#include "allocator/gfp.h"
#include "allocator/plan.h"
#include "allocator/zone-advice.h"
#include "base/units.h"

static int by_shortage(const void *a, const void *b)
{
	const struct pfnscope_verdict *const *left = a;
	const struct pfnscope_verdict *const *right = b;
	int64_t more = pfnscope_verdict_shortage(*right);
	int64_t less = pfnscope_verdict_shortage(*left);

	return less > more ? 1 : less < more ? -1 : 0;
}

/* Return: what the zones say, the one that lacks least first; to be freed, or NULL. */
static const struct pfnscope_verdict **
zones_by_shortage(const struct pfnscope_attempt *a, size_t count)
{
	const struct pfnscope_verdict **order = calloc(count, sizeof(*order));

	for (size_t i = 0; order && i < count; i++)
		order[i] = &a->verdicts[i];
	if (order)
		qsort(order, count, sizeof(*order), by_shortage);
	return order;
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
	order = zones_by_shortage(last, plan->count);
	if (!order)
		return;
	for (at = 0; at < plan->count && !lines->count; at++)
		change_zone(&asked, order[at], machine, lines);
	change_request(request, machine, lines);
	for (; at < plan->count; at++)
		change_zone(&asked, order[at], machine, lines);
	free(order);
}
