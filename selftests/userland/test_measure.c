// SPDX-License-Identifier: GPL-2.0-only
/* The arithmetic of module/measure.c: at equality, one page off, by era. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measure.h"

static const struct pfnscope_wmark_rules old_rules = { .order_loop = true };
static const struct pfnscope_wmark_rules plus_one = {
	.order_loop = true, .order_cost_plus_one = true,
};
static const struct pfnscope_wmark_rules v5 = {
	.highatomic = PFNSCOPE_HIGHATOMIC_RESERVED,
};
static const struct pfnscope_wmark_rules v6_12 = {
	.min_reserve_first = true, .highatomic = PFNSCOPE_HIGHATOMIC_FREE,
};

static struct pfnscope_wmark_terms
check(const struct pfnscope_wmark_rules *rules, struct pfnscope_wmark_zone zone,
      struct pfnscope_wmark_ask ask)
{
	struct pfnscope_wmark_terms terms;

	pfnscope_wmark_check(rules, &zone, &ask, &terms);
	return terms;
}

static enum pfnscope_wmark_term plain(s64 free, s64 mark, s64 reserve)
{
	return check(&v5, (struct pfnscope_wmark_zone){ .free = free },
		     (struct pfnscope_wmark_ask){ .mark = mark,
		     .reserve = reserve }).term;
}

static void equality_is_too_little(void **state)
{
	(void)state;
	assert_int_equal(plain(100, 100, 0), PFNSCOPE_TERM_MARK);
	assert_int_equal(plain(101, 100, 0), PFNSCOPE_TERM_NONE);
	assert_int_equal(plain(150, 100, 50), PFNSCOPE_TERM_RESERVE);
	assert_int_equal(plain(151, 100, 50), PFNSCOPE_TERM_NONE);
	assert_int_equal(plain(0, 0, 0), PFNSCOPE_TERM_MARK);
}

static s64 min_with(const struct pfnscope_wmark_rules *rules, u32 flags)
{
	return check(rules, (struct pfnscope_wmark_zone){ .free = 1 },
		     (struct pfnscope_wmark_ask){ .mark = 1368,
		     .alloc_flags = flags }).min;
}

/* Halves and quarters are taken off, so odd marks keep the larger part. */
static void flags_lower_the_mark(void **state)
{
	u32 high = PFNSCOPE_ALLOC_MIN_RESERVE, hard = PFNSCOPE_ALLOC_NON_BLOCK;
	u32 oom = PFNSCOPE_ALLOC_OOM;

	(void)state;
	assert_int_equal(min_with(&v5, high), 684);
	assert_int_equal(min_with(&v5, high | hard), 513);
	assert_int_equal(min_with(&v5, hard), 1026);
	assert_int_equal(min_with(&v5, oom | hard), 684);
	assert_int_equal(min_with(&v6_12, hard), 1368);
	assert_int_equal(min_with(&v6_12, high | hard), 513);
	assert_int_equal(min_with(&v6_12, high | oom), 342);
	assert_int_equal(min_with(&v6_12, oom), 684);
}

static s64 unusable(const struct pfnscope_wmark_rules *rules, u32 flags)
{
	return check(rules, (struct pfnscope_wmark_zone){ .free = 1000,
		     .highatomic = 512, .cma = 40, .unaccepted = 3 },
		     (struct pfnscope_wmark_ask){ .alloc_flags = flags })
		     .unusable;
}

static void what_is_set_apart(void **state)
{
	(void)state;
	assert_int_equal(unusable(&old_rules, 0), 43);
	assert_int_equal(unusable(&v5, 0), 555);
	assert_int_equal(unusable(&v5, PFNSCOPE_ALLOC_CMA), 515);
	assert_int_equal(unusable(&v5, PFNSCOPE_ALLOC_MIN_RESERVE), 555);
	assert_int_equal(unusable(&v5, PFNSCOPE_ALLOC_NON_BLOCK), 43);
	assert_int_equal(unusable(&v6_12, PFNSCOPE_ALLOC_MIN_RESERVE), 43);
}

static enum pfnscope_wmark_term
with_blocks(const struct pfnscope_wmark_rules *rules,
	    const struct pfnscope_free *area, unsigned int order, u32 flags)
{
	return check(rules, (struct pfnscope_wmark_zone){
		     .free = (s64)pfnscope_free_pages(area), .area = area },
		     (struct pfnscope_wmark_ask){ .order = order, .mark = 10,
		     .alloc_flags = flags }).term;
}

