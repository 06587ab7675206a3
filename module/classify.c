// SPDX-License-Identifier: GPL-2.0-only
/*
 * Order matters. Poison and PG_reserved overrule all else. A page type says it all
 * where there is one. Flags come next. Pages on their way to an LRU list sit in a
 * batch of some CPU without PG_lru, so a mapping counts before a page is called
 * the kernel's. A page without type and without reference lies on a per-CPU free
 * list, or it is not the first one of a larger allocation that is not a compound
 * page: its words do not tell which. A compound page without reference is neither:
 * somebody has frozen it.
 */
#include "classify.h"

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

#define SWAP_CACHE	(PFNSCOPE_PG_SWAPBACKED | PFNSCOPE_PG_SWAPCACHE)

static bool in_swap_cache(const struct pfnscope_words *words)
{
	return (words->flags & SWAP_CACHE) == SWAP_CACHE;
}

/* The states that are a flag each. */
static unsigned int flag_states(const struct pfnscope_words *words)
{
	unsigned int states = 0;

	if (words->flags & PFNSCOPE_PG_DIRTY)
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_DIRTY);
	if (words->flags & PFNSCOPE_PG_WRITEBACK)
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_WRITEBACK);
	if (words->flags & PFNSCOPE_PG_ACTIVE)
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_ACTIVE);
	if (words->flags & PFNSCOPE_PG_UNEVICTABLE)
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_UNEVICTABLE);
	if (words->flags & PFNSCOPE_PG_MLOCKED)
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_MLOCKED);
	if (in_swap_cache(words))
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_SWAPCACHE);
	return states;
}

/*
 * References which neither page tables nor a cache explain: somebody has taken
 * hold of the page, through get_user_pages() or for the moment. Compaction and
 * migration give up on such a page, however it was taken. A page on its way to
 * the LRU has one such reference, and none but that one.
 */
static bool small_page_held(const struct pfnscope_words *words,
			    enum pfnscope_class class)
{
	int expected = words->mapcount >= 0 ? words->mapcount + 1 : 0;

	if (class != PFNSCOPE_CLASS_ANON || in_swap_cache(words))
		expected++;
	if (words->flags & (PFNSCOPE_PG_PRIVATE | PFNSCOPE_PG_PRIVATE_2))
		expected++;
	if (!(words->flags & PFNSCOPE_PG_LRU))
		expected++;
	return words->refs > expected;
}

static unsigned int lru_states(const struct pfnscope_words *words,
			       const struct pfnscope_unit *unit)
{
	unsigned int states = flag_states(words);
	bool mapped = words->mapcount >= 0, pinned;

	if (unit->order) {
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_LARGE);
		mapped = words->large_mapped;
		pinned = words->large_pinned;
	} else {
		pinned = small_page_held(words, unit->class);
	}
	if (mapped)
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_MAPPED);
	if (pinned)
		states |= PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_PINNED);
	return states;
}

static enum pfnscope_fate lru_fate(const struct pfnscope_words *words,
				   const struct pfnscope_unit *unit)
{
	const unsigned int kept =
		PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_DIRTY) |
		PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_WRITEBACK) |
		PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_MAPPED) |
		PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_UNEVICTABLE) |
		PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_MLOCKED);

	if (unit->states & PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_PINNED))
		return PFNSCOPE_FATE_UNMOVABLE;
	if (unit->class != PFNSCOPE_CLASS_FILE)
		return PFNSCOPE_FATE_MOVABLE;
	if (words->fixed)
		return PFNSCOPE_FATE_UNMOVABLE;
	return unit->states & kept ? PFNSCOPE_FATE_MOVABLE :
				     PFNSCOPE_FATE_CLEAN;
}

static void set_lru_fate(const struct pfnscope_words *words,
			 struct pfnscope_unit *unit)
{
	unit->states = lru_states(words, unit);
	unit->fate = lru_fate(words, unit);
	unit->left = words->left && unit->fate == PFNSCOPE_FATE_MOVABLE;
	if (unit->left)
		unit->fate = PFNSCOPE_FATE_UNMOVABLE;
}

/* Those of the LRU hang on the state, that of unaccepted pages on being wanted. */
static const unsigned char fates[PFNSCOPE_CLASSES] = {
	[PFNSCOPE_CLASS_FREE] = PFNSCOPE_FATE_FREE,
	[PFNSCOPE_CLASS_ANON] = PFNSCOPE_FATE_MOVABLE,
	[PFNSCOPE_CLASS_FILE] = PFNSCOPE_FATE_MOVABLE,
	[PFNSCOPE_CLASS_SHMEM] = PFNSCOPE_FATE_MOVABLE,
	[PFNSCOPE_CLASS_HUGETLB] = PFNSCOPE_FATE_MOVABLE,
	[PFNSCOPE_CLASS_SLAB] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_LARGE_KMALLOC] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_PAGE_TABLE] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_KERNEL_STACK] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_PAGE_POOL] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_MOVABLE_OPS] = PFNSCOPE_FATE_MOVABLE,
	[PFNSCOPE_CLASS_OFFLINE] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_GUARD] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_UNACCEPTED] = PFNSCOPE_FATE_FREE,
	[PFNSCOPE_CLASS_RESERVED] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_HWPOISON] = PFNSCOPE_FATE_UNMOVABLE,
	[PFNSCOPE_CLASS_UNREFERENCED] = PFNSCOPE_FATE_DRAINABLE,
	[PFNSCOPE_CLASS_KERNEL] = PFNSCOPE_FATE_UNMOVABLE,
};

