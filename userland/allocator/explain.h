/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Would the page allocator serve this request, zone by zone, and which term
 * decides? A pure function over a snapshot of the zones and the rules of the
 * kernel series, the same for a live machine and for one that died.
 */
#ifndef PFNSCOPE_ALLOCATOR_EXPLAIN_H
#define PFNSCOPE_ALLOCATOR_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/checked.h"
#include "base/release.h"
#include "measure.h"

#define PFNSCOPE_CLASSES	8

/* Zone classes by meaning; which of them a kernel has, and so their numbers,
 * is its configuration. In the order of enum zone_type. */
enum pfnscope_class {
	PFNSCOPE_CLASS_DMA,
	PFNSCOPE_CLASS_DMA32,
	PFNSCOPE_CLASS_NORMAL,
	PFNSCOPE_CLASS_HIGHMEM,
	PFNSCOPE_CLASS_MOVABLE,
	PFNSCOPE_CLASS_DEVICE,
	PFNSCOPE_CLASS_COUNT
};

/**
 * struct pfnscope_classes - the zone classes of one kernel
 * @class: by their index in lowmem_reserve
 * @count: how many, 0 where the snapshot does not tell
 */
struct pfnscope_classes {
	enum pfnscope_class class[PFNSCOPE_CLASSES];
	unsigned int count;
};

/**
 * struct pfnscope_rules - how one kernel series decides
 * @version: PFNSCOPE_KERNEL() it was made for
 * @wmark: the watermark check
 * @non_block_is_atomic: 4.4 to 6.2: __GFP_ATOMIC, not the lack of waiting, opens
 *	the reserves
 * @nomemalloc_keeps_out: __GFP_NOMEMALLOC closes them again (2.6.39)
 * @cma: movable requests may use CMA pages (3.5)
 * @boost_skip: order-0 requests that may use reserves ignore the boost (5.9)
 * @boost_skip_atomic: those are the ones with __GFP_ATOMIC, up to 6.2
 * @highatomic_flag: high-order atomic requests look into the reserve first
 * @highatomic_last: any request that may not wait takes highatomic blocks where
 *	nothing else is left (6.12, and stable kernels of that time)
 * @avoids_mixing: the first attempt leaves ZONE_NORMAL rather than put a type
 *	into another's pageblock (5.0)
 * @skips_busy_nodes: nodes whose kswapd runs come last (6.18)
 * @defrag_mode: vm.defrag_mode may keep types apart to the last (6.15)
 * @defrag_yields: but not for a request that wakes kswapd and may not wait (7.2,
 *	"mm/page_alloc: fix defrag_mode for non-reclaimable allocations")
 * @noretry_needs_compaction: a costly order with __GFP_NORETRY fails at once where
 *	compaction does not begin in any zone (5.4 to 6.x)
 * @compacts_in_cpuset: direct compaction heeds the cpuset (6.12; which release began
 *	with it was not looked up, 6.1 does not)
 * @compacts_first: such a request is reclaimed for once, but not with
 *	__GFP_THISNODE (in 7.2; which release began with it was not looked up)
 * @tiering_mark: kswapd of a tiered node sleeps above the promo mark (6.1)
 * @minds_insane_cpusets: it fails at once where the cpuset has no zone for it,
 *	from when on one of nodes with movable memory only was seen (5.16)
 * @steals_smallest: a block of another type that cannot be taken over is the
 *	smallest one (6.15, and 6.12 of that time)
 * @pcp_order: highest order, but for huge pages, that per-CPU lists serve
 * @pcp_huge: they serve huge pages too (5.13)
 * @pageblock_order: order of a pageblock
 * @max_order: largest order of a free block; larger requests get nothing
 * @name: the series, for people
 */
struct pfnscope_rules {
	unsigned int version;
	struct pfnscope_wmark_rules wmark;
	bool non_block_is_atomic;
	bool nomemalloc_keeps_out;
	bool cma;
	bool boost_skip;
	bool boost_skip_atomic;
	bool highatomic_flag;
	bool highatomic_last;
	bool avoids_mixing;
	bool skips_busy_nodes;
	bool defrag_mode;
	bool defrag_yields;
	bool noretry_needs_compaction;
	bool compacts_in_cpuset;
	bool compacts_first;
	bool tiering_mark;
	bool minds_insane_cpusets;
	bool steals_smallest;
	unsigned int pcp_order;
	bool pcp_huge;
	unsigned int pageblock_order;
	unsigned int max_order;
	const char *name;
};

