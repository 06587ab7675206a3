// SPDX-License-Identifier: GPL-2.0-only
/* Which zone is worst off, for everybody or for one request. */
#include "triage/worst.h"
#include "view/zones.h"

void pfnscope_zones_settle_cma(const struct pfnscope_table *any,
			       struct pfnscope_machine *machine)
{
	const struct ZONES_table *zones = ZONES_OF(any);
	uint64_t pages;

	for (size_t i = 0; i < machine->nr_zones; i++) {
		struct pfnscope_explain_zone *zone = &machine->zones[i];

		if (zone->cma == PFNSCOPE_MISSING &&
		    pfnscope_table_number(CELL(zones, i, ZONES_cma_pages), &pages) && !pages)
			zone->cma = 0;
	}
}

void pfnscope_zone_ask(const struct pfnscope_machine *machine, uint32_t gfp,
		       enum pfnscope_mark mark,
		       const struct pfnscope_explain_zone *zone,
		       struct pfnscope_verdict *verdict)
{
	const struct pfnscope_request request = {
		.gfp = gfp,
		.gfp_known = true,
		.node = zone->node,
		.cpu = PFNSCOPE_MISSING,
	};

	pfnscope_explain_zone(&machine->rules, &machine->classes, &request, mark,
			      pfnscope_fast_flags(&machine->rules, &request), zone,
			      verdict);
}

uint32_t pfnscope_zone_own(enum pfnscope_class class)
{
	switch (class) {
	case PFNSCOPE_CLASS_DMA:
		return PFNSCOPE_ASK_KERNEL | PFNSCOPE_GFP_DMA;
	case PFNSCOPE_CLASS_DMA32:
		return PFNSCOPE_ASK_KERNEL | PFNSCOPE_GFP_DMA32;
	case PFNSCOPE_CLASS_MOVABLE:
		return PFNSCOPE_ASK_MOVABLE;
	default:
		return PFNSCOPE_ASK_KERNEL;
	}
}

/* Whether @a has less above its mark than @b, each as a share of the mark. */
static bool is_worse(const struct pfnscope_verdict *a,
		     const struct pfnscope_verdict *b)
{
	int64_t mark = a->terms.min > 0 ? a->terms.min : 1;
	int64_t other = b->terms.min > 0 ? b->terms.min : 1;

	return (__int128)a->terms.left * other < (__int128)b->terms.left * mark;
}

bool pfnscope_zone_worst(const struct pfnscope_machine *machine, const uint32_t *gfp,
			 enum pfnscope_mark mark, struct pfnscope_verdict *worst)
{
	bool found = false;

	for (size_t i = 0; i < machine->nr_zones; i++) {
		const struct pfnscope_explain_zone *zone = &machine->zones[i];
		struct pfnscope_verdict v;

		pfnscope_zone_ask(machine, gfp ? *gfp : pfnscope_zone_own(zone->class),
				  mark, zone, &v);
		if (!v.checked || zone->cma == PFNSCOPE_MISSING ||
		    (found && !is_worse(&v, worst)))
			continue;
		*worst = v;
		found = true;
	}
	return found;
}
