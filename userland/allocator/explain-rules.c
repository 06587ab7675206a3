// SPDX-License-Identifier: GPL-2.0-only
/*
 * What changed from one kernel series to the next. Each rule names the kernel
 * it came with; the arithmetic itself is in module/measure.c.
 */
#include "allocator/explain.h"
#include "allocator/gfp.h"
#include "base/array.h"

struct change {
	unsigned int since;
	const char *name;
};

static const struct change series[] = {
	{ 0, "up to 4.3: every lower order must keep half of the watermark" },
	{ PFNSCOPE_KERNEL(2, 6, 38), "2.6.38 to 3.3: as up to 4.3, the order "
	  "costs two pages too many" },
	{ PFNSCOPE_KERNEL(3, 4, 0), "up to 4.3: every lower order must keep "
	  "half of the watermark" },
	{ PFNSCOPE_KERNEL(4, 4, 0), "4.4 to 6.2: highatomic reserve and CMA "
	  "are unusable, then one free block of a usable type" },
	{ PFNSCOPE_KERNEL(6, 3, 0), "6.3 to 6.11: __GFP_HIGH and not waiting "
	  "open the reserves" },
	{ PFNSCOPE_KERNEL(6, 12, 0), "6.12 and later: of the highatomic reserve "
	  "only what is free is unusable" },
};

/* 6.1.116 took the rules of 6.3, as its ChangeLog says. */
static bool has_min_reserve(unsigned int version)
{
	if (version >= PFNSCOPE_KERNEL(6, 1, 116) &&
	    version < PFNSCOPE_KERNEL(6, 2, 0))
		return true;
	return version >= PFNSCOPE_KERNEL(6, 3, 0);
}

/* It came with 6.12 and went to the stable kernels of that time. */
static bool has_highatomic_last(unsigned int version)
{
	if (version >= PFNSCOPE_KERNEL(6, 6, 60) &&
	    version < PFNSCOPE_KERNEL(6, 7, 0))
		return true;
	if (version >= PFNSCOPE_KERNEL(6, 1, 116) &&
	    version < PFNSCOPE_KERNEL(6, 2, 0))
		return true;
	return version >= PFNSCOPE_KERNEL(6, 12, 0);
}

/**
 * pfnscope_rules_for - the rules of a kernel
 * @version: PFNSCOPE_KERNEL(), 0 where it is not known: the oldest rules
 * @rules: gets them
 */
void pfnscope_rules_for(unsigned int version, struct pfnscope_rules *rules)
{
	bool old = version < PFNSCOPE_KERNEL(4, 4, 0);

	*rules = (struct pfnscope_rules){ .version = version };
	rules->wmark.order_loop = old;
	rules->wmark.order_cost_plus_one =
		version >= PFNSCOPE_KERNEL(2, 6, 38) &&
		version < PFNSCOPE_KERNEL(3, 4, 0);
	rules->wmark.min_reserve_first = has_min_reserve(version);
	rules->wmark.highatomic = old ? PFNSCOPE_HIGHATOMIC_NONE :
		version < PFNSCOPE_KERNEL(6, 12, 0) ?
		PFNSCOPE_HIGHATOMIC_RESERVED : PFNSCOPE_HIGHATOMIC_FREE;
	rules->non_block_is_atomic = !old && !has_min_reserve(version);
	rules->nomemalloc_keeps_out = version >= PFNSCOPE_KERNEL(2, 6, 39);
	rules->cma = version >= PFNSCOPE_KERNEL(3, 5, 0);
	rules->boost_skip = version >= PFNSCOPE_KERNEL(5, 9, 0);
	rules->boost_skip_atomic = version < PFNSCOPE_KERNEL(6, 3, 0);
	rules->highatomic_flag = has_min_reserve(version);
	rules->highatomic_last = has_highatomic_last(version);
	rules->avoids_mixing = version >= PFNSCOPE_KERNEL(5, 0, 0);
	rules->skips_busy_nodes = version >= PFNSCOPE_KERNEL(6, 18, 0);
	rules->defrag_mode = version >= PFNSCOPE_KERNEL(6, 15, 0);
	rules->defrag_yields = version >= PFNSCOPE_KERNEL(7, 2, 0);
	rules->noretry_needs_compaction = version >= PFNSCOPE_KERNEL(5, 4, 0);
	rules->compacts_in_cpuset = version >= PFNSCOPE_KERNEL(6, 12, 0);
	rules->compacts_first = version >= PFNSCOPE_KERNEL(7, 0, 0);
	rules->minds_insane_cpusets = version >= PFNSCOPE_KERNEL(5, 16, 0);
	rules->tiering_mark = version >= PFNSCOPE_KERNEL(6, 1, 0);
	rules->steals_smallest = version >= PFNSCOPE_KERNEL(6, 15, 0) ||
				 (version >= PFNSCOPE_KERNEL(6, 12, 95) &&
				  version < PFNSCOPE_KERNEL(6, 13, 0));
	rules->pcp_huge = version >= PFNSCOPE_KERNEL(5, 13, 0);
	rules->pcp_order = rules->pcp_huge ? 3 : 0;
	rules->pageblock_order = 9;
	rules->max_order = 10;
	for (size_t i = 0; i < ARRAY_SIZE(series); i++)
		if (version >= series[i].since)
			rules->name = series[i].name;
}