static const unsigned char typed_classes[] = {
	[PFNSCOPE_TYPE_BUDDY] = PFNSCOPE_CLASS_FREE,
	[PFNSCOPE_TYPE_OFFLINE] = PFNSCOPE_CLASS_OFFLINE,
	[PFNSCOPE_TYPE_TABLE] = PFNSCOPE_CLASS_PAGE_TABLE,
	[PFNSCOPE_TYPE_GUARD] = PFNSCOPE_CLASS_GUARD,
	[PFNSCOPE_TYPE_SLAB] = PFNSCOPE_CLASS_SLAB,
	[PFNSCOPE_TYPE_HUGETLB] = PFNSCOPE_CLASS_HUGETLB,
	[PFNSCOPE_TYPE_ZSMALLOC] = PFNSCOPE_CLASS_MOVABLE_OPS,
	[PFNSCOPE_TYPE_UNACCEPTED] = PFNSCOPE_CLASS_UNACCEPTED,
	[PFNSCOPE_TYPE_LARGE_KMALLOC] = PFNSCOPE_CLASS_LARGE_KMALLOC,
	[PFNSCOPE_TYPE_OTHER] = PFNSCOPE_CLASS_KERNEL,
};

static enum pfnscope_class typed_class(const struct pfnscope_words *words)
{
	if (words->type == PFNSCOPE_TYPE_OFFLINE && words->movable_ops)
		return PFNSCOPE_CLASS_MOVABLE_OPS;
	return typed_classes[words->type];
}

/* A page that may be on an LRU list, or the kernel's own. */
static enum pfnscope_class mapped_class(const struct pfnscope_words *words)
{
	const unsigned long cache = PFNSCOPE_PG_LRU | PFNSCOPE_PG_UPTODATE |
				    PFNSCOPE_PG_LOCKED |
				    PFNSCOPE_PG_SWAPBACKED;

	if (words->pool)
		return PFNSCOPE_CLASS_PAGE_POOL;
	if (words->anon)
		return PFNSCOPE_CLASS_ANON;
	if (words->movable_ops)
		return PFNSCOPE_CLASS_MOVABLE_OPS;
	if (!(words->flags & PFNSCOPE_PG_LRU) &&
	    (!words->mapping || !(words->flags & cache)))
		return PFNSCOPE_CLASS_KERNEL;
	if (!(words->flags & PFNSCOPE_PG_SWAPBACKED))
		return PFNSCOPE_CLASS_FILE;
	/* Read ahead into the swap cache, and nobody's yet: counted as anonymous. */
	return words->mapping ? PFNSCOPE_CLASS_SHMEM : PFNSCOPE_CLASS_ANON;
}

static enum pfnscope_class class_of(const struct pfnscope_words *words)
{
	if (words->flags & PFNSCOPE_PG_HWPOISON)
		return PFNSCOPE_CLASS_HWPOISON;
	if (words->flags & PFNSCOPE_PG_RESERVED)
		return PFNSCOPE_CLASS_RESERVED;
	if (words->type != PFNSCOPE_TYPE_NONE)
		return typed_class(words);
	if (!(words->flags & PFNSCOPE_PG_HEAD) && !words->refs)
		return PFNSCOPE_CLASS_UNREFERENCED;
	return mapped_class(words);
}

/* The order that counts: pages of other classes name none. */
static unsigned long order_of(const struct pfnscope_words *words,
			      enum pfnscope_class class, unsigned int *limit)
{
	switch (class) {
	case PFNSCOPE_CLASS_FREE:
	case PFNSCOPE_CLASS_GUARD:
	case PFNSCOPE_CLASS_UNACCEPTED:
		*limit = PFNSCOPE_NR_ORDERS - 1;
		return words->order;
	default:
		*limit = PFNSCOPE_COMPOUND_ORDER_MAX;
		return words->flags & PFNSCOPE_PG_HEAD ? words->order : 0;
	}
}

/* No block of an order lies elsewhere than at a multiple of its size. */
static bool set_size(const struct pfnscope_words *words,
		     struct pfnscope_unit *unit)
{
	unsigned int limit;
	unsigned long order = order_of(words, unit->class, &limit);

	if (order > limit || words->start & ((1UL << order) - 1))
		return false;
	unit->order = order;
	unit->start = words->start;
	unit->end = words->start + (1UL << order);
	return true;
}

/**
 * pfnscope_classify - what is at a page frame
 * @words: of its struct page, or of that of its head page
 * @pfn: the page frame
 * @unit: filled but for its page; it may begin before @pfn
 *
 * Return: false when the words do not fit together, or not to @pfn: the page
 * changed hands between two of them. They are to be read anew.
 */
bool pfnscope_classify(const struct pfnscope_words *words, unsigned long pfn,
		       struct pfnscope_unit *unit)
{
	unit->class = class_of(words);
	unit->absent = false;
	if (!set_size(words, unit) || unit->start > pfn || unit->end <= pfn)
		return false;
	unit->states = 0;
	unit->left = false;
	unit->fate = fates[unit->class];
	if (unit->class == PFNSCOPE_CLASS_ANON ||
	    unit->class == PFNSCOPE_CLASS_FILE ||
	    unit->class == PFNSCOPE_CLASS_SHMEM)
		set_lru_fate(words, unit);
	return true;
}

/**
 * pfnscope_classify_torn - a page frame that changed hands whenever it was read
 * @pfn: the page frame
 * @unit: filled but for its page: nobody's, and not to be counted on
 */
void pfnscope_classify_torn(unsigned long pfn, struct pfnscope_unit *unit)
{
	unit->start = pfn;
	unit->end = pfn + 1;
	unit->class = PFNSCOPE_CLASS_UNREFERENCED;
	unit->fate = PFNSCOPE_FATE_UNMOVABLE;
	unit->states = 0;
	unit->order = 0;
	unit->left = false;
	unit->absent = false;
}