/**
 * struct pfnscope_explain_zone - one zone of the snapshot, in pages
 * @free: NR_FREE_PAGES; all but @node, @name and @class PFNSCOPE_MISSING where
 *	the snapshot lacks it
 * @min: the min watermark as the check compares it, boost included
 * @highatomic: pages reserved for high-order atomic requests
 * @free_highatomic: those of them that are free
 * @pcp: on the lists of all CPUs
 * @pcp_lists: migratetypes on the asking CPU's list of each order, where
 *	@pcp_known
 * @kswapd_awake: kswapd of the node runs
 * @kswapd_hopeless: it gave up, and is not woken any more
 * @compact_considered: attempts since compaction was put off
 * @compact_defer_shift: it is put off for two to this power attempts
 * @compact_order_failed: at this order and above
 * @area: free blocks, where @area_known
 */
struct pfnscope_explain_zone {
	int64_t node;
	char name[16];
	enum pfnscope_class class;
	int64_t managed;
	int64_t free;
	int64_t boost;
	int64_t min;
	int64_t low;
	int64_t high;
	int64_t promo;
	int64_t highatomic;
	int64_t free_highatomic;
	int64_t cma;
	int64_t pcp;
	int64_t reserve[PFNSCOPE_CLASSES];
	unsigned int reserves;
	uint32_t pcp_lists[PFNSCOPE_ORDERS];
	bool pcp_known;
	bool kswapd_awake;
	bool kswapd_hopeless;
	int64_t compact_considered;
	int64_t compact_defer_shift;
	int64_t compact_order_failed;
	bool area_known;
	struct pfnscope_free area;
};

/**
 * struct pfnscope_request - what is asked for
 * @gfp: PFNSCOPE_GFP_ bits
 * @gfp_known: false where a log has no header
 * @no_request: a page fault that failed elsewhere came to the OOM killer
 * @order: order
 * @node: preferred node, or PFNSCOPE_MISSING
 * @nodes: nodes it may use; bit 63 stands for all above; 0 means any
 * @cpuset: nodes of the cpuset of the task that asks; 0 means any
 * @cpu: CPU whose lists serve it, or PFNSCOPE_MISSING
 * @memalloc: PF_MEMALLOC: reclaim itself, may use all memory
 * @victim: the OOM killer has chosen this task
 * @realtime: a realtime task outside interrupts
 */
struct pfnscope_request {
	uint32_t gfp;
	bool gfp_known;
	bool no_request;
	unsigned int order;
	int64_t node;
	uint64_t nodes;
	uint64_t cpuset;
	int64_t cpu;
	bool memalloc;
	bool victim;
	bool realtime;
};

enum pfnscope_reason {
	PFNSCOPE_REASON_PASSES,
	PFNSCOPE_REASON_BELOW_MIN,
	PFNSCOPE_REASON_RESERVE,
	PFNSCOPE_REASON_APART,		/* what is set apart makes the difference */
	PFNSCOPE_REASON_NO_BLOCK,
	PFNSCOPE_REASON_TYPE,
	PFNSCOPE_REASON_LOOP,
	PFNSCOPE_REASON_NO_MANAGED,
	PFNSCOPE_REASON_CLASS,
	PFNSCOPE_REASON_NODE,
	PFNSCOPE_REASON_ONE_NODE,	/* only one counts, not known which */
	PFNSCOPE_REASON_DIRTY,
	PFNSCOPE_REASON_UNKNOWN,
};

/* Where the block comes from, in the order of the search. */
enum pfnscope_take_from {
	PFNSCOPE_TAKE_NOTHING,
	PFNSCOPE_TAKE_UNKNOWN,		/* the free blocks are not known */
	PFNSCOPE_TAKE_PCP,		/* the CPU's own list */
	PFNSCOPE_TAKE_OWN,		/* the free list of its migratetype */
	PFNSCOPE_TAKE_CMA,
	PFNSCOPE_TAKE_CLAIM,		/* whole pageblocks of another type */
	PFNSCOPE_TAKE_MIX,		/* out of another type's pageblock */
	PFNSCOPE_TAKE_HIGHATOMIC,
};

