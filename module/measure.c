// SPDX-License-Identifier: GPL-2.0-only
/*
 * Watermark check, fragmentation indices and block sums on plain numbers.
 * Mirrors __zone_watermark_ok() of mm/page_alloc.c and the index functions of
 * mm/vmstat.c; the differences between kernel series come in as rules.
 */
#include "measure.h"

#ifdef __KERNEL__
#include <linux/math64.h>
#else
#include <stddef.h>

static u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}
#endif

#define PFNSCOPE_ALLOC_RESERVES						\
	(PFNSCOPE_ALLOC_MIN_RESERVE | PFNSCOPE_ALLOC_NON_BLOCK |	\
	 PFNSCOPE_ALLOC_HIGHATOMIC | PFNSCOPE_ALLOC_OOM)

/* Flags with which the highatomic reserve is not held back. */
static u32 reserve_flags(const struct pfnscope_wmark_rules *rules)
{
	if (rules->min_reserve_first)
		return PFNSCOPE_ALLOC_RESERVES;
	return PFNSCOPE_ALLOC_NON_BLOCK | PFNSCOPE_ALLOC_OOM;
}

static s64 unusable_pages(const struct pfnscope_wmark_rules *rules,
			  const struct pfnscope_wmark_zone *zone, u32 flags)
{
	s64 pages = zone->unaccepted;

	if (rules->highatomic != PFNSCOPE_HIGHATOMIC_NONE &&
	    !(flags & reserve_flags(rules)))
		pages += zone->highatomic;
	if (!(flags & PFNSCOPE_ALLOC_CMA))
		pages += zone->cma;
	return pages;
}

static s64 lowered_mark(const struct pfnscope_wmark_rules *rules, s64 mark,
			u32 flags)
{
	bool high = flags & PFNSCOPE_ALLOC_MIN_RESERVE;

	if (high)
		mark -= mark / 2;
	if (!rules->min_reserve_first && (flags & PFNSCOPE_ALLOC_OOM))
		return mark - mark / 2;
	if ((flags & PFNSCOPE_ALLOC_NON_BLOCK) &&
	    (high || !rules->min_reserve_first))
		mark -= mark / 4;
	if (flags & PFNSCOPE_ALLOC_OOM)
		mark -= mark / 2;
	return mark;
}

/**
 * pfnscope_wmark_usable_types - types a request may take blocks from
 * @rules: rules of the kernel series
 * @alloc_flags: PFNSCOPE_ALLOC_ bits
 *
 * Return: mask of PFNSCOPE_TYPE_BIT(), as the block search of the check has it.
 */
u32 pfnscope_wmark_usable_types(const struct pfnscope_wmark_rules *rules,
				u32 alloc_flags)
{
	u32 types = PFNSCOPE_TYPE_BIT(PFNSCOPE_UNMOVABLE) |
		    PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE) |
		    PFNSCOPE_TYPE_BIT(PFNSCOPE_RECLAIMABLE) |
		    PFNSCOPE_TYPE_BIT(PFNSCOPE_RESERVE);
	u32 highatomic = PFNSCOPE_ALLOC_OOM;

	highatomic |= rules->min_reserve_first ? PFNSCOPE_ALLOC_HIGHATOMIC :
						 PFNSCOPE_ALLOC_NON_BLOCK;
	if (alloc_flags & PFNSCOPE_ALLOC_CMA)
		types |= PFNSCOPE_TYPE_BIT(PFNSCOPE_CMA);
	if (alloc_flags & highatomic)
		types |= PFNSCOPE_TYPE_BIT(PFNSCOPE_HIGHATOMIC);
	return types;
}

static void count_blocks(const struct pfnscope_free *area, unsigned int order,
			 u32 usable, struct pfnscope_wmark_terms *terms)
{
	unsigned int o;

	terms->blocks_known = true;
	for (o = order; o < PFNSCOPE_ORDERS; o++) {
		if (!area->blocks[o])
			continue;
		terms->blocks += area->blocks[o];
		terms->types |= area->types[o];
		if (!area->types[o] || (area->types[o] & usable))
			terms->usable_blocks += area->blocks[o];
	}
}

/* Up to 4.3: what stays after each lower order must exceed half the mark. */
static bool order_loop_fails(const struct pfnscope_free *area,
			     unsigned int order,
			     struct pfnscope_wmark_terms *terms)
{
	s64 left = terms->after_order;
	s64 min = terms->min;
	unsigned int o;

	for (o = 0; o < order && o < PFNSCOPE_ORDERS; o++) {
		left -= (s64)(area->blocks[o] << o);
		min >>= 1;
		if (left <= min) {
			terms->loop_order = (int)o;
			terms->loop_left = left;
			terms->loop_right = min;
			return true;
		}
	}
	return false;
}

