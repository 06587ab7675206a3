// SPDX-License-Identifier: GPL-2.0-only
/*
 * What reclaim would take, in made-up cgroups whose answer the kernel's formulas give by hand. That the formulas are those of
 * the kernels is for the guest's test reclaim_plan.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/release.h"
#include "reclaim/weigh.h"

enum { ROOT, TARGET, CHILD, GROUPS };

static struct pfnscope_lru_group groups[GROUPS];
static struct pfnscope_lruvec lruvecs[GROUPS];
static struct pfnscope_weighed weighed;
static struct pfnscope_reclaim reclaim;

static void fill(size_t group, int64_t anon, int64_t file)
{
	lruvecs[group].types[PFNSCOPE_ANON].own[PFNSCOPE_INACTIVE] = anon;
	lruvecs[group].types[PFNSCOPE_FILE].own[PFNSCOPE_INACTIVE] = file;
	for (size_t i = group; i != PFNSCOPE_NOBODY; i = groups[i].above)
		groups[i].usage += anon + file;
}

/* A root, a cgroup that is reclaimed from, and one below it. */
static int begin(void **state)
{
	static const char *const names[] = { "/", "/t", "/t/c" };

	(void)state;
	memset(groups, 0, sizeof(groups));
	memset(lruvecs, 0, sizeof(lruvecs));
	for (size_t i = 0; i < GROUPS; i++) {
		groups[i] = (struct pfnscope_lru_group){
			.name = names[i], .above = i - 1, .online = true,
			.swap_room = INT64_MAX, .swappiness = 60,
		};
		lruvecs[i] = (struct pfnscope_lruvec){ .group = i, .above = i - 1 };
	}
	weighed = (struct pfnscope_weighed){
		.groups = groups, .nr_groups = GROUPS, .lruvecs = lruvecs, .nr_lruvecs = GROUPS,
		.swap_left = 1 << 20, .swap = true,
	};
	pfnscope_lru_rules(PFNSCOPE_KERNEL(6, 1, 0), &weighed.rules);
	reclaim = (struct pfnscope_reclaim){
		.weighed = &weighed, .target = TARGET, .node = -1, .goal = 1024,
	};
	return 0;
}

static int end(void **state)
{
	(void)state;
	pfnscope_reclaim_clear(&reclaim);
	return 0;
}

static void foresee(void)
{
	pfnscope_lru_sum(&weighed);
	pfnscope_reclaim_foresee(&reclaim);
}

static int64_t taken(size_t group, int type)
{
	return lruvecs[group].types[type].taken;
}

