/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the words of a struct page to what it is. Pure: it sees no struct page,
 * follows no pointer and takes no lock, so that states which no guest can make
 * are fed to it on the host.
 */
#ifndef PFNSCOPE_CLASSIFY_H
#define PFNSCOPE_CLASSIFY_H

#ifdef __KERNEL__
#include <linux/types.h>

#include "reach/page_bits.h"
#else
#include "base/ktypes.h"

/* Of the flags only the names mean anything here. */
enum {
	PFNSCOPE_PG_LOCKED = 1 << 0,
	PFNSCOPE_PG_UPTODATE = 1 << 1,
	PFNSCOPE_PG_DIRTY = 1 << 2,
	PFNSCOPE_PG_LRU = 1 << 3,
	PFNSCOPE_PG_ACTIVE = 1 << 4,
	PFNSCOPE_PG_HEAD = 1 << 5,
	PFNSCOPE_PG_RESERVED = 1 << 6,
	PFNSCOPE_PG_PRIVATE = 1 << 7,
	PFNSCOPE_PG_PRIVATE_2 = 1 << 8,
	PFNSCOPE_PG_WRITEBACK = 1 << 9,
	PFNSCOPE_PG_SWAPBACKED = 1 << 10,
	PFNSCOPE_PG_SWAPCACHE = 1 << 11,
	PFNSCOPE_PG_UNEVICTABLE = 1 << 12,
	PFNSCOPE_PG_MLOCKED = 1 << 13,
	PFNSCOPE_PG_HWPOISON = 1 << 14,
};

#define PFNSCOPE_NR_ORDERS		11
#define PFNSCOPE_COMPOUND_ORDER_MAX	18
#endif

/* Page types, by meaning: their encoding changed in v6.11 and again in v6.12. */
enum pfnscope_page_type {
	PFNSCOPE_TYPE_NONE,
	PFNSCOPE_TYPE_BUDDY,
	PFNSCOPE_TYPE_OFFLINE,
	PFNSCOPE_TYPE_TABLE,
	PFNSCOPE_TYPE_GUARD,
	PFNSCOPE_TYPE_SLAB,		/* up to v6.9 a flag */
	PFNSCOPE_TYPE_HUGETLB,
	PFNSCOPE_TYPE_ZSMALLOC,
	PFNSCOPE_TYPE_UNACCEPTED,
	PFNSCOPE_TYPE_LARGE_KMALLOC,
	PFNSCOPE_TYPE_OTHER
};

/**
 * struct pfnscope_words - what was read of a struct page, in one go
 * @start: the page frame it is of: the one asked about, or its head page
 * @order: what it names: of a free, guard or unaccepted block, of a compound page
 * @flags: PFNSCOPE_PG_ bits; others may be set
 * @type: of the page
 * @mapcount: mappings less one, where there is no type
 * @refs: references
 * @mapping: it has one
 * @anon: and that is of anonymous memory
 * @movable_ops: its owner can move it
 * @pool: it is page_pool's
 * @fixed: its mapping lets nobody move its pages
 * @left: compaction leaves it where it is, though others may move it
 * @large_mapped: for a compound page: a process maps it
 * @large_pinned: for a compound page: pin_user_pages() holds it
 */
struct pfnscope_words {
	unsigned long start;
	unsigned long order;
	unsigned long flags;
	enum pfnscope_page_type type;
	int mapcount;
	int refs;
	bool mapping;
	bool anon;
	bool movable_ops;
	bool pool;
	bool fixed;
	bool left;
	bool large_mapped;
	bool large_pinned;
};