/* The slow path drops __GFP_ATOMIC of a request that may wait. */
static bool is_atomic(const struct pfnscope_request *r)
{
	return (r->gfp & PFNSCOPE_GFP_ATOMIC) &&
	       !(r->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM);
}

/* May it dig into the reserves because it cannot wait? */
static bool non_block(const struct pfnscope_rules *rules,
		      const struct pfnscope_request *r)
{
	if (rules->nomemalloc_keeps_out && (r->gfp & PFNSCOPE_GFP_NOMEMALLOC))
		return false;
	if (rules->non_block_is_atomic)
		return is_atomic(r);
	return !(r->gfp & (PFNSCOPE_GFP_DIRECT_RECLAIM |
			   PFNSCOPE_GFP_NO_KSWAPD));
}

static uint32_t cma_flag(const struct pfnscope_rules *rules, uint32_t gfp)
{
	return rules->cma && (gfp & PFNSCOPE_GFP_MOVABLE) ?
	       PFNSCOPE_ALLOC_CMA : 0;
}

/* May it ignore the watermarks altogether? Mirrors __gfp_pfmemalloc_flags(). */
static bool no_watermarks(const struct pfnscope_request *r)
{
	if (r->gfp & PFNSCOPE_GFP_NOMEMALLOC)
		return false;
	return r->memalloc || (r->gfp & PFNSCOPE_GFP_MEMALLOC);
}

/**
 * pfnscope_alloc_flags - what the slow path allows the request
 * @rules: rules of the kernel
 * @request: the request
 *
 * Mirrors gfp_to_alloc_flags(). Return: PFNSCOPE_ALLOC_ bits.
 */
uint32_t pfnscope_alloc_flags(const struct pfnscope_rules *rules,
			      const struct pfnscope_request *request)
{
	uint32_t flags = cma_flag(rules, request->gfp);
	bool high = request->gfp & PFNSCOPE_GFP_HIGH;

	if (!request->gfp_known || request->no_request)
		return 0;
	if (non_block(rules, request)) {
		flags |= PFNSCOPE_ALLOC_NON_BLOCK;
		if (high && request->order && rules->highatomic_flag)
			flags |= PFNSCOPE_ALLOC_HIGHATOMIC;
	} else if (request->realtime && !is_atomic(request) &&
		   (!rules->highatomic_flag || (request->gfp &
					PFNSCOPE_GFP_DIRECT_RECLAIM))) {
		flags |= rules->highatomic_flag ? PFNSCOPE_ALLOC_MIN_RESERVE :
						  PFNSCOPE_ALLOC_NON_BLOCK;
	}
	if (high)
		flags |= PFNSCOPE_ALLOC_MIN_RESERVE;
	return flags;
}

/**
 * pfnscope_reserve_flags - with what the slow path tries again
 * @rules: rules of the kernel
 * @request: the request
 *
 * Mirrors __gfp_pfmemalloc_flags(): what it gives replaces the other flags.
 * Return: PFNSCOPE_ALLOC_ bits, 0 where the request has no such right.
 */
uint32_t pfnscope_reserve_flags(const struct pfnscope_rules *rules,
				const struct pfnscope_request *request)
{
	if (!request->gfp_known || request->no_request)
		return 0;
	if (no_watermarks(request))
		return cma_flag(rules, request->gfp) |
		       PFNSCOPE_ALLOC_NO_WATERMARKS;
	if (request->victim && !(request->gfp & PFNSCOPE_GFP_NOMEMALLOC))
		return cma_flag(rules, request->gfp) | PFNSCOPE_ALLOC_OOM;
	return 0;
}

/**
 * pfnscope_leaves_cpuset - may it use nodes outside cpuset and policy?
 * @rules: rules of the kernel
 * @request: the request
 *
 * What must not wait would rather leave them than fail.
 * Return: whether the slow path lets it.
 */
bool pfnscope_leaves_cpuset(const struct pfnscope_rules *rules,
			    const struct pfnscope_request *request)
{
	if (rules->non_block_is_atomic)
		return is_atomic(request);
	return (request->gfp & PFNSCOPE_GFP_HIGH) &&
	       !(request->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM);
}

/**
 * pfnscope_fast_flags - what the first attempt, at the low watermark, allows
 * @rules: rules of the kernel
 * @request: the request
 *
 * Return: PFNSCOPE_ALLOC_ bits.
 */
uint32_t pfnscope_fast_flags(const struct pfnscope_rules *rules,
			     const struct pfnscope_request *request)
{
	return cma_flag(rules, request->gfp);
}
