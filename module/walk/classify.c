// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a page is, from its struct page alone and without a reference to it. A
 * page that changes hands meanwhile is taken for what it was or what it becomes,
 * for one page frame; nothing read here is followed before it was checked.
 *
 * Order matters. A page type says it all where there is one. Flags come next.
 * Pages on their way to an LRU list sit in a batch of some CPU without PG_lru,
 * so a mapping counts before a page is called the kernel's. A page without type
 * and without reference lies on a per-CPU free list, or it is not the first one
 * of a larger allocation that is not a compound page: the struct page does not
 * tell which. A compound page without reference is neither: somebody has frozen it.
 */
#include "reach/page.h"
#include "reach/slab_page.h"
#include "walk/classify.h"
#include "walk/stacks.h"

static const char *const class_names[PFNSCOPE_CLASSES] = {
	[PFNSCOPE_CLASS_FREE] = "free",
	[PFNSCOPE_CLASS_ANON] = "anon",
	[PFNSCOPE_CLASS_FILE] = "file",
	[PFNSCOPE_CLASS_SHMEM] = "shmem",
	[PFNSCOPE_CLASS_HUGETLB] = "hugetlb",
	[PFNSCOPE_CLASS_SLAB] = "slab",
	[PFNSCOPE_CLASS_LARGE_KMALLOC] = "large_kmalloc",
	[PFNSCOPE_CLASS_PAGE_TABLE] = "page_table",
	[PFNSCOPE_CLASS_KERNEL_STACK] = "kernel_stack",
	[PFNSCOPE_CLASS_PAGE_POOL] = "page_pool",
	[PFNSCOPE_CLASS_MOVABLE_OPS] = "movable_ops",
	[PFNSCOPE_CLASS_OFFLINE] = "offline",
	[PFNSCOPE_CLASS_GUARD] = "guard",
	[PFNSCOPE_CLASS_UNACCEPTED] = "unaccepted",
	[PFNSCOPE_CLASS_RESERVED] = "reserved",
	[PFNSCOPE_CLASS_HWPOISON] = "hwpoison",
	[PFNSCOPE_CLASS_UNREFERENCED] = "unreferenced",
	[PFNSCOPE_CLASS_KERNEL] = "kernel",
};

static const char *const state_names[PFNSCOPE_STATES] = {
	[PFNSCOPE_STATE_DIRTY] = "dirty",
	[PFNSCOPE_STATE_WRITEBACK] = "writeback",
	[PFNSCOPE_STATE_MAPPED] = "mapped",
	[PFNSCOPE_STATE_ACTIVE] = "active",
	[PFNSCOPE_STATE_UNEVICTABLE] = "unevictable",
	[PFNSCOPE_STATE_MLOCKED] = "mlocked",
	[PFNSCOPE_STATE_SWAPCACHE] = "swapcache",
	[PFNSCOPE_STATE_PINNED] = "pinned",
	[PFNSCOPE_STATE_LARGE] = "large",
	[PFNSCOPE_STATE_RECLAIMABLE] = "reclaimable",
};

/**
 * pfnscope_class_name - a class as a word
 * @class: the class
 *
 * Return: the word, the same in every view.
 */
const char *pfnscope_class_name(enum pfnscope_class class)
{
	return class_names[class];
}

/**
 * pfnscope_state_name - a state as a word
 * @state: the state
 *
 * Return: the word, the same in every view.
 */
const char *pfnscope_state_name(enum pfnscope_state state)
{
	return state_names[state];
}

static bool is_lru_class(enum pfnscope_class class)
{
	return class == PFNSCOPE_CLASS_ANON || class == PFNSCOPE_CLASS_FILE ||
	       class == PFNSCOPE_CLASS_SHMEM;
}

/* The states that are a flag each. */
static unsigned int flag_states(unsigned long flags)
{
	unsigned int states = 0;

	if (flags & BIT(PG_dirty))
		states |= BIT(PFNSCOPE_STATE_DIRTY);
	if (flags & BIT(PG_writeback))
		states |= BIT(PFNSCOPE_STATE_WRITEBACK);
	if (flags & BIT(PG_active))
		states |= BIT(PFNSCOPE_STATE_ACTIVE);
	if (flags & BIT(PG_unevictable))
		states |= BIT(PFNSCOPE_STATE_UNEVICTABLE);
	if (pfnscope_page_mlocked(flags))
		states |= BIT(PFNSCOPE_STATE_MLOCKED);
	if ((flags & (BIT(PG_swapbacked) | BIT(PG_swapcache))) ==
	    (BIT(PG_swapbacked) | BIT(PG_swapcache)))
		states |= BIT(PFNSCOPE_STATE_SWAPCACHE);
	return states;
}

/*
 * References which neither page tables nor a cache explain: somebody has taken
 * hold of the page, through get_user_pages() or for the moment. Compaction and
 * migration give up on such a page, however it was taken. A page on its way to
 * the LRU has one such reference, and none but that one.
 */
