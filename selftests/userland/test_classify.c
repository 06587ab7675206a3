// SPDX-License-Identifier: GPL-2.0-only
// with: -Wno-override-init ../../module/classify.c
/* module/classify.c: states of struct page that no guest makes, and such as only last a moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "classify.h"

#define CACHE	(PFNSCOPE_PG_LRU | PFNSCOPE_PG_UPTODATE)

/* The unit at a page frame; fails where the words do not fit. */
static struct pfnscope_unit at(unsigned long pfn, struct pfnscope_words words)
{
	struct pfnscope_unit unit = { .absent = true };

	assert_true(pfnscope_classify(&words, pfn, &unit));
	assert_false(unit.absent);
	return unit;
}

static void expect(struct pfnscope_words words, enum pfnscope_class class, enum pfnscope_fate fate)
{
	struct pfnscope_unit unit;

	if (!words.start)
		words.start = 4096;
	unit = at(words.start, words);
	assert_string_equal(pfnscope_class_name(unit.class), pfnscope_class_name(class));
	assert_int_equal(unit.fate, fate);
}

static void expect_torn(unsigned long pfn, struct pfnscope_words words)
{
	struct pfnscope_unit unit;

	assert_false(pfnscope_classify(&words, pfn, &unit));
}

static struct pfnscope_words typed(enum pfnscope_page_type type, unsigned long start, unsigned long order)
{
	return (struct pfnscope_words){ .type = type, .start = start, .order = order, .mapcount = -129 };
}

/* Of a page in the page cache that somebody maps so often. */
static struct pfnscope_words file(unsigned long flags, int mappings)
{
	return (struct pfnscope_words){ .flags = CACHE | flags, .mapping = true, .mapcount = mappings - 1,
					.refs = 1 + mappings };
}

/* The first of 1,024 pages has the type, the others nothing at all. */
static void unaccepted_memory_is_a_whole_block(void **state)
{
	struct pfnscope_unit unit = at(2048, typed(PFNSCOPE_TYPE_UNACCEPTED, 2048, PFNSCOPE_NR_ORDERS - 1));

	(void)state;
	assert_int_equal(unit.class, PFNSCOPE_CLASS_UNACCEPTED);
	assert_int_equal(unit.fate, PFNSCOPE_FATE_FREE);
	assert_int_equal(unit.start, 2048);
	assert_int_equal(unit.end, 3072);
	expect_torn(2049, typed(PFNSCOPE_TYPE_UNACCEPTED, 2049, PFNSCOPE_NR_ORDERS - 1));
}

static void a_guard_block_has_its_order(void **state)
{
	struct pfnscope_unit unit = at(512, typed(PFNSCOPE_TYPE_GUARD, 512, 5));

	(void)state;
	assert_int_equal(unit.class, PFNSCOPE_CLASS_GUARD);
	assert_int_equal(unit.fate, PFNSCOPE_FATE_UNMOVABLE);
	assert_int_equal(unit.end, 544);
}

static void a_free_block_has_its_order(void **state)
{
	struct pfnscope_unit unit = at(1024, typed(PFNSCOPE_TYPE_BUDDY, 1024, 10));

	(void)state;
	assert_int_equal(unit.class, PFNSCOPE_CLASS_FREE);
	assert_int_equal(unit.fate, PFNSCOPE_FATE_FREE);
	assert_int_equal(unit.order, 10);
	assert_int_equal(unit.end, 2048);
}

/* No block of an order lies elsewhere than at a multiple of its size, and none is larger than the largest. */
static void an_order_that_cannot_be_is_read_anew(void **state)
{
	(void)state;
	expect_torn(1024, typed(PFNSCOPE_TYPE_BUDDY, 1024, 11));
	expect_torn(1025, typed(PFNSCOPE_TYPE_BUDDY, 1025, 1));
	expect_torn(0, typed(PFNSCOPE_TYPE_BUDDY, 0, ~0UL));
	expect_torn(512, (struct pfnscope_words){ .start = 512, .flags = PFNSCOPE_PG_HEAD, .order = 10, .refs = 1 });
	expect_torn(512, (struct pfnscope_words){ .start = 512, .flags = PFNSCOPE_PG_HEAD, .order = 64, .refs = 1 });
}

/* The head page of a moment ago is a small page by now. */
static void a_head_page_that_ends_before_is_read_anew(void **state)
{
	struct pfnscope_unit unit;

	(void)state;
	expect_torn(520, (struct pfnscope_words){ .start = 512, .refs = 1, .mapcount = -1 });
	expect_torn(520, (struct pfnscope_words){ .start = 512, .flags = PFNSCOPE_PG_HEAD, .order = 3, .refs = 1 });
	expect_torn(511, (struct pfnscope_words){ .start = 512, .refs = 1, .mapcount = -1 });
	unit = at(519, (struct pfnscope_words){ .start = 512, .flags = PFNSCOPE_PG_HEAD, .order = 3, .refs = 1 });
	assert_int_equal(unit.start, 512);
	assert_int_equal(unit.end, 520);
}

