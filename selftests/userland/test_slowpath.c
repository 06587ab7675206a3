// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the slow path gives up, which mark lets kswapd sleep, how vm.defrag_mode
 * keeps a walk going, and which block of another type is taken: numbers by hand
 * from the source of each kernel.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "allocator/gfp.h"
#include "allocator/plan.h"
#include "asking.h"

#define V5_10	PFNSCOPE_KERNEL(5, 10, 223)
#define V6_1	PFNSCOPE_KERNEL(6, 1, 176)
#define V6_12	PFNSCOPE_KERNEL(6, 12, 95)
#define V7_2	PFNSCOPE_KERNEL(7, 2, 12)

#define NORETRY	(KERNEL | PFNSCOPE_GFP_NORETRY)
#define LOCAL	(NORETRY | PFNSCOPE_GFP_THISNODE)

struct machine {
	struct pfnscope_machine m;
	struct pfnscope_explain_zone zones[2];
	size_t list[2];
};

static const struct pfnscope_classes normal = {
	.class = { PFNSCOPE_CLASS_NORMAL }, .count = 1,
};

/*
 * Two nodes of one zone: min 8000, low 10000, high 12000. All that is free lies in
 * single pages, unmovable and movable, so that an order of 9 fails for its pieces.
 */
static void make(struct machine *t, unsigned int version, int64_t free)
{
	*t = (struct machine){ .m = { .classes = normal, .nr_zones = 2,
		.nr_nodes = 2, .nr_list = 2, .page_kb = 4 } };
	t->m.zones = t->zones;
	t->m.list = t->list;
	pfnscope_rules_for(version, &t->m.rules);
	pfnscope_limits_init(&t->m.limits);
	for (int i = 0; i < 2; i++) {
		struct pfnscope_explain_zone *z = &t->zones[i];

		pfnscope_explain_zone_init(z);
		*z = (struct pfnscope_explain_zone){
			.node = i, .name = "Normal", .managed = 200000,
			.class = PFNSCOPE_CLASS_NORMAL, .free = free,
			.min = 8000, .low = 10000, .high = 12000,
			.promo = 14000, .reserves = 1, .area_known = true,
		};
		z->area.blocks[0] = (uint64_t)free;
		z->area.types[0] = PFNSCOPE_TYPE_BIT(PFNSCOPE_UNMOVABLE) |
				   PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE);
		t->list[i] = (size_t)i;
	}
	t->m.limits.settings.defrag_mode = 0;
	t->m.limits.settings.zone_reclaim_mode = 0;
	t->m.limits.settings.tiering = 0;
}

static enum pfnscope_outcome outcome(struct machine *t, uint32_t gfp,
				     unsigned int order,
				     struct pfnscope_plan *plan)
{
	const struct pfnscope_request request = {
		.gfp = gfp, .gfp_known = true, .order = order,
		.cpu = PFNSCOPE_MISSING,
	};
	enum pfnscope_outcome result;

	pfnscope_plan_make(&t->m, &request, plan);
	result = plan->outcome;
	pfnscope_plan_clear(plan);
	return result;
}

static void outcome_is(unsigned int version, int64_t free, uint32_t gfp,
		       unsigned int order, enum pfnscope_outcome wanted)
{
	struct pfnscope_plan plan;
	struct machine t;

	make(&t, version, free);
	assert_int_equal(outcome(&t, gfp, order, &plan), wanted);
}

#define WAITS	PFNSCOPE_OUTCOME_RECLAIM
#define FAILS	PFNSCOPE_OUTCOME_FAIL

/* Compaction wants low + 2 * 512 = 11024 to begin; exactly that is too little. */
static void costly_noretry_needs_compaction(void **state)
{
	static const unsigned int old[] = { V5_10, V6_1, V6_12 };

	(void)state;
	for (size_t i = 0; i < sizeof(old) / sizeof(old[0]); i++) {
		outcome_is(old[i], 11024, NORETRY, 9, FAILS);
		outcome_is(old[i], 11025, NORETRY, 9, WAITS);
		outcome_is(old[i], 9000, KERNEL, 9, WAITS);
		/* Order 4: low + 32. */
		outcome_is(old[i], 10032, NORETRY, 4, FAILS);
		outcome_is(old[i], 10033, NORETRY, 4, WAITS);
		/* Not costly: it reclaims. */
		outcome_is(old[i], 9000, NORETRY, 3, WAITS);
		/* Without __GFP_IO there is no compaction to ask. */
		outcome_is(old[i], 9000, NORETRY & ~PFNSCOPE_GFP_IO, 9, WAITS);
	}
}

