// SPDX-License-Identifier: GPL-2.0-only
/* gfp flags of each era, zone classes, and the way along a zonelist. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "allocator/gfp.h"
#include "allocator/nodes.h"
#include "allocator/plan.h"
#include "asking.h"

static uint32_t mask(uint64_t bits, unsigned int a, unsigned int b,
		     unsigned int c)
{
	uint64_t unknown;
	uint32_t gfp = pfnscope_gfp_from_mask(bits, PFNSCOPE_KERNEL(a, b, c),
					      &unknown);

	assert_int_equal(unknown, 0);
	return gfp;
}

/* GFP_KERNEL and GFP_ATOMIC as each era spells them. */
static void masks_by_era(void **state)
{
	uint32_t atomic = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_ATOMIC |
			  PFNSCOPE_GFP_KSWAPD_RECLAIM;

	(void)state;
	assert_int_equal(mask(0xd0, 2, 6, 18), KERNEL);
	assert_int_equal(mask(0x20, 2, 6, 32), PFNSCOPE_GFP_HIGH |
			 PFNSCOPE_GFP_KSWAPD_RECLAIM);
	assert_int_equal(mask(0x24000c0, 4, 4, 0), KERNEL);
	assert_int_equal(mask(0x2080020, 4, 6, 0), atomic);
	assert_int_equal(mask(0x14000c0, 4, 14, 0), KERNEL);
	assert_int_equal(mask(0x6000c0, 4, 19, 0), KERNEL);
	assert_int_equal(mask(0x480020, 4, 19, 0), atomic);
	assert_int_equal(mask(0xcc0, 5, 10, 0), KERNEL);
	assert_int_equal(mask(0xa20, 5, 10, 0), atomic);
	assert_int_equal(mask(0x820, 6, 1, 0), PFNSCOPE_GFP_HIGH |
			 PFNSCOPE_GFP_KSWAPD_RECLAIM);
	/* Without a bit of its own since 6.3, but with its name. */
	assert_int_equal(mask(0x820, 6, 12, 0), atomic);
}

static void movable_moved_in_2_6_31(void **state)
{
	uint32_t highuser = KERNEL | PFNSCOPE_GFP_HIGHMEM |
			    PFNSCOPE_GFP_MOVABLE | PFNSCOPE_GFP_HARDWALL;

	(void)state;
	assert_int_equal(mask(0x1200d2, 2, 6, 28), highuser);
	assert_int_equal(mask(0x200da, 2, 6, 32), highuser);
	/* A kernel from between calls itself 2.6.30 and has the new bit. */
	assert_int_equal(mask(0x200da, 2, 6, 30), highuser);
}

static void names_mean_the_same(void **state)
{
	char text[128], bad[40];
	uint32_t gfp;

	(void)state;
	assert_true(pfnscope_gfp_from_names("GFP_KERNEL|__GFP_COMP", &gfp, bad,
					    sizeof(bad)));
	assert_int_equal(gfp, KERNEL | PFNSCOPE_GFP_COMP);
	pfnscope_gfp_text(gfp, text, sizeof(text));
	assert_string_equal(text, "GFP_KERNEL|__GFP_COMP");
	assert_false(pfnscope_gfp_from_names("GFP_KERNEL|0x100000", &gfp, bad,
					     sizeof(bad)));
	assert_int_equal(gfp, KERNEL);
	assert_string_equal(bad, "0x100000");
}

static uint32_t flags(uint32_t gfp, unsigned int order, unsigned int version)
{
	struct pfnscope_request request = {
		.gfp = gfp, .gfp_known = true, .order = order,
	};
	struct pfnscope_rules rules;

	pfnscope_rules_for(version, &rules);
	return pfnscope_alloc_flags(&rules, &request);
}