static void what_is_torn_for_good_is_nobodys_and_not_counted_on(void **state)
{
	struct pfnscope_unit unit = { .absent = true, .order = 9, .states = 1 };

	(void)state;
	pfnscope_classify_torn(77, &unit);
	assert_int_equal(unit.class, PFNSCOPE_CLASS_UNREFERENCED);
	assert_int_equal(unit.fate, PFNSCOPE_FATE_UNMOVABLE);
	assert_int_equal(unit.start, 77);
	assert_int_equal(unit.end, 78);
	assert_int_equal(unit.order | unit.states | unit.absent, 0);
}

/* memfd_secret() and guest_memfd: the one mostly mlocked, the other never. */
static void pages_of_a_fixed_mapping_do_not_move(void **state)
{
	struct pfnscope_words words = file(PFNSCOPE_PG_UNEVICTABLE, 1);

	(void)state;
	words.fixed = true;
	expect(words, PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_UNMOVABLE);
	words.flags |= PFNSCOPE_PG_MLOCKED;
	expect(words, PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_UNMOVABLE);
	words = file(PFNSCOPE_PG_UNEVICTABLE, 0);
	words.fixed = true;
	expect(words, PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_UNMOVABLE);
	words.flags = PFNSCOPE_PG_UPTODATE;	/* not on its LRU list yet */
	expect(words, PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_UNMOVABLE);
	/* SHM_LOCK marks the mapping too, and its pages move. */
	words = file(PFNSCOPE_PG_UNEVICTABLE | PFNSCOPE_PG_SWAPBACKED, 1);
	words.fixed = true;
	expect(words, PFNSCOPE_CLASS_SHMEM, PFNSCOPE_FATE_MOVABLE);
}

/* What alone keeps it is compaction; who takes a whole range moves it. */
static void what_compaction_leaves_is_told_from_what_nobody_moves(void **state)
{
	struct pfnscope_words locked = { .flags = CACHE | PFNSCOPE_PG_UNEVICTABLE | PFNSCOPE_PG_MLOCKED | PFNSCOPE_PG_SWAPBACKED,
					 .mapping = true, .anon = true, .refs = 1, .start = 4096 };
	struct pfnscope_words fixed = file(PFNSCOPE_PG_UNEVICTABLE, 1);
	struct pfnscope_words pinned = locked;

	(void)state;
	expect(locked, PFNSCOPE_CLASS_ANON, PFNSCOPE_FATE_MOVABLE);
	assert_false(at(4096, locked).left);
	locked.left = true;
	expect(locked, PFNSCOPE_CLASS_ANON, PFNSCOPE_FATE_UNMOVABLE);
	assert_true(at(4096, locked).left);
	locked.anon = false;
	expect(locked, PFNSCOPE_CLASS_SHMEM, PFNSCOPE_FATE_UNMOVABLE);
	fixed.start = 4096;
	fixed.fixed = true;
	fixed.left = true;
	assert_false(at(4096, fixed).left);
	pinned.left = true;
	pinned.refs = 3;
	expect(pinned, PFNSCOPE_CLASS_ANON, PFNSCOPE_FATE_UNMOVABLE);
	assert_false(at(4096, pinned).left);
}

static void page_cache_is_clean_or_moves(void **state)
{
	(void)state;
	expect(file(0, 0), PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_CLEAN);
	expect(file(0, 2), PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_MOVABLE);
	expect(file(PFNSCOPE_PG_DIRTY, 0), PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_MOVABLE);
	expect(file(PFNSCOPE_PG_WRITEBACK, 0), PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_MOVABLE);
	expect(file(PFNSCOPE_PG_UNEVICTABLE | PFNSCOPE_PG_MLOCKED, 1), PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_MOVABLE);
}

static void one_reference_too_many_holds_a_page(void **state)
{
	struct pfnscope_words words = file(0, 1);

	(void)state;
	words.refs++;
	expect(words, PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_UNMOVABLE);
	assert_true(at(4096, (words.start = 4096, words)).states & PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_PINNED));
	words.flags |= PFNSCOPE_PG_PRIVATE;	/* buffers have one */
	expect(words, PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_MOVABLE);
	words.flags &= ~(unsigned long)(PFNSCOPE_PG_PRIVATE | PFNSCOPE_PG_LRU);	/* a batch has one */
	expect(words, PFNSCOPE_CLASS_FILE, PFNSCOPE_FATE_MOVABLE);
	words = (struct pfnscope_words){ .flags = CACHE | PFNSCOPE_PG_SWAPBACKED, .mapping = true, .anon = true, .refs = 1 };
	expect(words, PFNSCOPE_CLASS_ANON, PFNSCOPE_FATE_MOVABLE);
	words.refs = 2;
	expect(words, PFNSCOPE_CLASS_ANON, PFNSCOPE_FATE_UNMOVABLE);
	words.flags |= PFNSCOPE_PG_SWAPCACHE;	/* has one */
	expect(words, PFNSCOPE_CLASS_ANON, PFNSCOPE_FATE_MOVABLE);
}