/*
 * What is reserved as highatomic, free or not, is taken off what the first attempt
 * looks at; since 6.12 what of it is free. That the reserve is given back, and not
 * one page more is free, is the difference between the two attempts.
 */
static void a_reserve_decides_who_serves_at_once(void **state)
{
	static const struct {
		unsigned int version;
		int64_t reserved, free;
		enum pfnscope_outcome outcome;
	} cases[] = {
		{ V5_10, 512, 3, PFNSCOPE_OUTCOME_SLOW },
		{ V6_1, 1024, 522, PFNSCOPE_OUTCOME_SLOW },
		{ V6_1, 0, 0, PFNSCOPE_OUTCOME_FAST },
		{ V6_12, 1024, 11, PFNSCOPE_OUTCOME_FAST },
		{ V6_12, 1024, 12, PFNSCOPE_OUTCOME_SLOW },
		{ V7_2, 1024, 12, PFNSCOPE_OUTCOME_SLOW },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pfnscope_plan plan;
		struct machine t;

		make(&t, cases[i].version, 10012);
		for (int n = 0; n < 2; n++) {
			t.zones[n].highatomic = cases[i].reserved;
			t.zones[n].free_highatomic = cases[i].free;
		}
		assert_int_equal(outcome(&t, KERNEL, 0, &plan), cases[i].outcome);
	}
}

static void from_7_2_on_only_the_local_ones(void **state)
{
	(void)state;
	outcome_is(V7_2, 9000, NORETRY, 9, WAITS);
	outcome_is(V7_2, 9000, LOCAL, 9, FAILS);
	outcome_is(V7_2, 11025, LOCAL, 9, WAITS);
	/* Unmovable requests of any order compact first: min + 2 * 2. */
	outcome_is(V7_2, 7000, LOCAL, 1, FAILS);
	outcome_is(V7_2, 7000, LOCAL | PFNSCOPE_GFP_MOVABLE, 1, WAITS);
	outcome_is(V7_2, 7000, LOCAL, 0, WAITS);
}