/**
 * struct pfnscope_take - the block a request would get of a zone
 * @from: where from
 * @order: order of the free block, if one is split or taken
 * @type: its migratetype
 */
struct pfnscope_take {
	enum pfnscope_take_from from;
	unsigned int order;
	enum pfnscope_type type;
};

enum pfnscope_mark {
	PFNSCOPE_MARK_MIN,
	PFNSCOPE_MARK_LOW,
	PFNSCOPE_MARK_HIGH,
	PFNSCOPE_MARK_PROMO,
};

/**
 * struct pfnscope_verdict - what one zone says to the request
 * @zone: the zone
 * @reason: why it does not serve, or that it does
 * @which: which watermark was compared with
 * @mark: that watermark, pages
 * @reserve: lowmem_reserve for the class of the request, pages
 * @order: order the numbers are for
 * @terms: all terms of the check; not set for reasons without a check
 * @checked: @terms are set
 * @unmarked: the attempt does not look at watermarks
 * @in_kb: the page size is not known, the numbers are kB
 * @dirty: pages of the node that are dirty or in writeback, and their limit, for
 *	PFNSCOPE_REASON_DIRTY
 * @take: the block it would get, where the zone serves
 */
struct pfnscope_verdict {
	const struct pfnscope_explain_zone *zone;
	enum pfnscope_reason reason;
	enum pfnscope_mark which;
	int64_t mark;
	int64_t reserve;
	unsigned int order;
	bool checked;
	bool unmarked;
	bool in_kb;
	struct {
		int64_t pages;
		int64_t limit;
	} dirty;
	struct pfnscope_wmark_terms terms;
	struct pfnscope_take take;
};

enum pfnscope_passes {
	PFNSCOPE_PASSES_NO,
	PFNSCOPE_PASSES_YES,
	PFNSCOPE_PASSES_UNKNOWN,
};

void pfnscope_rules_for(unsigned int version, struct pfnscope_rules *rules);
uint32_t pfnscope_alloc_flags(const struct pfnscope_rules *rules,
			      const struct pfnscope_request *request);
uint32_t pfnscope_reserve_flags(const struct pfnscope_rules *rules,
				const struct pfnscope_request *request);
bool pfnscope_leaves_cpuset(const struct pfnscope_rules *rules,
			    const struct pfnscope_request *request);
uint32_t pfnscope_fast_flags(const struct pfnscope_rules *rules,
			     const struct pfnscope_request *request);

enum pfnscope_class pfnscope_class_named(const char *name);
const char *pfnscope_class_name(enum pfnscope_class class);
enum pfnscope_class pfnscope_request_class(const struct pfnscope_classes *c,
					   uint32_t gfp);
int pfnscope_class_index(const struct pfnscope_classes *classes,
			 enum pfnscope_class class);

void pfnscope_explain_zone_init(struct pfnscope_explain_zone *zone);
void pfnscope_explain_zone(const struct pfnscope_rules *rules,
			   const struct pfnscope_classes *classes,
			   const struct pfnscope_request *request,
			   enum pfnscope_mark mark, uint32_t alloc_flags,
			   const struct pfnscope_explain_zone *zone,
			   struct pfnscope_verdict *verdict);
enum pfnscope_passes pfnscope_verdict_passes(const struct pfnscope_verdict *v);
int64_t pfnscope_verdict_shortage(const struct pfnscope_verdict *v);
bool pfnscope_boost_decides(const struct pfnscope_rules *rules,
			    const struct pfnscope_classes *classes,
			    const struct pfnscope_request *request,
			    uint32_t alloc_flags,
			    const struct pfnscope_verdict *verdict);
void pfnscope_take_find(const struct pfnscope_rules *rules,
			const struct pfnscope_request *request,
			uint32_t alloc_flags,
			const struct pfnscope_explain_zone *zone,
			struct pfnscope_take *take);
const char *pfnscope_take_name(enum pfnscope_take_from from);
const char *pfnscope_type_name(enum pfnscope_type type);
const char *pfnscope_mark_name(enum pfnscope_mark mark);
void pfnscope_reason_text(const struct pfnscope_verdict *verdict, char *out,
			  size_t size);

#endif