static void pressure_goes_by_costs_and_swappiness(void **state)
{
	static const int64_t costs[][2] = { { 0, 0 }, { 100, 0 }, { 0, 100 }, { 3000, 1000 } };
	/* 60 * (anon + file + 1) / (anon + 1), with anon and file as the kernel adds them up */
	static const int64_t expected[][2] = { { 60, 140 }, { 89, 417 }, { 178, 209 }, { 102, 335 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(costs); i++) {
		int64_t fraction[2];

		pfnscope_lru_pressure(costs[i], 60, fraction);
		assert_int_equal(fraction[0], expected[i][0]);
		assert_int_equal(fraction[1], expected[i][1]);
	}
}

static void inactive_is_low_by_the_root_of_gibibytes(void **state)
{
	struct pfnscope_lru lru = { .sum = { 100, 101 } };

	(void)state;
	assert_true(pfnscope_inactive_is_low(&lru));
	lru.sum[PFNSCOPE_ACTIVE] = 100;
	assert_false(pfnscope_inactive_is_low(&lru));
	/* 10 GiB: a tenth of it is enough. */
	lru = (struct pfnscope_lru){ .sum = { 262144, 2359296 } };
	assert_false(pfnscope_inactive_is_low(&lru));
	lru.sum[PFNSCOPE_INACTIVE] -= 100;
	lru.sum[PFNSCOPE_ACTIVE] += 262144;
	assert_true(pfnscope_inactive_is_low(&lru));
}

static void without_swap_only_files_go(void **state)
{
	(void)state;
	fill(TARGET, 4096, 512);
	weighed.swap_left = 0;
	foresee();
	assert_int_equal(taken(TARGET, PFNSCOPE_ANON), 0);
	assert_int_equal(taken(TARGET, PFNSCOPE_FILE), 512);
	assert_int_equal(reclaim.end, PFNSCOPE_END_NO_SWAP);
	assert_int_equal(reclaim.scans[0].reason, PFNSCOPE_SCAN_NO_SWAP);
}

static void a_limit_of_swap_ends_it(void **state)
{
	(void)state;
	fill(CHILD, 4096, 0);
	groups[TARGET].swap_room = 100;
	foresee();
	assert_int_equal(taken(CHILD, PFNSCOPE_ANON), 100);
	assert_int_equal(reclaim.taken, 100);
}

static void swappiness_0_spares_anonymous_pages_of_a_cgroup(void **state)
{
	(void)state;
	fill(TARGET, 4096, 4096);
	groups[TARGET].swappiness = 0;
	foresee();
	assert_int_equal(taken(TARGET, PFNSCOPE_ANON), 0);
	assert_true(taken(TARGET, PFNSCOPE_FILE) >= 1024);
	assert_int_equal(reclaim.scans[0].reason, PFNSCOPE_SCAN_SWAPPINESS_0);
}

static void enough_inactive_files_are_trimmed_first(void **state)
{
	(void)state;
	fill(TARGET, 8192, 8192);
	foresee();
	/* 8192 >> 12 is not 0: from the first pass on. */
	assert_int_equal(reclaim.scans[0].reason, PFNSCOPE_SCAN_CACHE_TRIM);
	assert_int_equal(taken(TARGET, PFNSCOPE_ANON), 0);
}

static void refaults_end_the_trimming(void **state)
{
	(void)state;
	fill(TARGET, 8192, 8192);
	lruvecs[TARGET].types[PFNSCOPE_FILE].refaulting = true;
	foresee();
	assert_int_equal(reclaim.scans[0].reason, PFNSCOPE_SCAN_BY_COST);
	assert_int_equal(reclaim.scans[0].share[PFNSCOPE_ANON], 300);
	assert_true(taken(TARGET, PFNSCOPE_ANON) > 0);
}

static void what_is_protected_is_left_alone(void **state)
{
	(void)state;
	fill(TARGET, 0, 1024);
	fill(CHILD, 0, 4096);
	groups[CHILD].set[PFNSCOPE_KEPT_MIN] = 4096;
	reclaim.goal = 4096;
	foresee();
	assert_int_equal(taken(TARGET, PFNSCOPE_FILE), 1024);
	assert_int_equal(taken(CHILD, PFNSCOPE_FILE), 0);
	assert_int_equal(reclaim.end, PFNSCOPE_END_PROTECTED);
}

static void low_protection_yields_when_nothing_else_is_left(void **state)
{
	(void)state;
	fill(CHILD, 0, 4096);
	groups[CHILD].set[PFNSCOPE_KEPT_LOW] = 4096;
	foresee();
	assert_true(taken(CHILD, PFNSCOPE_FILE) >= 1024);
	assert_true(reclaim.scans[reclaim.nr_scans - 1].low);
}

/* The oldest generation of a type goes first; neither of the two youngest does. */
static void generations(size_t group, int64_t anon, int64_t file)
{
	struct pfnscope_lruvec *lruvec = &lruvecs[group];

	lruvec->generations = true;
	lruvec->max_seq = 3;
	lruvec->types[PFNSCOPE_ANON].gens[0] = anon;
	lruvec->types[PFNSCOPE_FILE].gens[0] = file;
	fill(group, anon, file);
}

static void without_refaults_generations_give_files(void **state)
{
	(void)state;
	pfnscope_lru_rules(PFNSCOPE_KERNEL(7, 2, 0), &weighed.rules);
	generations(TARGET, 4096, 4096);
	foresee();
	assert_int_equal(taken(TARGET, PFNSCOPE_ANON), 0);
	assert_true(taken(TARGET, PFNSCOPE_FILE) >= 1024);
	assert_int_equal(reclaim.scans[0].tiers, PFNSCOPE_FILE);
}

static void files_that_come_back_are_spared(void **state)
{
	struct pfnscope_lru *types = lruvecs[TARGET].types;

	(void)state;
	pfnscope_lru_rules(PFNSCOPE_KERNEL(7, 2, 0), &weighed.rules);
	generations(TARGET, 4096, 4096);
	/* 900 of 1000 files came back, no anonymous page did: 900 * (1000 + 64) * 60 > 1 * 1000 * 140 */
	types[PFNSCOPE_FILE].refaulted[0] = 900;
	types[PFNSCOPE_FILE].evicted[0] = 1000;
	types[PFNSCOPE_ANON].evicted[0] = 1000;
	assert_int_equal(pfnscope_lru_type_by_tiers(&lruvecs[TARGET], &weighed.rules, 60), PFNSCOPE_ANON);
	/* Fewer than 64 are not enough to tell. */
	types[PFNSCOPE_FILE].refaulted[0] = 63;
	assert_int_equal(pfnscope_lru_type_by_tiers(&lruvecs[TARGET], &weighed.rules, 60), PFNSCOPE_FILE);
	/* 7.2 compares all tiers, those before it only the first. */
	types[PFNSCOPE_FILE].refaulted[2] = 900;
	assert_int_equal(pfnscope_lru_type_by_tiers(&lruvecs[TARGET], &weighed.rules, 60), PFNSCOPE_ANON);
	pfnscope_lru_rules(PFNSCOPE_KERNEL(6, 12, 0), &weighed.rules);
	assert_int_equal(pfnscope_lru_type_by_tiers(&lruvecs[TARGET], &weighed.rules, 60), PFNSCOPE_FILE);
}

static void an_older_generation_goes_first_up_to_6_12(void **state)
{
	(void)state;
	pfnscope_lru_rules(PFNSCOPE_KERNEL(6, 12, 0), &weighed.rules);
	generations(TARGET, 4096, 4096);
	lruvecs[TARGET].types[PFNSCOPE_FILE].min_seq = 1;
	foresee();
	assert_int_equal(taken(TARGET, PFNSCOPE_FILE), 0);
	assert_true(taken(TARGET, PFNSCOPE_ANON) >= 1024);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(pressure_goes_by_costs_and_swappiness),
		TEST(inactive_is_low_by_the_root_of_gibibytes),
		TEST(without_swap_only_files_go),
		TEST(a_limit_of_swap_ends_it),
		TEST(swappiness_0_spares_anonymous_pages_of_a_cgroup),
		TEST(enough_inactive_files_are_trimmed_first),
		TEST(refaults_end_the_trimming),
		TEST(what_is_protected_is_left_alone),
		TEST(low_protection_yields_when_nothing_else_is_left),
		TEST(without_refaults_generations_give_files),
		TEST(files_that_come_back_are_spared),
		TEST(an_older_generation_goes_first_up_to_6_12),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