static void blocks_of_a_usable_type(void **state)
{
	struct pfnscope_free area = { .blocks = { 799, 0, 0, 2 } };

	(void)state;
	assert_int_equal(with_blocks(&v5, &area, 4, 0), PFNSCOPE_TERM_NO_BLOCK);
	assert_int_equal(with_blocks(&v5, &area, 3, 0), PFNSCOPE_TERM_NONE);
	area.types[3] = PFNSCOPE_TYPE_BIT(PFNSCOPE_CMA);
	assert_int_equal(with_blocks(&v5, &area, 3, 0), PFNSCOPE_TERM_TYPE);
	assert_int_equal(with_blocks(&v5, &area, 3, PFNSCOPE_ALLOC_CMA),
			 PFNSCOPE_TERM_NONE);
	area.types[3] = PFNSCOPE_TYPE_BIT(PFNSCOPE_HIGHATOMIC);
	assert_int_equal(with_blocks(&v5, &area, 3, PFNSCOPE_ALLOC_NON_BLOCK),
			 PFNSCOPE_TERM_NONE);
	assert_int_equal(with_blocks(&v6_12, &area, 3,
				     PFNSCOPE_ALLOC_NON_BLOCK),
			 PFNSCOPE_TERM_TYPE);
	assert_int_equal(with_blocks(&v6_12, &area, 3,
				     PFNSCOPE_ALLOC_HIGHATOMIC),
			 PFNSCOPE_TERM_NONE);
	/* For single pages the watermark says it all. */
	area.types[0] = PFNSCOPE_TYPE_BIT(PFNSCOPE_CMA);
	assert_int_equal(with_blocks(&v5, &area, 0, 0), PFNSCOPE_TERM_NONE);
}

static void old_kernels_halve_by_order(void **state)
{
	struct pfnscope_free area = {
		.blocks = { 135, 213, 21, 4, 5 },
	};
	struct pfnscope_wmark_zone zone = { .free = 757, .area = &area };
	struct pfnscope_wmark_ask ask = { .order = 5, .mark = 477,
		.alloc_flags = PFNSCOPE_ALLOC_MIN_RESERVE |
			       PFNSCOPE_ALLOC_NON_BLOCK };
	struct pfnscope_wmark_terms terms = check(&old_rules, zone, ask);

	(void)state;
	assert_int_equal(terms.min, 180);
	assert_int_equal(terms.left, 726);
	assert_int_equal(terms.loop_order, 4);
	assert_int_equal(terms.loop_left, -31);
	assert_int_equal(terms.loop_right, 5);
	assert_int_equal(terms.term, PFNSCOPE_TERM_NO_BLOCK);
	assert_int_equal(check(&plus_one, zone, ask).left, 724);
	area.blocks[6] = 1;
	assert_int_equal(check(&old_rules, zone, ask).term,
			 PFNSCOPE_TERM_ORDER_LOOP);
}

static void no_watermarks_means_none(void **state)
{
	(void)state;
	assert_int_equal(check(&v6_12, (struct pfnscope_wmark_zone){ 0 },
			       (struct pfnscope_wmark_ask){ .mark = 99,
			       .alloc_flags = PFNSCOPE_ALLOC_NO_WATERMARKS })
			 .term, PFNSCOPE_TERM_NONE);
}

/* By hand from the definitions in mm/vmstat.c and mm/compaction.c. */
static void indices(void **state)
{
	const struct pfnscope_free small = { .blocks = { 100, 50 } };
	const struct pfnscope_free large = { .blocks = { 0, 0, 0, 0, 4 } };
	const struct pfnscope_free none = { 0 };

	(void)state;
	assert_int_equal(pfnscope_free_pages(&small), 200);
	assert_int_equal(pfnscope_unusable_index(&small, 1), 500);
	assert_int_equal(pfnscope_unusable_index(&small, 2), 1000);
	assert_int_equal(pfnscope_unusable_index(&none, 0), 1000);
	assert_int_equal(pfnscope_unusable_index(&large, 4), 0);
	/* 1000 - (1000 + 200 * 1000 / 4) / 150 = 1000 - 340 */
	assert_int_equal(pfnscope_extfrag_index(&small, 2), 660);
	assert_int_equal(pfnscope_extfrag_index(&small, 1), -1000);
	assert_int_equal(pfnscope_extfrag_index(&none, 1), 0);
	assert_int_equal(pfnscope_fragmentation_permille(&none, 9), 0);
	assert_int_equal(pfnscope_fragmentation_permille(&small, 9), 1000);
	assert_int_equal(pfnscope_compaction_score(50, 1000, 1999), 25);
	assert_int_equal(pfnscope_free_blocks_at(&large, 3), 8);
	assert_int_equal(pfnscope_free_blocks_at(&large, 5), 0);
	assert_int_equal(pfnscope_fmfi_permille(&large, 4), 0);
	assert_int_equal(pfnscope_fmfi_permille(&small, 1), 500);
	assert_int_equal(pfnscope_fmfi_permille(&small, 3), 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equality_is_too_little),
		cmocka_unit_test(flags_lower_the_mark),
		cmocka_unit_test(what_is_set_apart),
		cmocka_unit_test(blocks_of_a_usable_type),
		cmocka_unit_test(old_kernels_halve_by_order),
		cmocka_unit_test(no_watermarks_means_none),
		cmocka_unit_test(indices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