static void reserves_by_era(void **state)
{
	uint32_t nowait = PFNSCOPE_GFP_KSWAPD_RECLAIM;
	uint32_t high = PFNSCOPE_GFP_HIGH | nowait;
	unsigned int v3 = PFNSCOPE_KERNEL(3, 10, 0);
	unsigned int v5 = PFNSCOPE_KERNEL(5, 10, 0);
	unsigned int v6 = PFNSCOPE_KERNEL(6, 12, 0);

	(void)state;
	assert_int_equal(flags(nowait, 0, v3), PFNSCOPE_ALLOC_NON_BLOCK);
	assert_int_equal(flags(nowait, 0, v5), 0);
	assert_int_equal(flags(high | PFNSCOPE_GFP_ATOMIC, 0, v5),
			 PFNSCOPE_ALLOC_NON_BLOCK | PFNSCOPE_ALLOC_MIN_RESERVE);
	assert_int_equal(flags(nowait, 0, v6), PFNSCOPE_ALLOC_NON_BLOCK);
	assert_int_equal(flags(high, 0, v6),
			 PFNSCOPE_ALLOC_NON_BLOCK | PFNSCOPE_ALLOC_MIN_RESERVE);
	assert_int_equal(flags(high, 3, v6), PFNSCOPE_ALLOC_NON_BLOCK |
			 PFNSCOPE_ALLOC_MIN_RESERVE |
			 PFNSCOPE_ALLOC_HIGHATOMIC);
	assert_int_equal(flags(high | PFNSCOPE_GFP_NOMEMALLOC, 0, v6),
			 PFNSCOPE_ALLOC_MIN_RESERVE);
	/* Stable kernels took the rules of 6.3 in the middle of 6.1. */
	assert_int_equal(flags(nowait, 0, PFNSCOPE_KERNEL(6, 1, 115)), 0);
	assert_int_equal(flags(nowait, 0, PFNSCOPE_KERNEL(6, 1, 116)),
			 PFNSCOPE_ALLOC_NON_BLOCK);
	assert_int_equal(flags(KERNEL | PFNSCOPE_GFP_MOVABLE, 0, v6),
			 PFNSCOPE_ALLOC_CMA);
}

static const struct pfnscope_classes x86 = {
	.class = { PFNSCOPE_CLASS_DMA, PFNSCOPE_CLASS_DMA32,
		   PFNSCOPE_CLASS_NORMAL, PFNSCOPE_CLASS_MOVABLE },
	.count = 4,
};

static void classes_of_requests(void **state)
{
	const struct pfnscope_classes only = {
		.class = { PFNSCOPE_CLASS_NORMAL }, .count = 1,
	};
	uint32_t high = PFNSCOPE_GFP_HIGHMEM, movable = PFNSCOPE_GFP_MOVABLE;

	(void)state;
	assert_int_equal(pfnscope_request_class(&x86, KERNEL),
			 PFNSCOPE_CLASS_NORMAL);
	assert_int_equal(pfnscope_request_class(&x86, high),
			 PFNSCOPE_CLASS_NORMAL);
	assert_int_equal(pfnscope_request_class(&x86, high | movable),
			 PFNSCOPE_CLASS_MOVABLE);
	assert_int_equal(pfnscope_request_class(&x86, movable),
			 PFNSCOPE_CLASS_NORMAL);
	assert_int_equal(pfnscope_request_class(&x86, PFNSCOPE_GFP_DMA),
			 PFNSCOPE_CLASS_DMA);
	assert_int_equal(pfnscope_request_class(&only, PFNSCOPE_GFP_DMA),
			 PFNSCOPE_CLASS_NORMAL);
}

