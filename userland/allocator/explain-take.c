// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which free block a request gets of a zone that lets it pass. Mirrors rmqueue()
 * of mm/page_alloc.c and what it calls, as far as masks of migratetypes tell.
 */
#include "allocator/explain.h"
#include "allocator/gfp.h"

#define FALLBACKS	(PFNSCOPE_TYPE_BIT(PFNSCOPE_UNMOVABLE) |	\
			 PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE) |		\
			 PFNSCOPE_TYPE_BIT(PFNSCOPE_RECLAIMABLE) |	\
			 PFNSCOPE_TYPE_BIT(PFNSCOPE_RESERVE))

static enum pfnscope_type own_type(uint32_t gfp)
{
	if (gfp & PFNSCOPE_GFP_MOVABLE)
		return PFNSCOPE_MOVABLE;
	if (gfp & PFNSCOPE_GFP_RECLAIMABLE)
		return PFNSCOPE_RECLAIMABLE;
	return PFNSCOPE_UNMOVABLE;
}

static enum pfnscope_type first_type(uint32_t types)
{
	enum pfnscope_type type = 0;

	while (type < PFNSCOPE_TYPES - 1 && !(types & PFNSCOPE_TYPE_BIT(type)))
		type++;
	return type;
}

/* Mirrors fallbacks[]: which type is robbed first. */
static enum pfnscope_type first_fallback(enum pfnscope_type own, uint32_t types)
{
	static const enum pfnscope_type order[][2] = {
		[PFNSCOPE_UNMOVABLE] = { PFNSCOPE_RECLAIMABLE, PFNSCOPE_MOVABLE },
		[PFNSCOPE_MOVABLE] = { PFNSCOPE_RECLAIMABLE, PFNSCOPE_UNMOVABLE },
		[PFNSCOPE_RECLAIMABLE] = { PFNSCOPE_UNMOVABLE, PFNSCOPE_MOVABLE },
	};

	for (int i = 0; i < 2; i++)
		if (types & PFNSCOPE_TYPE_BIT(order[own][i]))
			return order[own][i];
	return first_type(types);
}

static bool found(struct pfnscope_take *take, enum pfnscope_take_from from,
		  unsigned int order, uint32_t types)
{
	*take = (struct pfnscope_take){ from, order, first_type(types) };
	return true;
}

/* The smallest block of these types, as __rmqueue_smallest() finds it. */
static bool smallest(const struct pfnscope_explain_zone *zone,
		     unsigned int order, uint32_t types,
		     enum pfnscope_take_from from, struct pfnscope_take *take)
{
	for (unsigned int o = order; o < PFNSCOPE_ORDERS; o++) {
		uint32_t have = zone->area.types[o] & types;

		/* A list of which only the length is known. */
		if (zone->area.blocks[o] && !zone->area.types[o])
			have = types;
		if (zone->area.blocks[o] && have)
			return found(take, from, o, have);
	}
	return false;
}

static uint32_t others_at(const struct pfnscope_explain_zone *zone,
			  unsigned int order, enum pfnscope_type own)
{
	if (!zone->area.blocks[order])
		return 0;
	return zone->area.types[order] & FALLBACKS & ~PFNSCOPE_TYPE_BIT(own);
}

/* Whether a block of that order is too small for its pageblock to be taken over. */
static bool only_steals(const struct pfnscope_rules *rules,
			enum pfnscope_type own, unsigned int order)
{
	if (order >= rules->pageblock_order)
		return false;
	return rules->steals_smallest ||
	       (own == PFNSCOPE_MOVABLE && order < rules->pageblock_order / 2);
}

/*
 * Others' blocks are taken from above, a pageblock as a whole where it can. Where
 * it cannot, the smallest block will do: of movable requests always, of all since
 * claiming and stealing were split (whether a pageblock has enough pages to be
 * claimed for less than a whole block is not known here).
 */
static bool fallback(const struct pfnscope_rules *rules, enum pfnscope_type own,
		     const struct pfnscope_explain_zone *zone,
		     unsigned int order, struct pfnscope_take *take)
{
	unsigned int o = PFNSCOPE_ORDERS - 1;

	while (o > order && !others_at(zone, o, own))
		o--;
	if (only_steals(rules, own, o))
		for (o = order; o < PFNSCOPE_ORDERS - 1 &&
		     !others_at(zone, o, own); o++)
			;
	if (o < order || !others_at(zone, o, own))
		return false;
	*take = (struct pfnscope_take){
		o >= rules->pageblock_order ? PFNSCOPE_TAKE_CLAIM :
					      PFNSCOPE_TAKE_MIX,
		o, first_fallback(own, others_at(zone, o, own)),
	};
	return true;
}

