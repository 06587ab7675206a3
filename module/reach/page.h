/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a struct page says of itself, read without a reference: any word may
 * change between two reads, and no helper of the kernel's is called that would
 * assert otherwise. Whoever reads holds off the removal of memory (hotplug.h).
 */
#ifndef PFNSCOPE_REACH_PAGE_H
#define PFNSCOPE_REACH_PAGE_H

#include <linux/hugetlb.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/page-flags.h>
#include <linux/poison.h>

#include "reach/config.h"
#include "reach/order.h"

/* No compound page is larger than the largest huge page. */
#ifdef CONFIG_HUGETLB_PAGE
#define PFNSCOPE_COMPOUND_ORDER_MAX	(PUD_SHIFT - PAGE_SHIFT)
#else
#define PFNSCOPE_COMPOUND_ORDER_MAX	(PFNSCOPE_NR_ORDERS - 1)
#endif

/* Page types, by meaning: their encoding changed in v6.11 and again in v6.12. */
enum pfnscope_page_type {
	PFNSCOPE_TYPE_NONE,
	PFNSCOPE_TYPE_BUDDY,
	PFNSCOPE_TYPE_OFFLINE,
	PFNSCOPE_TYPE_TABLE,
	PFNSCOPE_TYPE_GUARD,
	PFNSCOPE_TYPE_SLAB,
	PFNSCOPE_TYPE_ZSMALLOC,
	PFNSCOPE_TYPE_UNACCEPTED,
	PFNSCOPE_TYPE_LARGE_KMALLOC,
	PFNSCOPE_TYPE_OTHER
};

/* The word became struct memdesc_flags_t in v6.18, of the same size. */
static inline unsigned long pfnscope_page_flags(const struct page *page)
{
	return READ_ONCE(*(const unsigned long *)&page->flags);
}

/* The bits of pfnscope_page_flags() that name the zone and the node. */
static inline unsigned long pfnscope_zone_bits_mask(void)
{
	return (ZONES_MASK << ZONES_PGSHIFT) | (NODES_MASK << NODES_PGSHIFT);
}

/* What these bits are for the pages of @zone. */
static inline unsigned long pfnscope_zone_bits(const struct zone *zone)
{
	return ((unsigned long)zone_idx(zone) << ZONES_PGSHIFT) |
	       ((unsigned long)zone_to_nid((struct zone *)zone) <<
		NODES_PGSHIFT);
}

/* Mappings less one of a small page; below -1 it is a page type instead. */
static inline int pfnscope_page_mapcount_word(const struct page *page)
{
	return READ_ONCE(page->_mapcount.counter);
}

static inline enum pfnscope_page_type pfnscope_page_type(struct page *page)
{
	if (PageBuddy(page))
		return PFNSCOPE_TYPE_BUDDY;
	if (PageTable(page))
		return PFNSCOPE_TYPE_TABLE;
	if (PageOffline(page))
		return PFNSCOPE_TYPE_OFFLINE;
	if (PageGuard(page))
		return PFNSCOPE_TYPE_GUARD;
#ifndef HAVE_PAGE_FLAG_SLAB
	if (PageSlab(page))
		return PFNSCOPE_TYPE_SLAB;
#endif
#ifdef HAVE_PAGE_ZSMALLOC
	if (PageZsmalloc(page))
		return PFNSCOPE_TYPE_ZSMALLOC;
#endif
#ifdef HAVE_PAGE_UNACCEPTED
	if (PageUnaccepted(page))
		return PFNSCOPE_TYPE_UNACCEPTED;
#endif
#ifdef HAVE_PAGE_LARGE_KMALLOC
	if (PageLargeKmalloc(page))
		return PFNSCOPE_TYPE_LARGE_KMALLOC;
#endif
	return PFNSCOPE_TYPE_OTHER;
}

/* Up to v6.9 slab pages carry a flag, and their mapcount word holds no type. */
static inline bool pfnscope_page_slab_flag(unsigned long flags)
{
#ifdef HAVE_PAGE_FLAG_SLAB
	return flags & BIT(PG_slab);
#else
	return false;
#endif
}

static inline bool pfnscope_page_hwpoison(unsigned long flags)
{
	return flags & __PG_HWPOISON;
}

static inline bool pfnscope_page_mlocked(unsigned long flags)
{
	return flags & __PG_MLOCKED;
}

/* Order of a free block; out of range when the block went away meanwhile. */
static inline unsigned long pfnscope_buddy_order(const struct page *page)
{
	return READ_ONCE(page->private);
}

/* Order of a compound page by its head; may be nonsense when it went away. */
static inline unsigned int pfnscope_compound_order(struct page *head)
{
	return compound_order(head);
}

/* Is the compound page a huge page of hugetlbfs, in use or in the pool? */
static inline bool pfnscope_page_hugetlb(struct page *head)
{
	return PageHuge(head);
}

/* The low bits of ->mapping: 1 anonymous; 2 alone movable by its owner, <= 6.16. */
static inline unsigned long pfnscope_page_mapping(const struct page *page)
{
	return (unsigned long)READ_ONCE(page->mapping);
}

#define PFNSCOPE_MAPPING_ANON	1UL
#define PFNSCOPE_MAPPING_OWNER	2UL
#define PFNSCOPE_MAPPING_FLAGS	3UL

static inline bool pfnscope_mapping_movable_ops(unsigned long mapping)
{
#ifdef HAVE_PAGE_MOVABLE_MAPPING
	return (mapping & PFNSCOPE_MAPPING_FLAGS) == PFNSCOPE_MAPPING_OWNER;
#else
	return false;
#endif
}

