/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure arithmetic on plain numbers: no lock, no pointer into the kernel, no
 * allocation. Compiled into the module and into the command, so that a value
 * which both print is computed by the same lines, and tested on the host.
 */
#ifndef PFNSCOPE_MEASURE_H
#define PFNSCOPE_MEASURE_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include "base/ktypes.h"
#endif

/* More orders than any kernel has (ia64 had 17, 64 KiB pages up to 14). */
#define PFNSCOPE_ORDERS 20

/*
 * Migratetypes by meaning. The numbers of a running kernel differ between
 * configurations (CMA shifts ISOLATE), so nothing here is indexed by them.
 */
enum pfnscope_type {
	PFNSCOPE_UNMOVABLE,
	PFNSCOPE_MOVABLE,
	PFNSCOPE_RECLAIMABLE,
	PFNSCOPE_HIGHATOMIC,
	PFNSCOPE_CMA,
	PFNSCOPE_ISOLATE,
	PFNSCOPE_RESERVE,	/* MIGRATE_RESERVE, gone since 4.4 */
	PFNSCOPE_TYPES
};

#define PFNSCOPE_TYPE_BIT(type)	(1U << (type))

/**
 * struct pfnscope_free - the free blocks of one zone
 * @blocks: number of free blocks of each order
 * @types: mask of PFNSCOPE_TYPE_BIT() present at each order; 0 = not known
 */
struct pfnscope_free {
	u64 blocks[PFNSCOPE_ORDERS];
	u32 types[PFNSCOPE_ORDERS];
};

/* What the request may do; one bit for each ALLOC_ flag the check reads. */
#define PFNSCOPE_ALLOC_MIN_RESERVE	0x01U	/* ALLOC_HIGH before 6.3 */
#define PFNSCOPE_ALLOC_NON_BLOCK	0x02U	/* ALLOC_HARDER before 6.3 */
#define PFNSCOPE_ALLOC_HIGHATOMIC	0x04U	/* since 6.3 a flag of its own */
#define PFNSCOPE_ALLOC_OOM		0x08U	/* the task is an OOM victim */
#define PFNSCOPE_ALLOC_CMA		0x10U
#define PFNSCOPE_ALLOC_NO_WATERMARKS	0x20U

/* How the highatomic reserve is counted as not usable. */
enum pfnscope_highatomic {
	PFNSCOPE_HIGHATOMIC_NONE,	/* up to 4.3: there is none */
	PFNSCOPE_HIGHATOMIC_RESERVED,	/* 4.4 to 6.11: all that was reserved */
	PFNSCOPE_HIGHATOMIC_FREE,	/* 6.12: what is free of it */
};

/**
 * struct pfnscope_wmark_rules - the check as one kernel series does it
 * @order_loop: up to 4.3, every lower order must leave half of the mark
 * @order_cost_plus_one: 2.6.38 to 3.3 subtract (1 << order) + 1, not - 1
 * @min_reserve_first: since 6.3 NON_BLOCK counts only together with MIN_RESERVE,
 *	and an OOM victim's half comes on top; before, it replaced the quarter
 * @highatomic: which highatomic figure is subtracted
 */
struct pfnscope_wmark_rules {
	bool order_loop;
	bool order_cost_plus_one;
	bool min_reserve_first;
	enum pfnscope_highatomic highatomic;
};

/**
 * struct pfnscope_wmark_ask - one request against one zone, in pages
 * @order: order of the request
 * @alloc_flags: PFNSCOPE_ALLOC_ bits
 * @mark: the watermark compared with, boost included
 * @reserve: lowmem_reserve of the zone for the class of the request
 */
struct pfnscope_wmark_ask {
	unsigned int order;
	u32 alloc_flags;
	s64 mark;
	s64 reserve;
};

