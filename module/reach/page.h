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
#include <linux/pagemap.h>
#include <linux/poison.h>
#include <linux/uaccess.h>

#include "classify.h"
#include "reach/compact.h"
#include "reach/config.h"

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

/* Of a page whose mapcount word is below -1. */
static inline enum pfnscope_page_type pfnscope_typed_page(struct page *page)
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

/*
 * Does a process map the compound page, as a whole or one of its pages? Counted
 * for all of them together since v6.10. Before, each has a count of its own, and
 * page_mapped() would look at as many as the page says it has by then: at most
 * those of the order that was checked are looked at here.
 */
#ifdef HAVE_FOLIO_LARGE_MAPCOUNT
#define PFNSCOPE_LARGE_MAPPED_IS_A_WALK	false

static inline bool pfnscope_large_mapped(struct page *head, unsigned int order)
{
	return atomic_read(&((struct folio *)head)->_large_mapcount) >= 0;
}
#else
#define PFNSCOPE_LARGE_MAPPED_IS_A_WALK	true

static inline bool pfnscope_large_mapped(struct page *head, unsigned int order)
{
	unsigned long i;

#ifdef HAVE_COMPOUND_MAPCOUNT_PTR
	if (atomic_read(compound_mapcount_ptr(head)) >= 0)
#else
	if (atomic_read(&((struct folio *)head)->_entire_mapcount) >= 0)
#endif
		return true;
	for (i = 0; i < BIT(order); i++)
		if (pfnscope_page_mapcount_word(head + i) >= 0)
			return true;
	return false;
}
#endif

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
 * Is the page in a mapping none of whose pages can be moved? Such are those of
 * memfd_secret(), guest_memfd and ramfs; all of them are also unevictable, which
 * an mlocked file is without. To be asked of page cache that is not on an LRU
 * list or is unevictable there: the mapping may be gone, so that it is read
 * without trusting the pointer.
 */
static inline bool pfnscope_mapping_fixed(unsigned long word)
{
	const struct address_space *mapping = (const void *)word;
	unsigned long flags;

	return !copy_from_kernel_nofault(&flags, &mapping->flags,
					 sizeof(flags)) &&
	       flags & BIT(AS_UNEVICTABLE);
}

static inline bool pfnscope_maybe_fixed(const struct pfnscope_words *words)
{
	if (!words->mapping || words->anon || words->movable_ops ||
	    words->flags & PFNSCOPE_PG_SWAPBACKED)
		return false;
	return words->flags & PFNSCOPE_PG_UNEVICTABLE ||
	       (!(words->flags & PFNSCOPE_PG_LRU) &&
		words->flags & (PFNSCOPE_PG_UPTODATE | PFNSCOPE_PG_LOCKED));
}

static inline void pfnscope_read_mapping(struct page *head,
					 struct pfnscope_words *words)
{
	unsigned long mapping = pfnscope_page_mapping(head);

	words->mapping = mapping;
	words->anon = mapping & PFNSCOPE_MAPPING_ANON;
	words->movable_ops = words->type == PFNSCOPE_TYPE_OFFLINE ?
			     pfnscope_page_movable_ops(head) :
			     pfnscope_mapping_movable_ops(mapping);
	words->pool = pfnscope_page_pool(head);
	words->fixed = pfnscope_maybe_fixed(words) &&
		       pfnscope_mapping_fixed(mapping);
	words->left = words->flags & PFNSCOPE_PG_UNEVICTABLE &&
		      !pfnscope_compacts_unevictable();
}

static inline void pfnscope_read_large(struct page *head,
				       struct pfnscope_words *words)
{
	words->order = compound_order(head);
	if (words->order > PFNSCOPE_COMPOUND_ORDER_MAX ||
	    words->start & (BIT(words->order) - 1) ||
	    words->type != PFNSCOPE_TYPE_NONE)
		return;
	words->large_mapped = pfnscope_large_mapped(head, words->order);
	words->large_pinned = pfnscope_large_pinned(head);
}

/* A type says it all but for pages that are offline; so does a page on a free list. */
static inline bool pfnscope_mapping_matters(const struct pfnscope_words *words)
{
	if (words->type != PFNSCOPE_TYPE_NONE)
		return words->type == PFNSCOPE_TYPE_OFFLINE;
	return words->refs || words->flags & PFNSCOPE_PG_HEAD;
}

