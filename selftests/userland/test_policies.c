// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory policies and cpusets: for which requests one binds, which nodes a request
 * may leave it for, and whose kswapd it wakes: by the source of each kernel.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "allocator/gfp.h"
#include "allocator/plan.h"
#include "asking.h"

#define V5_10	PFNSCOPE_KERNEL(5, 10, 223)
#define V6_12	PFNSCOPE_KERNEL(6, 12, 95)
#define V7_2	PFNSCOPE_KERNEL(7, 2, 12)

#define WAKES	PFNSCOPE_GFP_KSWAPD_RECLAIM
#define ZONES	4

struct machine {
	struct pfnscope_machine m;
	struct pfnscope_explain_zone zones[ZONES];
	size_t list[ZONES];
};

static const struct pfnscope_classes classes = {
	.class = { PFNSCOPE_CLASS_DMA32, PFNSCOPE_CLASS_NORMAL,
		   PFNSCOPE_CLASS_MOVABLE },
	.count = 3,
};

/*
 * Node 0: DMA32 and Normal, node 1: Normal, node 2: Movable. Each zone has min 8000,
 * low 10000, high 12000, so many free, in single pages of both types. All is tried
 * from node 0 on.
 */
static void make(struct machine *t, unsigned int version, int64_t free)
{
	static const struct {
		int64_t node;
		enum pfnscope_class class;
	} all[ZONES] = {
		{ 0, PFNSCOPE_CLASS_NORMAL }, { 0, PFNSCOPE_CLASS_DMA32 },
		{ 1, PFNSCOPE_CLASS_NORMAL }, { 2, PFNSCOPE_CLASS_MOVABLE },
	};

	*t = (struct machine){ .m = { .classes = classes, .nr_zones = ZONES,
		.nr_nodes = 3, .nr_list = ZONES, .page_kb = 4 } };
	t->m.zones = t->zones;
	t->m.list = t->list;
	pfnscope_rules_for(version, &t->m.rules);
	pfnscope_limits_init(&t->m.limits);
	t->m.limits.settings.defrag_mode = 0;
	t->m.limits.settings.zone_reclaim_mode = 0;
	t->m.limits.settings.tiering = 0;
	for (int i = 0; i < ZONES; i++) {
		struct pfnscope_explain_zone *z = &t->zones[i];

		pfnscope_explain_zone_init(z);
		*z = (struct pfnscope_explain_zone){
			.node = all[i].node, .class = all[i].class,
			.managed = 200000, .free = free, .min = 8000,
			.low = 10000, .high = 12000, .promo = 14000,
			.reserves = 3, .area_known = true,
		};
		z->area.blocks[0] = (uint64_t)free;
		z->area.types[0] = PFNSCOPE_TYPE_BIT(PFNSCOPE_UNMOVABLE) |
				   PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE);
		t->list[i] = (size_t)i;
	}
}

/* Binds a policy for these nodes such a request? */
static bool binds(struct machine *t, uint64_t nodes, uint32_t gfp)
{
	return pfnscope_policy_binds(&t->m, &(struct pfnscope_request){
		.gfp = gfp, .gfp_known = true, .nodes = nodes });
}

static void lower_zones_are_not_bound(void **state)
{
	struct machine t;

	(void)state;
	make(&t, V6_12, 20000);
	assert_true(binds(&t, 2, KERNEL));
	assert_true(binds(&t, 2, PFNSCOPE_GFP_HIGHMEM | PFNSCOPE_GFP_MOVABLE));
	assert_false(binds(&t, 2, KERNEL | PFNSCOPE_GFP_DMA32));
	assert_false(binds(&t, 1, KERNEL | PFNSCOPE_GFP_DMA32));
	/* Where no node has more than DMA32, that is the highest. */
	t.zones[0].managed = 0;
	t.zones[2].managed = 0;
	assert_true(binds(&t, 1, KERNEL | PFNSCOPE_GFP_DMA32));
}