/* Normal and DMA32 of one node, 1000 pages each, free as asked for. */
static void two_zones(struct pfnscope_machine *m,
		      struct pfnscope_explain_zone *zones, size_t *list,
		      int64_t normal, int64_t dma32)
{
	*m = (struct pfnscope_machine){ .classes = x86, .zones = zones,
		.nr_zones = 2, .nr_nodes = 1,
		.list = list, .nr_list = 2, .page_kb = 4 };
	pfnscope_rules_for(PFNSCOPE_KERNEL(6, 12, 0), &m->rules);
	for (int i = 0; i < 2; i++) {
		struct pfnscope_explain_zone *z = &zones[i];

		pfnscope_explain_zone_init(z);
		z->node = 0;
		z->managed = 1000;
		z->min = 100;
		z->low = 125;
		z->high = 150;
		z->reserves = 4;
		list[i] = (size_t)i;
	}
	zones[0].class = PFNSCOPE_CLASS_NORMAL;
	strcpy(zones[0].name, "Normal");
	zones[0].free = normal;
	zones[1].class = PFNSCOPE_CLASS_DMA32;
	strcpy(zones[1].name, "DMA32");
	zones[1].free = dma32;
	zones[1].reserve[2] = 50;
}

static enum pfnscope_outcome outcome(int64_t normal, int64_t dma32,
				     uint32_t gfp, const char *served)
{
	struct pfnscope_request request = { .gfp = gfp, .gfp_known = true };
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_machine m;
	enum pfnscope_outcome result;
	struct pfnscope_plan plan;
	size_t list[2];

	two_zones(&m, zones, list, normal, dma32);
	pfnscope_plan_make(&m, &request, &plan);
	result = plan.outcome;
	if (served)
		assert_string_equal(plan.served->zone->name, served);
	else
		assert_null(plan.served);
	pfnscope_plan_clear(&plan);
	return result;
}

static void along_the_zonelist(void **state)
{
	uint32_t atomic = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_KSWAPD_RECLAIM;

	(void)state;
	assert_int_equal(outcome(126, 0, KERNEL, "Normal"),
			 PFNSCOPE_OUTCOME_FAST);
	assert_int_equal(outcome(125, 176, KERNEL, "DMA32"),
			 PFNSCOPE_OUTCOME_FAST);
	assert_int_equal(outcome(125, 175, KERNEL, "Normal"),
			 PFNSCOPE_OUTCOME_SLOW);
	assert_int_equal(outcome(100, 151, KERNEL, "DMA32"),
			 PFNSCOPE_OUTCOME_SLOW);
	assert_int_equal(outcome(100, 150, KERNEL, NULL),
			 PFNSCOPE_OUTCOME_RECLAIM);
	/* 100 -> 50 -> 38 for what may not wait. */
	assert_int_equal(outcome(39, 0, atomic, "Normal"),
			 PFNSCOPE_OUTCOME_SLOW);
	assert_int_equal(outcome(38, 88, atomic, NULL), PFNSCOPE_OUTCOME_FAIL);
	assert_int_equal(outcome(38, 89, atomic, "DMA32"),
			 PFNSCOPE_OUTCOME_SLOW);
}

static void boost_is_not_for_atomic_pages(void **state)
{
	struct pfnscope_request request = { .gfp_known = true,
		.gfp = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_KSWAPD_RECLAIM };
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_machine m;
	struct pfnscope_plan plan;
	size_t list[2];

	(void)state;
	two_zones(&m, zones, list, 39, 0);
	zones[0].boost = 400;
	zones[0].min += 400;
	zones[0].low += 400;
	pfnscope_plan_make(&m, &request, &plan);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_SLOW);
	pfnscope_plan_clear(&plan);
	request.order = 1;
	zones[0].area_known = true;
	zones[0].area.blocks[1] = 30;
	pfnscope_plan_make(&m, &request, &plan);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_FAIL);
	pfnscope_plan_clear(&plan);
}