static inline enum pfnscope_page_type
pfnscope_page_type(struct page *head, const struct pfnscope_words *words)
{
	if (pfnscope_page_slab_flag(words->flags))
		return PFNSCOPE_TYPE_SLAB;
	if (words->flags & PFNSCOPE_PG_HEAD && PageHuge(head))
		return PFNSCOPE_TYPE_HUGETLB;
	return words->mapcount < -1 ? pfnscope_typed_page(head) :
				      PFNSCOPE_TYPE_NONE;
}

/**
 * pfnscope_page_read - what a struct page says
 * @head: any but a tail page
 * @pfn: its number
 * @words: filled, as far as they matter for what the page is; they fit together
 *	if pfnscope_page_stands() afterwards
 */
static inline void pfnscope_page_read(struct page *head, unsigned long pfn,
				      struct pfnscope_words *words)
{
	words->start = pfn;
	words->flags = pfnscope_page_flags(head);
	words->mapcount = pfnscope_page_mapcount_word(head);
	words->refs = page_ref_count(head);
	words->type = pfnscope_page_type(head, words);
	words->mapping = false;
	words->anon = false;
	words->movable_ops = false;
	words->pool = false;
	words->fixed = false;
	words->left = false;
	words->large_mapped = false;
	words->large_pinned = false;
	words->order = 0;
	if (pfnscope_mapping_matters(words))
		pfnscope_read_mapping(head, words);
	if (words->type == PFNSCOPE_TYPE_BUDDY ||
	    words->type == PFNSCOPE_TYPE_GUARD)
		words->order = READ_ONCE(head->private);
	else if (words->type == PFNSCOPE_TYPE_UNACCEPTED)
		words->order = PFNSCOPE_NR_ORDERS - 1;
	else if (words->flags & PFNSCOPE_PG_HEAD)
		pfnscope_read_large(head, words);
}

/* To the head page of the compound page that @page is a tail of, if it is sane. */
static inline struct page *pfnscope_page_head(struct page *page,
					      unsigned long *pfn)
{
	struct page *head = compound_head(page);
	unsigned long behind;

	if (likely(head == page))
		return page;
	behind = page - head;
	if (head > page || behind >= BIT(PFNSCOPE_COMPOUND_ORDER_MAX) ||
	    !pfn_to_online_page(*pfn - behind))
		return page;
	*pfn -= behind;
	return head;
}

/*
 * The flags that tell the pages of one class and state from those of another.
 * The rest of the word says how recently a page was used, and by which CPU.
 */
#define PFNSCOPE_LOOK_FLAGS						\
	(PFNSCOPE_PG_LOCKED | PFNSCOPE_PG_UPTODATE | PFNSCOPE_PG_DIRTY | \
	 PFNSCOPE_PG_LRU | PFNSCOPE_PG_ACTIVE | PFNSCOPE_PG_HEAD |	\
	 PFNSCOPE_PG_RESERVED | PFNSCOPE_PG_PRIVATE |			\
	 PFNSCOPE_PG_PRIVATE_2 | PFNSCOPE_PG_WRITEBACK |		\
	 PFNSCOPE_PG_SWAPBACKED | PFNSCOPE_PG_SWAPCACHE |		\
	 PFNSCOPE_PG_UNEVICTABLE | PFNSCOPE_PG_MLOCKED |		\
	 PFNSCOPE_PG_HWPOISON | PFNSCOPE_PG_SLAB |			\
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

/*
 * Are the words those of one moment, as far as the order hangs on it? A free block
 * that was merged or taken between two of them has lost its type or got another
 * order, a compound page its head.
 */
static inline bool pfnscope_page_stands(struct page *head,
					const struct pfnscope_words *words)
{
	if ((pfnscope_page_flags(head) ^ words->flags) & PFNSCOPE_LOOK_FLAGS)
		return false;
	if (words->mapcount < -1 &&
	    pfnscope_page_mapcount_word(head) != words->mapcount)
		return false;
	return words->type != PFNSCOPE_TYPE_BUDDY ||
	       READ_ONCE(head->private) == words->order;
}

/*
 * Does the page hang in a list? One without type and reference that does lies on
 * a CPU's list of free pages: nobody links the later pages of an allocation of
 * his. Read without trusting the pointers, and false while it is being unlinked.
 */
static inline bool pfnscope_page_listed(const struct page *page)
{
	const struct list_head *link = &page->lru, *back;
	const struct list_head *next = READ_ONCE(link->next);
	const struct list_head *prev = READ_ONCE(link->prev);

	if (next == LIST_POISON1 || next == link || (unsigned long)next & 1)
		return false;
	return !copy_from_kernel_nofault(&back, &next->prev, sizeof(back)) &&
	       back == link &&
	       !copy_from_kernel_nofault(&back, &prev->next, sizeof(back)) &&
	       back == link;
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