static bool on_own_list(const struct pfnscope_rules *rules,
			const struct pfnscope_explain_zone *zone,
			const struct pfnscope_request *request)
{
	unsigned int order = request->order;

	if (!zone->pcp_known || (order > rules->pcp_order &&
	    !(rules->pcp_huge && order == rules->pageblock_order)))
		return false;
	return zone->pcp_lists[order] &
	       PFNSCOPE_TYPE_BIT(own_type(request->gfp));
}

static bool highatomic_first(const struct pfnscope_rules *rules,
			     const struct pfnscope_request *request,
			     uint32_t alloc_flags)
{
	if (rules->highatomic_flag)
		return alloc_flags & PFNSCOPE_ALLOC_HIGHATOMIC;
	return request->order && (alloc_flags & PFNSCOPE_ALLOC_NON_BLOCK);
}

static bool highatomic_last(const struct pfnscope_rules *rules,
			    uint32_t alloc_flags)
{
	return rules->highatomic_last &&
	       (alloc_flags & (PFNSCOPE_ALLOC_NON_BLOCK | PFNSCOPE_ALLOC_OOM));
}

/* Movable requests turn to CMA first where it has over half of what is free. */
static bool cma_first(const struct pfnscope_explain_zone *zone, uint32_t flags)
{
	return (flags & PFNSCOPE_ALLOC_CMA) && zone->cma > zone->free / 2;
}

/**
 * pfnscope_take_find - which block a request gets
 * @rules: rules of the kernel
 * @request: the request
 * @alloc_flags: PFNSCOPE_ALLOC_ bits of this attempt
 * @zone: a zone whose watermark lets it pass
 * @take: gets the answer
 */
void pfnscope_take_find(const struct pfnscope_rules *rules,
			const struct pfnscope_request *request,
			uint32_t alloc_flags,
			const struct pfnscope_explain_zone *zone,
			struct pfnscope_take *take)
{
	enum pfnscope_type own = own_type(request->gfp);
	uint32_t high = PFNSCOPE_TYPE_BIT(PFNSCOPE_HIGHATOMIC);
	uint32_t cma = PFNSCOPE_TYPE_BIT(PFNSCOPE_CMA);
	unsigned int order = request->order;

	if (on_own_list(rules, zone, request)) {
		*take = (struct pfnscope_take){ PFNSCOPE_TAKE_PCP, order, own };
		return;
	}
	*take = (struct pfnscope_take){ PFNSCOPE_TAKE_UNKNOWN, order, own };
	if (!zone->area_known)
		return;
	take->from = PFNSCOPE_TAKE_NOTHING;
	if (highatomic_first(rules, request, alloc_flags) &&
	    smallest(zone, order, high, PFNSCOPE_TAKE_HIGHATOMIC, take))
		return;
	if (cma_first(zone, alloc_flags) &&
	    smallest(zone, order, cma, PFNSCOPE_TAKE_CMA, take))
		return;
	if (smallest(zone, order, PFNSCOPE_TYPE_BIT(own), PFNSCOPE_TAKE_OWN,
		     take))
		return;
	if ((alloc_flags & PFNSCOPE_ALLOC_CMA) &&
	    smallest(zone, order, cma, PFNSCOPE_TAKE_CMA, take))
		return;
	if (fallback(rules, own, zone, order, take))
		return;
	if (highatomic_last(rules, alloc_flags))
		smallest(zone, order, high, PFNSCOPE_TAKE_HIGHATOMIC, take);
}

/**
 * pfnscope_take_name - where a block comes from, in words
 * @from: where from
 *
 * Return: the words.
 */
const char *pfnscope_take_name(enum pfnscope_take_from from)
{
	static const char *const names[] = {
		[PFNSCOPE_TAKE_NOTHING] = "nothing",
		[PFNSCOPE_TAKE_UNKNOWN] = "unknown",
		[PFNSCOPE_TAKE_PCP] = "per-cpu",
		[PFNSCOPE_TAKE_OWN] = "own",
		[PFNSCOPE_TAKE_CMA] = "cma",
		[PFNSCOPE_TAKE_CLAIM] = "claim",
		[PFNSCOPE_TAKE_MIX] = "steal",
		[PFNSCOPE_TAKE_HIGHATOMIC] = "highatomic",
	};

	return names[from];
}

/**
 * pfnscope_type_name - a migratetype in lower case, as in freelists
 * @type: the migratetype
 *
 * Return: its name.
 */
const char *pfnscope_type_name(enum pfnscope_type type)
{
	static const char *const names[PFNSCOPE_TYPES] = {
		[PFNSCOPE_UNMOVABLE] = "unmovable",
		[PFNSCOPE_MOVABLE] = "movable",
		[PFNSCOPE_RECLAIMABLE] = "reclaimable",
		[PFNSCOPE_HIGHATOMIC] = "highatomic",
		[PFNSCOPE_CMA] = "cma",
		[PFNSCOPE_ISOLATE] = "isolate",
		[PFNSCOPE_RESERVE] = "reserve",
	};

	return type < PFNSCOPE_TYPES ? names[type] : "?";
}