/**
 * struct pfnscope_wmark_zone - what the check reads of a zone, in pages
 * @free: NR_FREE_PAGES
 * @highatomic: the figure that the rules name
 * @cma: NR_FREE_CMA_PAGES
 * @unaccepted: NR_UNACCEPTED where the check subtracts it, else 0
 * @area: free blocks, or NULL when they are not known
 */
struct pfnscope_wmark_zone {
	s64 free;
	s64 highatomic;
	s64 cma;
	s64 unaccepted;
	const struct pfnscope_free *area;
};

/* Which term decided. The first that fails, in the order of the check. */
enum pfnscope_wmark_term {
	PFNSCOPE_TERM_NONE,		/* the check passes */
	PFNSCOPE_TERM_MARK,		/* short of the mark itself */
	PFNSCOPE_TERM_RESERVE,		/* short only because of lowmem_reserve */
	PFNSCOPE_TERM_ORDER_LOOP,	/* up to 4.3: too little in large blocks */
	PFNSCOPE_TERM_NO_BLOCK,		/* no free block of that order */
	PFNSCOPE_TERM_TYPE,		/* only blocks of types it may not use */
};

/**
 * struct pfnscope_wmark_terms - the check with every term kept, in pages
 * @min: the mark after the alloc flags
 * @unusable: highatomic, CMA and unaccepted pages this request may not use
 * @after_order: free pages less the cost of the order
 * @left: @after_order less @unusable
 * @right: @min plus the reserve; the check wants @left > @right
 * @loop_order: order at which the loop of old kernels stopped, or -1
 * @loop_left: free pages left at that order
 * @loop_right: what they had to exceed
 * @blocks: free blocks of the order or above
 * @usable_blocks: those of them at orders where a usable type is present
 * @types: types seen among @blocks
 * @blocks_known: the free blocks were given
 * @term: what decided
 */
struct pfnscope_wmark_terms {
	s64 min;
	s64 unusable;
	s64 after_order;
	s64 left;
	s64 right;
	int loop_order;
	s64 loop_left;
	s64 loop_right;
	u64 blocks;
	u64 usable_blocks;
	u32 types;
	bool blocks_known;
	enum pfnscope_wmark_term term;
};

void pfnscope_wmark_check(const struct pfnscope_wmark_rules *rules,
			  const struct pfnscope_wmark_zone *zone,
			  const struct pfnscope_wmark_ask *ask,
			  struct pfnscope_wmark_terms *terms);
u32 pfnscope_wmark_usable_types(const struct pfnscope_wmark_rules *rules,
				u32 alloc_flags);

u64 pfnscope_free_pages(const struct pfnscope_free *area);
u64 pfnscope_free_blocks_at(const struct pfnscope_free *area,
			    unsigned int order);
u64 pfnscope_free_pages_at(const struct pfnscope_free *area,
			   unsigned int order);

/* Indices are in thousandths, as the kernel prints them: 0 to 1000. */
int pfnscope_unusable_index(const struct pfnscope_free *area,
			    unsigned int order);
int pfnscope_extfrag_index(const struct pfnscope_free *area,
			   unsigned int order);
int pfnscope_fragmentation_permille(const struct pfnscope_free *area,
				    unsigned int order);
unsigned int pfnscope_compaction_score(unsigned int extfrag_percent,
				       u64 zone_present, u64 node_present);
int pfnscope_fmfi_permille(const struct pfnscope_free *area,
			   unsigned int order);

/**
 * struct pfnscope_sampled - a sum over many units, told from some of them
 * @units: how many there are
 * @count: how many were looked at, one of each stratum
 * @total: the sum, as far as it can be told
 * @last: what the last one had
 * @squares: of the differences between neighbours, added up
 */
struct pfnscope_sampled {
	u64 units;
	u64 count;
	u64 total;
	u64 last;
	u64 squares;
};

void pfnscope_sampled_add(struct pfnscope_sampled *sampled, u64 value, u64 units);
u64 pfnscope_sampled_error(const struct pfnscope_sampled *sampled, u64 most);

#endif /* PFNSCOPE_MEASURE_H */