/* Up to 6.x compaction looks at all nodes of the policy, at others than the cpuset's too. */
static void compaction_beyond_the_cpuset(void **state)
{
	const struct pfnscope_request r = {
		.gfp = NORETRY | PFNSCOPE_GFP_HARDWALL, .gfp_known = true,
		.order = 4, .cpuset = 1, .cpu = PFNSCOPE_MISSING,
	};
	static const struct {
		unsigned int version;
		int64_t free;
		bool block;
		enum pfnscope_outcome outcome;
	} cases[] = {
		/* Order 4: low + 32 on node 1, which is not in the cpuset. */
		{ V5_10, 10032, false, FAILS },
		{ V5_10, 10033, false, WAITS },
		{ V6_1, 10033, false, WAITS },
		{ V6_12, 10033, false, FAILS },
		/* A block above min: compaction has nothing to do, and did not fail. */
		{ V5_10, 8015, true, FAILS },
		{ V5_10, 8016, true, WAITS },
		{ V6_1, 8016, true, WAITS },
		{ V6_12, 8016, true, FAILS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pfnscope_plan plan;
		struct machine t;

		make(&t, cases[i].version, 9000);
		for (int n = 0; n < 2; n++) {
			t.zones[n].compact_order_failed = 10;
			t.zones[n].compact_defer_shift = 0;
			t.zones[n].compact_considered = 0;
		}
		t.zones[1].free = cases[i].free;
		t.zones[1].area.blocks[4] = cases[i].block;
		t.zones[1].area.types[4] = PFNSCOPE_TYPE_BIT(PFNSCOPE_UNMOVABLE);
		pfnscope_plan_make(&t.m, &r, &plan);
		assert_int_equal(plan.outcome, cases[i].outcome);
		pfnscope_plan_clear(&plan);
	}
}

static void set_deferral(struct machine *t, int64_t failed, int64_t shift,
			 int64_t considered)
{
	for (int i = 0; i < 2; i++) {
		t->zones[i].compact_order_failed = failed;
		t->zones[i].compact_defer_shift = shift;
		t->zones[i].compact_considered = considered;
	}
}

static void compaction_may_be_put_off(void **state)
{
	struct pfnscope_plan plan;
	struct machine t;

	(void)state;
	make(&t, V6_1, 20000);
	set_deferral(&t, 9, 6, 10);
	assert_int_equal(outcome(&t, NORETRY, 9, &plan), FAILS);
	set_deferral(&t, 9, 6, 63);
	assert_int_equal(outcome(&t, NORETRY, 9, &plan), WAITS);
	set_deferral(&t, 10, 6, 10);
	assert_int_equal(outcome(&t, NORETRY, 9, &plan), WAITS);
	/* One zone in which it begins is enough. */
	set_deferral(&t, 9, 6, 10);
	t.zones[1].compact_considered = 63;
	assert_int_equal(outcome(&t, NORETRY, 9, &plan), WAITS);
	/* Not known is said, and not taken for a no. */
	set_deferral(&t, PFNSCOPE_MISSING, PFNSCOPE_MISSING, PFNSCOPE_MISSING);
	assert_int_equal(outcome(&t, NORETRY, 9, &plan), WAITS);
	make(&t, V6_1, 20000);
	set_deferral(&t, PFNSCOPE_MISSING, PFNSCOPE_MISSING, PFNSCOPE_MISSING);
	pfnscope_plan_make(&t.m, &(struct pfnscope_request){
		.gfp = NORETRY, .gfp_known = true, .order = 9,
		.cpu = PFNSCOPE_MISSING }, &plan);
	assert_true(plan.may_give_up);
	pfnscope_plan_clear(&plan);
}

/* Half of the index stands for a lack of memory: compaction does not begin. */
static void compaction_needs_fragmentation(void **state)
{
	struct pfnscope_plan plan;
	struct machine t;

	(void)state;
	make(&t, V6_1, 20000);
	for (int i = 0; i < 2; i++) {
		t.zones[i].area.blocks[0] = 0;
		t.zones[i].area.blocks[8] = 78;
		t.zones[i].area.types[8] = t.zones[i].area.types[0];
	}
	/* (1000 + 19968 * 1000 / 512) / 78 = 512: 1000 - 512 = 488. */
	assert_int_equal(outcome(&t, NORETRY, 9, &plan), FAILS);
	t.m.limits.settings.extfrag_threshold = 400;
	assert_int_equal(outcome(&t, NORETRY, 9, &plan), WAITS);
}

static void no_order_beyond_the_largest(void **state)
{
	static const unsigned int all[] = { V5_10, V6_1, V6_12, V7_2 };
	struct pfnscope_plan plan;
	struct machine t;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		make(&t, all[i], 100000);
		assert_int_equal(outcome(&t, KERNEL, 11, &plan), FAILS);
		assert_int_equal(outcome(&t, KERNEL, 63, &plan), FAILS);
		assert_int_equal(outcome(&t, KERNEL, 10, &plan), WAITS);
		t.m.rules.max_order = 12;
		assert_int_equal(outcome(&t, KERNEL, 11, &plan), WAITS);
	}
}

/* __GFP_DMA on a node that has no such zone, and no other node allowed. */
static void no_zone_is_no_reason_to_wait(void **state)
{
	struct pfnscope_plan plan;
	struct machine t;

	(void)state;
	make(&t, V6_12, 20000);
	t.m.nr_list = 0;
	pfnscope_plan_make(&t.m, &(struct pfnscope_request){
		.gfp = KERNEL | PFNSCOPE_GFP_THISNODE | PFNSCOPE_GFP_DMA,
		.gfp_known = true, .cpu = PFNSCOPE_MISSING }, &plan);
	assert_int_equal(plan.outcome, FAILS);
	assert_true(plan.no_zone);
	pfnscope_plan_clear(&plan);
	/* All that is on the list is closed to it by its policy. */
	make(&t, V6_12, 9000);
	pfnscope_plan_make(&t.m, &(struct pfnscope_request){
		.gfp = KERNEL, .gfp_known = true, .order = 2, .nodes = 4,
		.cpu = PFNSCOPE_MISSING }, &plan);
	assert_int_equal(plan.outcome, FAILS);
	pfnscope_plan_clear(&plan);
}

static uint64_t woken(struct machine *t, uint32_t gfp, unsigned int order)
{
	struct pfnscope_plan plan;
	uint64_t nodes;

	pfnscope_plan_make(&t->m, &(struct pfnscope_request){
		.gfp = gfp, .gfp_known = true, .order = order,
		.cpu = PFNSCOPE_MISSING }, &plan);
	nodes = plan.kswapd_nodes;
	pfnscope_plan_clear(&plan);
	return nodes;
}