/* Typed pages whose owner can move them; since v6.17 they carry a flag. */
static inline bool pfnscope_page_movable_ops(struct page *page)
{
#ifdef HAVE_PAGE_HAS_MOVABLE_OPS
	return page_has_movable_ops(page);
#else
	return pfnscope_mapping_movable_ops(pfnscope_page_mapping(page));
#endif
}

/* Pages of the network's page_pool carry a magic number since v5.14. */
static inline bool pfnscope_page_pool(struct page *page)
{
#if defined(HAVE_PAGE_POOL_CHECK)
	return page_pool_page_is_pp(page);
#elif defined(HAVE_PAGE_PP_MAGIC)
	return (READ_ONCE(page->pp_magic) & ~3UL) == PP_SIGNATURE;
#else
	return false;
#endif
}

/* Is a page larger than one page frame mapped by a process? */
static inline bool pfnscope_large_mapped(struct page *head)
{
#ifdef HAVE_FOLIO_LARGE_MAPCOUNT
	return atomic_read(&((struct folio *)head)->_large_mapcount) >= 0;
#else
	return page_mapped(head);
#endif
}

/* Is it pinned by pin_user_pages()? Never false when it is. */
static inline bool pfnscope_large_pinned(struct page *head)
{
#ifdef HAVE_FOLIO_PINCOUNT
	return folio_maybe_dma_pinned(page_folio(head));
#else
	return page_maybe_dma_pinned(head);
#endif
}

/*
 * The flags that tell the pages of one class and state from those of another.
 * The rest of the word says how recently a page was used, and by which CPU.
 */
#define PFNSCOPE_LOOK_FLAGS						\
	(BIT(PG_locked) | BIT(PG_uptodate) | BIT(PG_dirty) | BIT(PG_lru) | \
	 BIT(PG_active) | BIT(PG_head) | BIT(PG_reserved) | BIT(PG_private) | \
	 BIT(PG_private_2) | BIT(PG_writeback) | BIT(PG_swapbacked) |	\
	 BIT(PG_swapcache) | BIT(PG_unevictable) | __PG_MLOCKED |	\
	 __PG_HWPOISON | PFNSCOPE_PG_SLAB |				\
	 (ZONES_MASK << ZONES_PGSHIFT) | (NODES_MASK << NODES_PGSHIFT))

#ifdef HAVE_PAGE_FLAG_SLAB
#define PFNSCOPE_PG_SLAB	BIT(PG_slab)
#else
#define PFNSCOPE_PG_SLAB	0UL
#endif

/**
 * struct pfnscope_look - all that the class and owner of a small page come from
 * @flags: of which those of PFNSCOPE_LOOK_FLAGS count
 * @mapping: of which the low bits count, and whether there is one
 * @charge: the word that leads to its memory cgroup
 * @counts: mappings or page type, and references
 */
struct pfnscope_look {
	unsigned long flags;
	unsigned long mapping;
	unsigned long charge;
	u64 counts;
};

static inline u64 pfnscope_page_counts(const struct page *page)
{
	BUILD_BUG_ON(offsetof(struct page, _refcount) !=
		     offsetof(struct page, _mapcount) + 4);
	BUILD_BUG_ON(offsetof(struct page, _mapcount) % sizeof(u64));
	return READ_ONCE(*(const u64 *)&page->_mapcount);
}

static inline unsigned long pfnscope_page_charge(const struct page *page)
{
#if !defined(CONFIG_MEMCG)
	return 0;
#elif defined(HAVE_PAGE_MEM_CGROUP)
	return (unsigned long)READ_ONCE(page->mem_cgroup);
#else
	return READ_ONCE(page->memcg_data);
#endif
}

static inline unsigned long pfnscope_mapping_kind(unsigned long mapping)
{
	return (mapping & PFNSCOPE_MAPPING_FLAGS) |
	       (mapping ? PFNSCOPE_MAPPING_FLAGS + 1 : 0);
}

/* Bit 0 of the word that names the head page of a tail page. */
static inline unsigned long pfnscope_page_tail_bit(const struct page *page)
{
	BUILD_BUG_ON(offsetof(struct page, lru) != sizeof(unsigned long));
	return READ_ONCE(((const unsigned long *)page)[1]) & 1;
}

static inline void pfnscope_page_look(const struct page *page,
				      struct pfnscope_look *look)
{
	look->flags = pfnscope_page_flags(page);
	look->mapping = pfnscope_page_mapping(page);
	look->charge = pfnscope_page_charge(page);
	look->counts = pfnscope_page_counts(page);
}

/*
 * Is @page what a page of order 0 that looked like this is, and of the same
 * cgroup, unless it is one of page_pool's? For most pages of a scan this is all
 * that is asked: the answer is nearly always in the first, single comparison.
 */
static __always_inline bool
pfnscope_page_looks(const struct page *page, const struct pfnscope_look *look)
{
	unsigned long mapping = pfnscope_page_mapping(page);
	u64 other = ((pfnscope_page_flags(page) ^ look->flags) &
		     PFNSCOPE_LOOK_FLAGS) |
		    (pfnscope_page_counts(page) ^ look->counts) |
		    (pfnscope_page_charge(page) ^ look->charge) |
		    pfnscope_page_tail_bit(page);

	if (likely(!(other | (mapping ^ look->mapping))))
		return true;
	return !other && pfnscope_mapping_kind(mapping) ==
			 pfnscope_mapping_kind(look->mapping);
}

/* No page of page_pool's looks so. */
static inline bool pfnscope_look_lru(const struct pfnscope_look *look)
{
	return look->flags & BIT(PG_lru);
}

/* A page frame that may be looked at, NULL when it is absent or offline. */
static inline struct page *pfnscope_online_page(unsigned long pfn)
{
	return pfn_to_online_page(pfn);
}

#endif /* PFNSCOPE_REACH_PAGE_H */