static void nodes_of_movable_memory_bind_what_is_movable(void **state)
{
	struct machine t;

	(void)state;
	make(&t, V6_12, 20000);
	assert_false(binds(&t, 4, KERNEL));
	assert_true(binds(&t, 4, PFNSCOPE_GFP_HIGHMEM | PFNSCOPE_GFP_MOVABLE));
	assert_true(binds(&t, 6, KERNEL));
}

/* ALLOC_CPUSET is not among the flags of the slow path then. */
static void what_must_not_wait_leaves_its_cpuset(void **state)
{
	struct pfnscope_request r = {
		.gfp = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_HARDWALL,
		.gfp_known = true, .cpuset = 2, .cpu = PFNSCOPE_MISSING,
	};
	struct pfnscope_plan p;
	struct machine t;

	(void)state;
	make(&t, V6_12, 20000);
	t.zones[2].free = 100;
	pfnscope_plan_make(&t.m, &r, &p);
	assert_int_equal(p.outcome, PFNSCOPE_OUTCOME_SLOW);
	assert_int_equal(p.served->zone->node, 0);
	pfnscope_plan_clear(&p);
	r.gfp = PFNSCOPE_GFP_HARDWALL;
	pfnscope_plan_make(&t.m, &r, &p);
	assert_int_equal(p.outcome, PFNSCOPE_OUTCOME_FAIL);
	pfnscope_plan_clear(&p);
}

/*
 * GFP_USER of DMA32 memory in a cpuset without any: it reclaims. One of movable
 * nodes alone is looked at before, since 5.16.
 */
static void a_cpuset_without_a_zone_is_reclaimed_for(void **state)
{
	struct pfnscope_request r = {
		.gfp = KERNEL | PFNSCOPE_GFP_HARDWALL | PFNSCOPE_GFP_DMA32,
		.gfp_known = true, .cpuset = 2, .cpu = PFNSCOPE_MISSING,
	};
	struct pfnscope_plan p;
	struct machine t;

	(void)state;
	make(&t, V6_12, 20000);
	pfnscope_plan_make(&t.m, &r, &p);
	assert_int_equal(p.outcome, PFNSCOPE_OUTCOME_RECLAIM);
	assert_true(p.maybe_insane);
	pfnscope_plan_clear(&p);
	r.cpuset = 4;
	pfnscope_plan_make(&t.m, &r, &p);
	assert_int_equal(p.outcome, PFNSCOPE_OUTCOME_FAIL);
	assert_true(p.no_zone);
	pfnscope_plan_clear(&p);
	make(&t, V5_10, 20000);
	pfnscope_plan_make(&t.m, &r, &p);
	assert_int_equal(p.outcome, PFNSCOPE_OUTCOME_RECLAIM);
	assert_false(p.maybe_insane);
	pfnscope_plan_clear(&p);
}

static void a_policy_without_a_zone_is_the_end(void **state)
{
	struct pfnscope_request r = {
		.gfp = WAKES | PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_DMA32,
		.gfp_known = true, .nodes = 2, .cpu = PFNSCOPE_MISSING,
	};
	struct pfnscope_plan p;
	struct machine t;

	(void)state;
	make(&t, V6_12, 20000);
	pfnscope_plan_make(&t.m, &r, &p);
	assert_int_equal(p.outcome, PFNSCOPE_OUTCOME_FAIL);
	assert_true(p.no_zone);
	assert_int_equal(p.kswapd_nodes, 0);
	pfnscope_plan_clear(&p);
}

static uint64_t woken(struct machine *t, const struct pfnscope_request *r)
{
	struct pfnscope_plan p;
	uint64_t nodes;

	pfnscope_plan_make(&t->m, r, &p);
	nodes = p.kswapd_nodes;
	pfnscope_plan_clear(&p);
	return nodes;
}

/* cpuset_zone_allowed() in wakeup_kswapd() looks at __GFP_HARDWALL alone. */
static void hardwall_wakes_in_the_cpuset_only(void **state)
{
	struct pfnscope_request r = {
		.gfp = PFNSCOPE_GFP_HIGH | WAKES, .gfp_known = true,
		.cpuset = 2, .cpu = PFNSCOPE_MISSING,
	};
	struct machine t;

	(void)state;
	make(&t, V6_12, 100);
	assert_int_equal(woken(&t, &r), 3);
	r.gfp |= PFNSCOPE_GFP_HARDWALL;
	assert_int_equal(woken(&t, &r), 2);
	r.gfp = WAKES;
	assert_int_equal(woken(&t, &r), 3);
}