/* Does the boost of 400 decide for an atomic request of this order? */
static bool boost_decides(int64_t free, unsigned int order)
{
	struct pfnscope_request request = { .gfp_known = true, .order = order,
		.gfp = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_KSWAPD_RECLAIM };
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_verdict verdict;
	struct pfnscope_machine m;
	uint32_t alloc_flags;
	size_t list[2];

	two_zones(&m, zones, list, free, 0);
	zones[0].boost = 400;
	zones[0].min += 400;
	zones[0].area_known = true;
	zones[0].area.blocks[1] = 30;
	alloc_flags = pfnscope_alloc_flags(&m.rules, &request);
	pfnscope_explain_zone(&m.rules, &m.classes, &request,
			      PFNSCOPE_MARK_MIN, alloc_flags, &zones[0],
			      &verdict);
	return pfnscope_boost_decides(&m.rules, &m.classes, &request,
				      alloc_flags, &verdict);
}

static void boost_is_one_more_term(void **state)
{
	(void)state;
	/* 500 / 2 less a quarter is 188; without the boost 38. */
	assert_false(boost_decides(190, 1));
	assert_true(boost_decides(189, 1));
	assert_true(boost_decides(40, 1));
	assert_false(boost_decides(39, 1));
	/* Single pages do not pay for it: what fails, fails without it too. */
	assert_false(boost_decides(39, 0));
	assert_false(boost_decides(38, 0));
	assert_false(boost_decides(0, 0));
}

/* Both zones as they are, asked by @request. */
static enum pfnscope_outcome asked(struct pfnscope_machine *m,
				   struct pfnscope_request request,
				   const char *served)
{
	enum pfnscope_outcome result;
	struct pfnscope_plan plan;

	request.gfp_known = true;
	request.cpu = PFNSCOPE_MISSING;
	pfnscope_plan_make(m, &request, &plan);
	result = plan.outcome;
	if (served && plan.served)
		assert_string_equal(plan.served->zone->name, served);
	else
		assert_true(!served && !plan.served);
	pfnscope_plan_clear(&plan);
	return result;
}

static void reserves_come_last(void **state)
{
	struct pfnscope_request r = { .gfp = KERNEL | PFNSCOPE_GFP_MEMALLOC };
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_machine m;
	size_t list[2];

	(void)state;
	/* Above the mark of a lower zone it does not touch the reserves. */
	two_zones(&m, zones, list, 10, 151);
	assert_int_equal(asked(&m, r, "DMA32"), PFNSCOPE_OUTCOME_SLOW);
	two_zones(&m, zones, list, 10, 150);
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_RESERVES);
	give(&zones[1], 0, PFNSCOPE_MOVABLE);
	give(&zones[0], 0, PFNSCOPE_HIGHATOMIC);
	assert_int_equal(asked(&m, r, "DMA32"), PFNSCOPE_OUTCOME_RESERVES);
	r.gfp |= PFNSCOPE_GFP_NOMEMALLOC;
	assert_int_equal(asked(&m, r, NULL), PFNSCOPE_OUTCOME_RECLAIM);
}

static void cpusets_bind_some(void **state)
{
	struct pfnscope_request r = { .gfp = KERNEL, .cpuset = 2 };
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_machine m;
	size_t list[2];

	(void)state;
	two_zones(&m, zones, list, 900, 10);
	m.nr_nodes = 2;
	zones[1].node = 1;
	/* The fast path keeps to node 1, the slow path need not. */
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_SLOW);
	r.gfp |= PFNSCOPE_GFP_HARDWALL;
	assert_int_equal(asked(&m, r, NULL), PFNSCOPE_OUTCOME_RECLAIM);
	/* What must not wait has no ALLOC_CPUSET in the slow path. */
	r.gfp = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_HARDWALL;
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_SLOW);
	r.gfp = KERNEL;
	r.nodes = 2;
	assert_int_equal(asked(&m, r, NULL), PFNSCOPE_OUTCOME_RECLAIM);
}