/* Free pages that it may not take send it to the slow path, which wakes. */
static void make_closed(struct machine *t, unsigned int version, int64_t free)
{
	make(t, version, free);
	for (int i = 0; i < 2; i++)
		t->zones[i].area.types[0] = PFNSCOPE_TYPE_BIT(PFNSCOPE_HIGHATOMIC);
}

static void a_tiered_node_sleeps_above_the_promo_mark(void **state)
{
	struct machine t;

	(void)state;
	make_closed(&t, V7_2, 13000);
	assert_int_equal(woken(&t, KERNEL, 0), 0);
	t.m.limits.settings.tiering = 1;
	assert_int_equal(woken(&t, KERNEL, 0), 3);
	t.zones[0].free = t.zones[1].free = 14001;
	assert_int_equal(woken(&t, KERNEL, 0), 0);
	make_closed(&t, V5_10, 13000);
	t.m.limits.settings.tiering = 1;
	assert_int_equal(woken(&t, KERNEL, 0), 0);
}

/* Blocks that only others may take still make a node balanced. */
static void balance_is_the_watermark_alone(void **state)
{
	struct machine t;

	(void)state;
	make(&t, V6_12, 20000);
	assert_int_equal(woken(&t, KERNEL, 3), 3);
	for (int i = 0; i < 2; i++) {
		t.zones[i].area.blocks[3] = 1;
		t.zones[i].area.types[3] = PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE);
	}
	assert_int_equal(woken(&t, KERNEL, 3), 0);
}

/*
 * vm.defrag_mode: node 0 has only movable blocks, node 1 unmovable ones between
 * min and low. The first slow walk leaves node 0 for node 1 and does not turn back
 * to mix types, although the request may not wait.
 */
static void defrag_mode_goes_on_to_other_nodes(void **state)
{
	struct pfnscope_plan plan;
	struct machine t;

	(void)state;
	make(&t, V7_2, 11000);
	t.m.limits.settings.defrag_mode = 1;
	t.zones[0].area.types[0] = PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE);
	t.zones[1].free = 9000;
	pfnscope_plan_make(&t.m, &(struct pfnscope_request){
		.gfp = PFNSCOPE_GFP_KSWAPD_RECLAIM, .gfp_known = true,
		.cpu = PFNSCOPE_MISSING }, &plan);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_SLOW);
	assert_int_equal(plan.served->zone->node, 1);
	assert_int_equal(plan.kswapd_order, 9);
	pfnscope_plan_clear(&plan);
	/* With nothing on node 1 it does mix, at the very end. */
	t.zones[1].free = 100;
	pfnscope_plan_make(&t.m, &(struct pfnscope_request){
		.gfp = PFNSCOPE_GFP_KSWAPD_RECLAIM, .gfp_known = true,
		.cpu = PFNSCOPE_MISSING }, &plan);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_SLOW);
	assert_int_equal(plan.served->zone->node, 0);
	pfnscope_plan_clear(&plan);
}

/* Free blocks: one of each given order and type. */
static void takes(unsigned int version, uint32_t gfp, unsigned int order,
		  const unsigned int (*blocks)[2], size_t count,
		  unsigned int wanted_order, enum pfnscope_type wanted)
{
	const struct pfnscope_request request = {
		.gfp = gfp, .gfp_known = true, .order = order,
	};
	struct pfnscope_explain_zone zone = { .area_known = true };
	struct pfnscope_rules rules;
	struct pfnscope_take take;

	for (size_t i = 0; i < count; i++) {
		zone.area.blocks[blocks[i][0]]++;
		zone.area.types[blocks[i][0]] |= PFNSCOPE_TYPE_BIT(blocks[i][1]);
	}
	pfnscope_rules_for(version, &rules);
	pfnscope_take_find(&rules, &request, 0, &zone, &take);
	assert_int_equal(take.order, wanted_order);
	assert_int_equal(take.type, wanted);
}

#define TAKES(version, gfp, order, wanted_order, wanted, ...) do {	\
	static const unsigned int blocks[][2] = { __VA_ARGS__ };	\
	takes(version, gfp, order, blocks,				\
	      sizeof(blocks) / sizeof(blocks[0]), wanted_order, wanted); \
} while (0)