static bool small_page_held(struct page *page, unsigned long flags,
			    enum pfnscope_class class, int mapcount)
{
	int expected = max(mapcount, 0);

	if (class != PFNSCOPE_CLASS_ANON ||
	    (flags & (BIT(PG_swapbacked) | BIT(PG_swapcache))) ==
	    (BIT(PG_swapbacked) | BIT(PG_swapcache)))
		expected++;
	if (flags & (BIT(PG_private) | BIT(PG_private_2)))
		expected++;
	if (!(flags & BIT(PG_lru)))
		expected++;
	return page_ref_count(page) > expected;
}

static void lru_states(struct pfnscope_unit *unit, unsigned long flags)
{
	int mapcount = pfnscope_page_mapcount_word(unit->page) + 1;
	bool mapped, pinned;

	unit->states = flag_states(flags);
	if (unit->order) {
		unit->states |= BIT(PFNSCOPE_STATE_LARGE);
		mapped = pfnscope_large_mapped(unit->page);
		pinned = pfnscope_large_pinned(unit->page);
	} else {
		mapped = mapcount > 0;
		pinned = small_page_held(unit->page, flags, unit->class,
					 mapcount);
	}
	if (mapped)
		unit->states |= BIT(PFNSCOPE_STATE_MAPPED);
	if (pinned)
		unit->states |= BIT(PFNSCOPE_STATE_PINNED);
}

static enum pfnscope_fate lru_fate(const struct pfnscope_unit *unit)
{
	if (unit->states & BIT(PFNSCOPE_STATE_PINNED))
		return PFNSCOPE_FATE_UNMOVABLE;
	if (unit->class == PFNSCOPE_CLASS_FILE &&
	    !(unit->states & (BIT(PFNSCOPE_STATE_DIRTY) |
			      BIT(PFNSCOPE_STATE_WRITEBACK) |
			      BIT(PFNSCOPE_STATE_MAPPED) |
			      BIT(PFNSCOPE_STATE_UNEVICTABLE) |
			      BIT(PFNSCOPE_STATE_MLOCKED))))
		return PFNSCOPE_FATE_CLEAN;
	return PFNSCOPE_FATE_MOVABLE;
}

static enum pfnscope_fate class_fate(enum pfnscope_class class)
{
	switch (class) {
	case PFNSCOPE_CLASS_FREE:
	case PFNSCOPE_CLASS_UNACCEPTED:
		return PFNSCOPE_FATE_FREE;
	case PFNSCOPE_CLASS_UNREFERENCED:
		return PFNSCOPE_FATE_DRAINABLE;
	case PFNSCOPE_CLASS_HUGETLB:
	case PFNSCOPE_CLASS_MOVABLE_OPS:
		return PFNSCOPE_FATE_MOVABLE;
	default:
		return PFNSCOPE_FATE_UNMOVABLE;
	}
}

static enum pfnscope_class typed_class(struct page *page)
{
	switch (pfnscope_page_type(page)) {
	case PFNSCOPE_TYPE_BUDDY:
		return PFNSCOPE_CLASS_FREE;
	case PFNSCOPE_TYPE_TABLE:
		return PFNSCOPE_CLASS_PAGE_TABLE;
	case PFNSCOPE_TYPE_OFFLINE:
		return pfnscope_page_movable_ops(page) ?
		       PFNSCOPE_CLASS_MOVABLE_OPS : PFNSCOPE_CLASS_OFFLINE;
	case PFNSCOPE_TYPE_GUARD:
		return PFNSCOPE_CLASS_GUARD;
	case PFNSCOPE_TYPE_SLAB:
		return PFNSCOPE_CLASS_SLAB;
	case PFNSCOPE_TYPE_ZSMALLOC:
		return PFNSCOPE_CLASS_MOVABLE_OPS;
	case PFNSCOPE_TYPE_UNACCEPTED:
		return PFNSCOPE_CLASS_UNACCEPTED;
	case PFNSCOPE_TYPE_LARGE_KMALLOC:
		return PFNSCOPE_CLASS_LARGE_KMALLOC;
	default:
		return PFNSCOPE_CLASS_KERNEL;
	}
}

/* A page that may be on an LRU list, or the kernel's own. */
static enum pfnscope_class mapped_class(struct page *page, unsigned long flags)
{
	unsigned long mapping = pfnscope_page_mapping(page);
	const unsigned long cache = BIT(PG_lru) | BIT(PG_uptodate) |
				    BIT(PG_locked) | BIT(PG_swapbacked);

	if (pfnscope_page_pool(page))
		return PFNSCOPE_CLASS_PAGE_POOL;
	if (mapping & PFNSCOPE_MAPPING_ANON)
		return PFNSCOPE_CLASS_ANON;
	if (pfnscope_mapping_movable_ops(mapping))
		return PFNSCOPE_CLASS_MOVABLE_OPS;
	if (!(flags & BIT(PG_lru)) && (!mapping || !(flags & cache)))
		return PFNSCOPE_CLASS_KERNEL;
	if (!(flags & BIT(PG_swapbacked)))
		return PFNSCOPE_CLASS_FILE;
	/* Read ahead into the swap cache, and nobody's yet: counted as anonymous. */
	return mapping ? PFNSCOPE_CLASS_SHMEM : PFNSCOPE_CLASS_ANON;
}