static enum pfnscope_wmark_term block_term(const struct pfnscope_wmark_rules *r,
					   const struct pfnscope_free *area,
					   const struct pfnscope_wmark_ask *ask,
					   struct pfnscope_wmark_terms *terms)
{
	if (!area || !ask->order)
		return PFNSCOPE_TERM_NONE;
	if (r->order_loop && order_loop_fails(area, ask->order, terms))
		return terms->blocks ? PFNSCOPE_TERM_ORDER_LOOP :
				       PFNSCOPE_TERM_NO_BLOCK;
	if (!terms->blocks)
		return PFNSCOPE_TERM_NO_BLOCK;
	if (!r->order_loop && !terms->usable_blocks)
		return PFNSCOPE_TERM_TYPE;
	return PFNSCOPE_TERM_NONE;
}

/**
 * pfnscope_wmark_check - may this zone serve the request?
 * @rules: the check as the kernel series does it
 * @zone: counters of the zone
 * @ask: the request
 * @terms: every term of the check, and the one that decided
 *
 * The comparison is "not greater": free pages equal to the mark plus the
 * reserve are one page too few.
 */
void pfnscope_wmark_check(const struct pfnscope_wmark_rules *rules,
			  const struct pfnscope_wmark_zone *zone,
			  const struct pfnscope_wmark_ask *ask,
			  struct pfnscope_wmark_terms *terms)
{
	s64 cost = (s64)((1ULL << (ask->order & 31)) - 1);

	*terms = (struct pfnscope_wmark_terms){ .loop_order = -1 };
	if (rules->order_cost_plus_one)
		cost += 2;
	terms->min = lowered_mark(rules, ask->mark, ask->alloc_flags);
	terms->unusable = unusable_pages(rules, zone, ask->alloc_flags);
	terms->after_order = zone->free - cost;
	terms->left = terms->after_order - terms->unusable;
	terms->right = terms->min + ask->reserve;
	if (zone->area)
		count_blocks(zone->area, ask->order,
			     pfnscope_wmark_usable_types(rules,
							 ask->alloc_flags),
			     terms);

	if (ask->alloc_flags & PFNSCOPE_ALLOC_NO_WATERMARKS)
		terms->term = PFNSCOPE_TERM_NONE;
	else if (terms->left <= terms->min)
		terms->term = PFNSCOPE_TERM_MARK;
	else if (terms->left <= terms->right)
		terms->term = PFNSCOPE_TERM_RESERVE;
	else
		terms->term = block_term(rules, zone->area, ask, terms);
}

/**
 * pfnscope_free_pages - sum of all free blocks
 * @area: free blocks of a zone
 *
 * Return: pages.
 */
u64 pfnscope_free_pages(const struct pfnscope_free *area)
{
	return pfnscope_free_pages_at(area, 0);
}

/**
 * pfnscope_free_blocks_at - how many allocations of an order fit as it is now
 * @area: free blocks of a zone
 * @order: order of the allocations
 *
 * Return: blocks of exactly that order, larger ones counted as if split.
 */
u64 pfnscope_free_blocks_at(const struct pfnscope_free *area,
			    unsigned int order)
{
	if (order >= PFNSCOPE_ORDERS)
		return 0;
	return pfnscope_free_pages_at(area, order) >> order;
}

/**
 * pfnscope_free_pages_at - free pages that lie in blocks large enough
 * @area: free blocks of a zone
 * @order: smallest order that counts
 *
 * Return: pages.
 */
u64 pfnscope_free_pages_at(const struct pfnscope_free *area,
			   unsigned int order)
{
	u64 pages = 0;
	unsigned int o;

	for (o = order; o < PFNSCOPE_ORDERS; o++)
		pages += area->blocks[o] << o;
	return pages;
}

/**
 * pfnscope_unusable_index - share of free memory useless for an order
 * @area: free blocks of a zone
 * @order: order asked for
 *
 * Mirrors unusable_free_index(). Return: 0 (all usable) to 1000 (nothing is).
 */
int pfnscope_unusable_index(const struct pfnscope_free *area,
			    unsigned int order)
{
	u64 pages = pfnscope_free_pages(area);

	if (!pages)
		return 1000;
	return (int)div64_u64((pages - pfnscope_free_pages_at(area, order)) *
			      1000, pages);
}

static u64 total_blocks(const struct pfnscope_free *area)
{
	u64 blocks = 0;
	unsigned int o;

	for (o = 0; o < PFNSCOPE_ORDERS; o++)
		blocks += area->blocks[o];
	return blocks;
}