static void types_are_mixed_last(void **state)
{
	struct pfnscope_request r = { .gfp = KERNEL };
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_machine m;
	size_t list[2];

	(void)state;
	two_zones(&m, zones, list, 900, 900);
	give(&zones[0], 3, PFNSCOPE_MOVABLE);
	give(&zones[1], 3, PFNSCOPE_UNMOVABLE);
	assert_int_equal(asked(&m, r, "DMA32"), PFNSCOPE_OUTCOME_FAST);
	/* A page on the CPU's own list mixes nothing. */
	zones[0].pcp_known = true;
	zones[0].pcp_lists[0] = PFNSCOPE_TYPE_BIT(PFNSCOPE_UNMOVABLE);
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_FAST);
	zones[0].pcp_lists[0] = PFNSCOPE_TYPE_BIT(PFNSCOPE_MOVABLE);
	assert_int_equal(asked(&m, r, "DMA32"), PFNSCOPE_OUTCOME_FAST);
	/* Nor does taking over a whole pageblock. */
	give(&zones[0], 9, PFNSCOPE_RECLAIMABLE);
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_FAST);
	/* Where another node is next, mixing it is. */
	two_zones(&m, zones, list, 900, 900);
	m.nr_nodes = 2;
	zones[1].node = 1;
	give(&zones[0], 3, PFNSCOPE_MOVABLE);
	give(&zones[1], 3, PFNSCOPE_UNMOVABLE);
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_FAST);
}

static void blocks_behind_the_mark(void **state)
{
	struct pfnscope_request r = { .gfp = PFNSCOPE_GFP_HIGH };
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_machine m;
	size_t list[2];

	(void)state;
	two_zones(&m, zones, list, 120, 10);
	zones[0].highatomic = 512;
	zones[0].free_highatomic = 120;
	give(&zones[0], 2, PFNSCOPE_HIGHATOMIC);
	/* 6.12 gives atomic single pages the last of the reserve, 5.10 not. */
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_SLOW);
	r.gfp |= PFNSCOPE_GFP_DIRECT_RECLAIM;
	assert_int_equal(asked(&m, r, NULL), PFNSCOPE_OUTCOME_RECLAIM);
	pfnscope_rules_for(PFNSCOPE_KERNEL(5, 10, 0), &m.rules);
	r.gfp = PFNSCOPE_GFP_HIGH | PFNSCOPE_GFP_ATOMIC;
	assert_int_equal(asked(&m, r, NULL), PFNSCOPE_OUTCOME_FAIL);
	r.order = 2;
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_SLOW);
}

static void busy_nodes_come_last(void **state)
{
	struct pfnscope_request r = { .gfp = KERNEL };
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_machine m;
	size_t list[2];

	(void)state;
	two_zones(&m, zones, list, 900, 900);
	m.nr_nodes = 2;
	zones[1].node = 1;
	zones[0].kswapd_awake = true;
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_FAST);
	pfnscope_rules_for(PFNSCOPE_KERNEL(7, 2, 0), &m.rules);
	assert_int_equal(asked(&m, r, "DMA32"), PFNSCOPE_OUTCOME_FAST);
	zones[1].free = 100;
	assert_int_equal(asked(&m, r, "Normal"), PFNSCOPE_OUTCOME_FAST);
}

static void lists_of_nodes(void **state)
{
	(void)state;
	assert_int_equal(pfnscope_node_bits("\t0-1,4"), 0x13);
	assert_int_equal(pfnscope_node_bits("(null)"), 0);
	assert_true(pfnscope_node_bits("99") == UINT64_C(1) << 63);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(masks_by_era),
		cmocka_unit_test(movable_moved_in_2_6_31),
		cmocka_unit_test(names_mean_the_same),
		cmocka_unit_test(reserves_by_era),
		cmocka_unit_test(classes_of_requests),
		cmocka_unit_test(along_the_zonelist),
		cmocka_unit_test(boost_is_not_for_atomic_pages),
		cmocka_unit_test(boost_is_one_more_term),
		cmocka_unit_test(reserves_come_last),
		cmocka_unit_test(cpusets_bind_some),
		cmocka_unit_test(types_are_mixed_last),
		cmocka_unit_test(blocks_behind_the_mark),
		cmocka_unit_test(busy_nodes_come_last),
		cmocka_unit_test(lists_of_nodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