/* 6.12 wakes, then leaves the policy; 7.2 leaves it and begins the slow path anew. */
static void whose_kswapd_the_last_attempt_wakes(void **state)
{
	struct pfnscope_request r = {
		.gfp = PFNSCOPE_GFP_HIGH | WAKES, .gfp_known = true,
		.nodes = 2, .cpu = PFNSCOPE_MISSING,
	};
	struct machine t;

	(void)state;
	make(&t, V6_12, 100);
	assert_int_equal(woken(&t, &r), 2);
	make(&t, V7_2, 100);
	assert_int_equal(woken(&t, &r), 3);
	/* What is served before wakes none for it. */
	t.zones[2].free = 9000;
	t.zones[2].area.blocks[0] = 9000;
	assert_int_equal(woken(&t, &r), 2);
}

/* A request served at once wakes none. */
static void the_fast_path_wakes_none(void **state)
{
	struct pfnscope_request r = {
		.gfp = WAKES, .gfp_known = true, .cpu = PFNSCOPE_MISSING,
	};
	struct machine t;

	(void)state;
	make(&t, V7_2, 11000);
	assert_int_equal(woken(&t, &r), 0);
}

/*
 * The first of both requests finds nothing on node 0, and wakes its kswapd: on 7.2
 * the second passes over that node in its fast path, and node 1 serves.
 */
static void preferred_nodes_are_asked_by_a_request_of_their_own(void **state)
{
	struct pfnscope_request r = {
		.gfp = KERNEL, .gfp_known = true, .nodes = 1,
		.cpu = PFNSCOPE_MISSING,
	};
	struct pfnscope_plan p;
	struct machine t;

	(void)state;
	make(&t, V7_2, 100);
	t.zones[2].free = 20000;
	pfnscope_plan_first(&t.m, &r, &p);
	assert_int_equal(p.outcome, PFNSCOPE_OUTCOME_FAST);
	assert_int_equal(p.served->zone->node, 1);
	assert_int_equal(p.kswapd_nodes, 1);
	assert_true(p.attempts[PFNSCOPE_STAGE_FAST].skipped_busy);
	assert_int_equal(r.nodes, 0);
	pfnscope_plan_clear(&p);
	/*
	 * They have no zone for it: that is its end, though it might leave them,
	 * and the second wakes for all.
	 */
	make(&t, V6_12, 9000);
	r.gfp = WAKES | PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_DMA32;
	r.nodes = 2;
	pfnscope_plan_first(&t.m, &r, &p);
	assert_int_equal(p.outcome, PFNSCOPE_OUTCOME_SLOW);
	assert_int_equal(p.served->zone->node, 0);
	assert_int_equal(p.kswapd_nodes, 1);
	assert_int_equal(r.nodes, 0);
	pfnscope_plan_clear(&p);
	r.gfp = KERNEL;
	/* Where one of them serves it stays with that. */
	make(&t, V7_2, 20000);
	r.nodes = 2;
	pfnscope_plan_first(&t.m, &r, &p);
	assert_int_equal(p.served->zone->node, 1);
	assert_int_equal(r.nodes, 2);
	pfnscope_plan_clear(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lower_zones_are_not_bound),
		cmocka_unit_test(nodes_of_movable_memory_bind_what_is_movable),
		cmocka_unit_test(what_must_not_wait_leaves_its_cpuset),
		cmocka_unit_test(a_cpuset_without_a_zone_is_reclaimed_for),
		cmocka_unit_test(a_policy_without_a_zone_is_the_end),
		cmocka_unit_test(hardwall_wakes_in_the_cpuset_only),
		cmocka_unit_test(whose_kswapd_the_last_attempt_wakes),
		cmocka_unit_test(the_fast_path_wakes_none),
		cmocka_unit_test(preferred_nodes_are_asked_by_a_request_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