/**
 * pfnscope_extfrag_index - does a failure come from fragmentation or shortage?
 * @area: free blocks of a zone
 * @order: order asked for
 *
 * Mirrors __fragmentation_index(). Return: 0 (too little free memory) to 1000
 * (too fragmented), or -1000 where the request would succeed.
 */
int pfnscope_extfrag_index(const struct pfnscope_free *area,
			   unsigned int order)
{
	u64 blocks = total_blocks(area);
	u64 requested = 1ULL << (order & 31);

	if (!blocks)
		return 0;
	if (pfnscope_free_pages_at(area, order))
		return -1000;
	return 1000 - (int)div64_u64(1000 + div64_u64(pfnscope_free_pages(area)
						      * 1000, requested),
				     blocks);
}

/**
 * pfnscope_fragmentation_permille - share of free pages in too small blocks
 * @area: free blocks of a zone
 * @order: order wanted (the kernel takes the huge page's)
 *
 * Mirrors extfrag_for_order(), which gives percent and, unlike the unusable
 * index, 0 where nothing is free. Return: 0 to 1000.
 */
int pfnscope_fragmentation_permille(const struct pfnscope_free *area,
				    unsigned int order)
{
	return pfnscope_free_pages(area) ?
	       pfnscope_unusable_index(area, order) : 0;
}

/**
 * pfnscope_compaction_score - weight of one zone in proactive compaction
 * @extfrag_percent: extfrag_for_order() of the zone, in percent
 * @zone_present: present pages of the zone
 * @node_present: present pages of its node
 *
 * Mirrors fragmentation_score_zone_weighted(); the score of a node is the sum
 * over its zones. Return: 0 to 100.
 */
unsigned int pfnscope_compaction_score(unsigned int extfrag_percent,
				       u64 zone_present, u64 node_present)
{
	return (unsigned int)div64_u64(zone_present * extfrag_percent,
				       node_present + 1);
}

/**
 * pfnscope_fmfi_permille - free memory fragmentation index
 * @area: free blocks of a zone
 * @order: order wanted
 *
 * Gorman and Whitcroft, "The What, The Why and the Where To of
 * Anti-Fragmentation" (2006): 1 - (free blocks of the order that fit) /
 * (blocks the free pages would make if they were not scattered).
 * Return: 0 (not fragmented) to 1000 (nothing fits).
 */
int pfnscope_fmfi_permille(const struct pfnscope_free *area,
			   unsigned int order)
{
	u64 ideal = order < PFNSCOPE_ORDERS ?
		    pfnscope_free_pages(area) >> order : 0;

	if (!ideal)
		return 1000;
	return 1000 - (int)div64_u64(pfnscope_free_blocks_at(area, order) *
				     1000, ideal);
}

/**
 * pfnscope_sampled_add - one unit was looked at
 * @sampled: zeroed for the first one
 * @value: what it has
 * @units: how many it was chosen from, itself included
 */
void pfnscope_sampled_add(struct pfnscope_sampled *sampled, u64 value, u64 units)
{
	u64 apart = value > sampled->last ? value - sampled->last :
					    sampled->last - value;

	if (sampled->count)
		sampled->squares += apart * apart;
	sampled->last = value;
	sampled->count++;
	sampled->units += units;
	sampled->total += value * units;
}

/* The smallest number whose square is not below @square. */
static u64 root_above(u64 square)
{
	u64 root = 0, bit;

	for (bit = 1ULL << 31; bit; bit >>= 1)
		if ((root + bit) * (root + bit) <= square)
			root += bit;
	return root * root < square ? root + 1 : root;
}

/**
 * pfnscope_sampled_error - how far the sum may be off, in 19 of 20 cases
 * @sampled: at least one unit was looked at
 * @most: what a unit can have, 2^13 at most; of 2^22 units
 *
 * Twice the standard error. The variance is that of neighbours (Wolter, Introduction to
 * Variance Estimation, 2007, 8.2.1), as what lies near to each other is alike; one unit
 * that has all it can is added to those that were seen: where none had anything, that
 * does not say that there is none.
 *
 * Return: the error, 0 where all units were looked at.
 */
u64 pfnscope_sampled_error(const struct pfnscope_sampled *sampled, u64 most)
{
	u64 count = sampled->count, left = sampled->units - count;
	u64 variance;

	if (!count || !left)
		return 0;
	variance = count > 1 ? div64_u64(sampled->squares, 2 * (count - 1)) : 0;
	variance += div64_u64(most * most, count) + 1;
	return 2 * root_above(div64_u64(variance * left, count) * sampled->units);
}