static void a_large_page_goes_by_its_own_words(void **state)
{
	struct pfnscope_words words = { .start = 512, .order = 9, .flags = CACHE | PFNSCOPE_PG_HEAD | PFNSCOPE_PG_SWAPBACKED,
					.mapping = true, .anon = true, .mapcount = -1, .refs = 600 };
	struct pfnscope_unit unit = at(1000, words);

	(void)state;
	assert_int_equal(unit.states, PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_LARGE));
	assert_int_equal(unit.fate, PFNSCOPE_FATE_MOVABLE);
	words.large_mapped = true;
	words.large_pinned = true;
	unit = at(1000, words);
	assert_int_equal(unit.states, PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_LARGE) |
			 PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_MAPPED) | PFNSCOPE_STATE_BIT(PFNSCOPE_STATE_PINNED));
	assert_int_equal(unit.fate, PFNSCOPE_FATE_UNMOVABLE);
}

/* Poison overrules all, and the order that a free block named is none of its. */
static void a_poisoned_page_is_nothing_else(void **state)
{
	struct pfnscope_words words = typed(PFNSCOPE_TYPE_BUDDY, 4097, 3);

	(void)state;
	words.flags = PFNSCOPE_PG_HWPOISON;
	expect(words, PFNSCOPE_CLASS_HWPOISON, PFNSCOPE_FATE_UNMOVABLE);
	assert_int_equal(at(4097, words).end, 4098);
	words = file(PFNSCOPE_PG_HWPOISON | PFNSCOPE_PG_DIRTY, 0);
	expect(words, PFNSCOPE_CLASS_HWPOISON, PFNSCOPE_FATE_UNMOVABLE);
	words = typed(PFNSCOPE_TYPE_HUGETLB, 512, 9);
	words.flags = PFNSCOPE_PG_HEAD | PFNSCOPE_PG_HWPOISON;
	assert_int_equal(at(600, words).end, 1024);
}

static void offline_pages_move_only_with_their_owner(void **state)
{
	struct pfnscope_words words = typed(PFNSCOPE_TYPE_OFFLINE, 0, 0);

	(void)state;
	words.refs = 1;
	expect(words, PFNSCOPE_CLASS_OFFLINE, PFNSCOPE_FATE_UNMOVABLE);
	words.movable_ops = true;
	expect(words, PFNSCOPE_CLASS_MOVABLE_OPS, PFNSCOPE_FATE_MOVABLE);
	words = (struct pfnscope_words){ .mapping = true, .movable_ops = true, .mapcount = -1, .refs = 1 };
	expect(words, PFNSCOPE_CLASS_MOVABLE_OPS, PFNSCOPE_FATE_MOVABLE);
}

static void every_type_has_its_class(void **state)
{
	static const enum pfnscope_class classes[] = {
		[PFNSCOPE_TYPE_BUDDY] = PFNSCOPE_CLASS_FREE, [PFNSCOPE_TYPE_OFFLINE] = PFNSCOPE_CLASS_OFFLINE,
		[PFNSCOPE_TYPE_TABLE] = PFNSCOPE_CLASS_PAGE_TABLE, [PFNSCOPE_TYPE_GUARD] = PFNSCOPE_CLASS_GUARD,
		[PFNSCOPE_TYPE_SLAB] = PFNSCOPE_CLASS_SLAB, [PFNSCOPE_TYPE_HUGETLB] = PFNSCOPE_CLASS_HUGETLB,
		[PFNSCOPE_TYPE_ZSMALLOC] = PFNSCOPE_CLASS_MOVABLE_OPS,
		[PFNSCOPE_TYPE_UNACCEPTED] = PFNSCOPE_CLASS_UNACCEPTED,
		[PFNSCOPE_TYPE_LARGE_KMALLOC] = PFNSCOPE_CLASS_LARGE_KMALLOC, [PFNSCOPE_TYPE_OTHER] = PFNSCOPE_CLASS_KERNEL,
	};

	(void)state;
	for (unsigned int type = PFNSCOPE_TYPE_BUDDY; type <= PFNSCOPE_TYPE_OTHER; type++) {
		assert_int_equal(at(0, typed(type, 0, 0)).class, classes[type]);
		assert_non_null(pfnscope_class_name(classes[type]));
	}
}

