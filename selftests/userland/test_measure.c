// SPDX-License-Identifier: GPL-2.0-only
/* The arithmetic of module/measure.c: at equality, one page off, by era. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

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

/* A zone of which every third part has a class, in clusters; and one part alone that has another. */
static uint64_t part_of(uint64_t unit, bool lone)
{
	return lone ? (unit == 4711 ? 1024 : 0) : unit / 64 % 3 ? unit % 97 : 1024 - unit % 31;
}

static struct pfnscope_sampled sample(uint64_t units, uint64_t count, bool lone, unsigned int *seed)
{
	struct pfnscope_sampled sampled = { 0 };

	for (uint64_t i = 0; i < count; i++) {
		uint64_t from = i * units / count, to = (i + 1) * units / count;

		pfnscope_sampled_add(&sampled, part_of(from + (uint64_t)rand_r(seed) % (to - from), lone),
				     to - from);
	}
	return sampled;
}

static void samples_are_within_their_error(void **state)
{
	static const uint64_t counts[] = { 8, 64, 512 };
	unsigned int seed = 1, within, trials = 2000;

	(void)state;
	for (unsigned int i = 0; i < 6; i++) {
		uint64_t units = 10000, sum = 0, error = 0;
		bool lone = i % 2;

		for (uint64_t unit = 0; unit < units; unit++)
			sum += part_of(unit, lone);
		within = 0;
		for (unsigned int trial = 0; trial < trials; trial++) {
			struct pfnscope_sampled sampled = sample(units, counts[i / 2], lone, &seed);

			assert_int_equal(sampled.units, units);
			error = pfnscope_sampled_error(&sampled, 1024);
			within += sampled.total + error >= sum && sampled.total <= sum + error;
		}
		assert_true(within * 20 >= trials * 19);
		/* Not by saying nothing: with 512 of them it is within a tenth of the zone. */
		assert_true(counts[i / 2] < 512 || error < units * 1024 / 10);
	}
}

/* Neither half of the error is enough, nor is it twice what it has to be. */
static void the_error_is_twice_the_deviation(void **state)
{
	const uint64_t units = 1024, count = 256, size = units / count;
	const unsigned int trials = 2000;
	double sum = 0, squares = 0, errors = 0, mean, variance;
	unsigned int seed = 1;
	uint64_t parts[1024];

	(void)state;
	/* By no order: nothing is owed to neighbours that are alike. */
	for (uint64_t unit = 0; unit < units; unit++)
		parts[unit] = rand_r(&seed) & 0x100 ? 1024 : 0;
	for (unsigned int trial = 0; trial < trials; trial++) {
		struct pfnscope_sampled sampled = { 0 };

		for (uint64_t i = 0; i < count; i++)
			pfnscope_sampled_add(&sampled, parts[i * size + (uint64_t)rand_r(&seed) % size], size);
		sum += (double)sampled.total;
		squares += (double)sampled.total * (double)sampled.total;
		errors += (double)pfnscope_sampled_error(&sampled, 1024);
	}
	mean = sum / trials;
	variance = squares / trials - mean * mean;
	assert_true(errors / trials * errors / trials > 1.9 * 1.9 * variance);
	assert_true(errors / trials * errors / trials < 2.2 * 2.2 * variance);
}

static void a_sample_of_all_has_no_error(void **state)
{
	struct pfnscope_sampled all = { 0 }, none = { 0 }, large = { 0 };

	(void)state;
	for (uint64_t unit = 0; unit < 100; unit++)
		pfnscope_sampled_add(&all, unit, 1);
	assert_int_equal(all.total, 4950);
	assert_int_equal(pfnscope_sampled_error(&all, 1024), 0);
	assert_int_equal(pfnscope_sampled_error(&none, 1024), 0);
	/* One of two: it may have all, or nothing. */
	pfnscope_sampled_add(&none, 0, 2);
	assert_true(pfnscope_sampled_error(&none, 1024) >= 1024);
	/* 16 TiB of 4 MiB each, of 64 KiB pages: no number is too large. */
	for (unsigned int i = 0; i < 64; i++)
		pfnscope_sampled_add(&large, i % 2 ? 8192 : 0, 1 << 16);
	assert_int_equal(large.total, 32ULL * 8192 << 16);
	assert_in_range(pfnscope_sampled_error(&large, 8192), large.total / 6, large.total);
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
		cmocka_unit_test(samples_are_within_their_error),
		cmocka_unit_test(the_error_is_twice_the_deviation),
		cmocka_unit_test(a_sample_of_all_has_no_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