/* What a page is: exactly one of these. */
enum pfnscope_class {
	PFNSCOPE_CLASS_FREE,		/* in the buddy allocator */
	PFNSCOPE_CLASS_ANON,
	PFNSCOPE_CLASS_FILE,		/* page cache, but not shmem */
	PFNSCOPE_CLASS_SHMEM,		/* tmpfs, shared anonymous, memfd */
	PFNSCOPE_CLASS_HUGETLB,		/* in use or in the pool */
	PFNSCOPE_CLASS_SLAB,
	PFNSCOPE_CLASS_LARGE_KMALLOC,	/* known since v6.15, else in KERNEL */
	PFNSCOPE_CLASS_PAGE_TABLE,
	PFNSCOPE_CLASS_KERNEL_STACK,
	PFNSCOPE_CLASS_PAGE_POOL,
	PFNSCOPE_CLASS_MOVABLE_OPS,	/* zsmalloc, balloons that can move */
	PFNSCOPE_CLASS_OFFLINE,		/* balloon, or left out when onlining */
	PFNSCOPE_CLASS_GUARD,
	PFNSCOPE_CLASS_UNACCEPTED,
	PFNSCOPE_CLASS_RESERVED,	/* never given to the allocator */
	PFNSCOPE_CLASS_HWPOISON,
	PFNSCOPE_CLASS_UNREFERENCED,	/* see classify.c */
	PFNSCOPE_CLASS_KERNEL,		/* any other page in use */
	PFNSCOPE_CLASSES
};

/* What state it is in: any number of these. */
enum pfnscope_state {
	PFNSCOPE_STATE_DIRTY,
	PFNSCOPE_STATE_WRITEBACK,
	PFNSCOPE_STATE_MAPPED,
	PFNSCOPE_STATE_ACTIVE,
	PFNSCOPE_STATE_UNEVICTABLE,
	PFNSCOPE_STATE_MLOCKED,
	PFNSCOPE_STATE_SWAPCACHE,
	PFNSCOPE_STATE_PINNED,
	PFNSCOPE_STATE_LARGE,		/* part of a larger page of the LRU */
	PFNSCOPE_STATE_RECLAIMABLE,	/* slab of a reclaimable cache */
	PFNSCOPE_STATES
};

#define PFNSCOPE_STATE_BIT(state)	(1U << (state))

/*
 * What can become of it, for whoever wants the block it lies in. Each takes more
 * than the one before, so that they may be compared.
 */
enum pfnscope_fate {
	PFNSCOPE_FATE_FREE,
	PFNSCOPE_FATE_DRAINABLE,	/* perhaps on a per-CPU list */
	PFNSCOPE_FATE_CLEAN,		/* clean, unmapped file cache */
	PFNSCOPE_FATE_MOVABLE,
	PFNSCOPE_FATE_UNMOVABLE,
	PFNSCOPE_FATES
};

struct page;

/**
 * struct pfnscope_unit - a free block, a compound page or a single page
 * @page: its first page, or the page asked about where that is not known
 * @start: page frame number of @page
 * @end: first page frame after it
 * @class: what it is
 * @fate: what can become of it
 * @states: bits of enum pfnscope_state
 * @order: of the block or compound page
 * @cache: of a slab: the number of its cache, see names.h
 * @left: it could move if compaction did not leave it where it is
 * @absent: not a page of the zone; nothing else is valid then
 */
struct pfnscope_unit {
	struct page *page;
	unsigned long start;
	unsigned long end;
	enum pfnscope_class class;
	enum pfnscope_fate fate;
	unsigned int states;
	unsigned int order;
	unsigned int cache;
	bool left;
	bool absent;
};

/*
 * A kernel stack is vmalloc memory, each page of which was taken alone, or where
 * @vmap is false one allocation that is not a compound page: all but its first
 * page are without a reference.
 */
static inline bool pfnscope_may_be_stack(enum pfnscope_class class, bool vmap)
{
	return class == PFNSCOPE_CLASS_KERNEL ||
	       (!vmap && class == PFNSCOPE_CLASS_UNREFERENCED);
}

/* May it be the first page of an allocation that is not a compound page? */
static inline bool pfnscope_may_have_rest(const struct pfnscope_unit *unit,
					  bool vmap)
{
	return !unit->order && (unit->class == PFNSCOPE_CLASS_KERNEL ||
				(!vmap && unit->class ==
					  PFNSCOPE_CLASS_KERNEL_STACK));
}

bool pfnscope_classify(const struct pfnscope_words *words, unsigned long pfn,
		       struct pfnscope_unit *unit);
void pfnscope_classify_torn(unsigned long pfn, struct pfnscope_unit *unit);

const char *pfnscope_class_name(enum pfnscope_class class);
const char *pfnscope_state_name(enum pfnscope_state state);

#endif /* PFNSCOPE_CLASSIFY_H */