static enum pfnscope_class untyped_class(struct page *page,
					 unsigned long flags, bool compound)
{
	if (flags & BIT(PG_reserved))
		return PFNSCOPE_CLASS_RESERVED;
	if (pfnscope_page_slab_flag(flags))
		return PFNSCOPE_CLASS_SLAB;
	if (compound && pfnscope_page_hugetlb(page))
		return PFNSCOPE_CLASS_HUGETLB;
	if (!compound && !page_ref_count(page))
		return PFNSCOPE_CLASS_UNREFERENCED;
	return mapped_class(page, flags);
}

/*
 * The order that a head page names, if it can be right: a head page lies at a
 * multiple of its size.
 */
static unsigned int checked_order(unsigned long pfn, unsigned long order,
				  unsigned int limit)
{
	if (order > limit || pfn & (BIT(order) - 1))
		return 0;
	return order;
}

/* To the head page of the compound page that @page is a tail of, if it is sane. */
static struct page *find_head(struct page *page, unsigned long *pfn)
{
	struct page *head = compound_head(page);
	unsigned long behind;

	if (likely(head == page))
		return page;
	behind = page - head;
	if (head > page || behind >= BIT(PFNSCOPE_COMPOUND_ORDER_MAX) ||
	    !pfnscope_online_page(*pfn - behind))
		return page;
	*pfn -= behind;
	return head;
}

static unsigned int unit_order(struct page *head, unsigned long pfn,
			       unsigned long flags)
{
	if (!(flags & BIT(PG_head)))
		return 0;
	return checked_order(pfn, pfnscope_compound_order(head),
			     PFNSCOPE_COMPOUND_ORDER_MAX);
}

static void classify_slab(struct pfnscope_unit *unit)
{
	if (pfnscope_slab_page_reclaimable(unit->page))
		unit->states = BIT(PFNSCOPE_STATE_RECLAIMABLE);
}

/* The unit that starts at @head; its class is final, its order not yet. */
static void classify_head(struct pfnscope_unit *unit, unsigned long flags)
{
	struct page *head = unit->page;
	int word = pfnscope_page_mapcount_word(head);

	unit->order = unit_order(head, unit->start, flags);
	if (pfnscope_page_hwpoison(flags))
		unit->class = PFNSCOPE_CLASS_HWPOISON;
	else if (word < -1 && !pfnscope_page_slab_flag(flags) &&
		 !(flags & BIT(PG_reserved)) &&
		 !(unit->order && pfnscope_page_hugetlb(head)))
		unit->class = typed_class(head);
	else
		unit->class = untyped_class(head, flags, unit->order);
	if (unit->class == PFNSCOPE_CLASS_FREE)
		unit->order = checked_order(unit->start,
					    pfnscope_buddy_order(head),
					    PFNSCOPE_NR_ORDERS - 1);
}

/**
 * pfnscope_classify - what is at a page frame
 * @page: of it, online (see hotplug.h)
 * @pfn: its number
 * @zone_bits: pfnscope_zone_bits() of the zone that is being looked at
 * @stacks: where the kernel stacks are, or NULL
 * @unit: filled; it may begin before @pfn, and end beyond the zone
 */
void pfnscope_classify(struct page *page, unsigned long pfn,
		       unsigned long zone_bits,
		       const struct pfnscope_stacks *stacks,
		       struct pfnscope_unit *unit)
{
	unsigned long flags = pfnscope_page_flags(page);
	struct page *head;

	unit->start = pfn;
	unit->end = pfn + 1;
	unit->states = 0;
	unit->absent = (flags ^ zone_bits) & pfnscope_zone_bits_mask();
	if (unit->absent)
		return;

	head = find_head(page, &unit->start);
	if (head != page)
		flags = pfnscope_page_flags(head);
	unit->page = head;
	classify_head(unit, flags);
	if (unit->start + BIT(unit->order) > pfn) {
		unit->end = unit->start + BIT(unit->order);
	} else {		/* torn down while we looked */
		unit->page = page;
		unit->start = pfn;
		unit->order = 0;
	}

	if (unit->class == PFNSCOPE_CLASS_KERNEL &&
	    pfnscope_stacks_contain(stacks, pfn))
		unit->class = PFNSCOPE_CLASS_KERNEL_STACK;
	else if (unit->class == PFNSCOPE_CLASS_SLAB)
		classify_slab(unit);
	if (is_lru_class(unit->class)) {
		lru_states(unit, flags);
		unit->fate = lru_fate(unit);
	} else {
		unit->fate = class_fate(unit->class);
	}
}