static void what_has_no_type(void **state)
{
	(void)state;
	expect((struct pfnscope_words){ .mapcount = -1 }, PFNSCOPE_CLASS_UNREFERENCED, PFNSCOPE_FATE_DRAINABLE);
	expect((struct pfnscope_words){ .mapcount = -1, .refs = 1 }, PFNSCOPE_CLASS_KERNEL, PFNSCOPE_FATE_UNMOVABLE);
	expect((struct pfnscope_words){ .mapcount = -1, .refs = 1, .flags = PFNSCOPE_PG_RESERVED },
	       PFNSCOPE_CLASS_RESERVED, PFNSCOPE_FATE_UNMOVABLE);
	expect((struct pfnscope_words){ .mapcount = -1, .refs = 1, .pool = true, .mapping = true },
	       PFNSCOPE_CLASS_PAGE_POOL, PFNSCOPE_FATE_UNMOVABLE);
	/* A driver's word where page cache has its mapping. */
	expect((struct pfnscope_words){ .mapcount = -1, .refs = 1, .mapping = true }, PFNSCOPE_CLASS_KERNEL,
	       PFNSCOPE_FATE_UNMOVABLE);
	/* Frozen: a compound page without a reference lies on no per-CPU list. */
	expect((struct pfnscope_words){ .start = 512, .order = 9, .mapcount = -1, .flags = PFNSCOPE_PG_HEAD },
	       PFNSCOPE_CLASS_KERNEL, PFNSCOPE_FATE_UNMOVABLE);
	/* Read ahead into the swap cache, and nobody's yet. */
	expect((struct pfnscope_words){ .mapcount = -1, .refs = 1,
					.flags = CACHE | PFNSCOPE_PG_SWAPBACKED | PFNSCOPE_PG_SWAPCACHE },
	       PFNSCOPE_CLASS_ANON, PFNSCOPE_FATE_MOVABLE);
}

/* Four pages of one allocation, of which the first has the only reference: KASAN without vmalloc, and small machines. */
static void a_stack_is_one_allocation_where_it_is_no_vmalloc_memory(void **state)
{
	struct pfnscope_unit first = at(4096, (struct pfnscope_words){ .start = 4096, .mapcount = -1, .refs = 1 });
	struct pfnscope_unit other = at(4097, (struct pfnscope_words){ .start = 4097, .mapcount = -1 });
	struct pfnscope_unit large = first;

	(void)state;
	assert_int_equal(first.class, PFNSCOPE_CLASS_KERNEL);
	assert_int_equal(other.class, PFNSCOPE_CLASS_UNREFERENCED);
	assert_true(pfnscope_may_be_stack(first.class, false));
	assert_true(pfnscope_may_be_stack(other.class, false));
	assert_true(pfnscope_may_be_stack(first.class, true));
	assert_false(pfnscope_may_be_stack(other.class, true));
	assert_false(pfnscope_may_be_stack(PFNSCOPE_CLASS_FREE, false));
	assert_true(pfnscope_may_have_rest(&first, true));
	/* What the table of stacks tells of the first page does not make the others free to be had. */
	first.class = PFNSCOPE_CLASS_KERNEL_STACK;
	assert_true(pfnscope_may_have_rest(&first, false));
	assert_false(pfnscope_may_have_rest(&first, true));
	assert_false(pfnscope_may_have_rest(&other, false));
	large.order = 2;
	assert_false(pfnscope_may_have_rest(&large, false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unaccepted_memory_is_a_whole_block),
		cmocka_unit_test(a_guard_block_has_its_order),
		cmocka_unit_test(a_free_block_has_its_order),
		cmocka_unit_test(an_order_that_cannot_be_is_read_anew),
		cmocka_unit_test(a_head_page_that_ends_before_is_read_anew),
		cmocka_unit_test(what_is_torn_for_good_is_nobodys_and_not_counted_on),
		cmocka_unit_test(pages_of_a_fixed_mapping_do_not_move),
		cmocka_unit_test(what_compaction_leaves_is_told_from_what_nobody_moves),
		cmocka_unit_test(page_cache_is_clean_or_moves),
		cmocka_unit_test(one_reference_too_many_holds_a_page),
		cmocka_unit_test(a_large_page_goes_by_its_own_words),
		cmocka_unit_test(a_poisoned_page_is_nothing_else),
		cmocka_unit_test(offline_pages_move_only_with_their_owner),
		cmocka_unit_test(every_type_has_its_class),
		cmocka_unit_test(what_has_no_type),
		cmocka_unit_test(a_stack_is_one_allocation_where_it_is_no_vmalloc_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