static void which_block_of_another_type(void **state)
{
	(void)state;
	/* fallbacks[]: reclaimable before movable for unmovable requests. */
	TAKES(V6_12, KERNEL, 0, 5, PFNSCOPE_RECLAIMABLE,
	      { 5, PFNSCOPE_MOVABLE }, { 5, PFNSCOPE_RECLAIMABLE });
	/* And before unmovable for movable ones. */
	TAKES(V6_12, KERNEL | PFNSCOPE_GFP_MOVABLE, 0, 5, PFNSCOPE_RECLAIMABLE,
	      { 5, PFNSCOPE_UNMOVABLE }, { 5, PFNSCOPE_RECLAIMABLE });
	TAKES(V6_12, KERNEL | PFNSCOPE_GFP_RECLAIMABLE, 0, 5, PFNSCOPE_UNMOVABLE,
	      { 5, PFNSCOPE_UNMOVABLE }, { 5, PFNSCOPE_MOVABLE });
	/* The largest, up to 6.1; movable requests the smallest below order 4. */
	TAKES(V6_1, KERNEL, 0, 3, PFNSCOPE_MOVABLE,
	      { 3, PFNSCOPE_MOVABLE }, { 1, PFNSCOPE_MOVABLE });
	TAKES(V6_1, KERNEL | PFNSCOPE_GFP_MOVABLE, 0, 1, PFNSCOPE_UNMOVABLE,
	      { 3, PFNSCOPE_UNMOVABLE }, { 1, PFNSCOPE_UNMOVABLE });
	TAKES(V6_1, KERNEL | PFNSCOPE_GFP_MOVABLE, 0, 4, PFNSCOPE_UNMOVABLE,
	      { 4, PFNSCOPE_UNMOVABLE }, { 1, PFNSCOPE_UNMOVABLE });
	/* Whole pageblocks are claimed from above by all. */
	TAKES(V7_2, KERNEL, 0, 9, PFNSCOPE_MOVABLE,
	      { 9, PFNSCOPE_MOVABLE }, { 1, PFNSCOPE_MOVABLE });
	TAKES(V7_2, KERNEL, 0, 1, PFNSCOPE_MOVABLE,
	      { 5, PFNSCOPE_MOVABLE }, { 1, PFNSCOPE_MOVABLE });
	TAKES(V7_2, KERNEL, 2, 5, PFNSCOPE_MOVABLE,
	      { 5, PFNSCOPE_MOVABLE }, { 1, PFNSCOPE_MOVABLE });
}

static void names_of_atomic_since_6_3(void **state)
{
	char names[256];
	uint64_t rest;

	(void)state;
	pfnscope_gfp_text(pfnscope_gfp_from_mask(0x820, V6_12, &rest), names,
			  sizeof(names));
	assert_string_equal(names, "GFP_ATOMIC");
	pfnscope_gfp_text(pfnscope_gfp_from_mask(0x820, V6_1, &rest), names,
			  sizeof(names));
	assert_string_equal(names, "GFP_NOWAIT|__GFP_HIGH");
	pfnscope_gfp_text(pfnscope_gfp_from_mask(0xa20, V6_1, &rest), names,
			  sizeof(names));
	assert_string_equal(names, "GFP_ATOMIC");
	pfnscope_gfp_text(pfnscope_gfp_from_mask(0xc20, V6_12, &rest), names,
			  sizeof(names));
	assert_string_equal(names, "GFP_NOIO|__GFP_HIGH");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reserve_decides_who_serves_at_once),
		cmocka_unit_test(costly_noretry_needs_compaction),
		cmocka_unit_test(from_7_2_on_only_the_local_ones),
		cmocka_unit_test(compaction_beyond_the_cpuset),
		cmocka_unit_test(compaction_may_be_put_off),
		cmocka_unit_test(compaction_needs_fragmentation),
		cmocka_unit_test(no_order_beyond_the_largest),
		cmocka_unit_test(no_zone_is_no_reason_to_wait),
		cmocka_unit_test(a_tiered_node_sleeps_above_the_promo_mark),
		cmocka_unit_test(balance_is_the_watermark_alone),
		cmocka_unit_test(defrag_mode_goes_on_to_other_nodes),
		cmocka_unit_test(which_block_of_another_type),
		cmocka_unit_test(names_of_atomic_since_6_3),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
