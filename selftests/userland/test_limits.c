// SPDX-License-Identifier: GPL-2.0-only
/*
 * What turns a walk away from a node: its dirty limit, vm.zone_reclaim_mode,
 * vm.defrag_mode; each on both sides of its boundary, and where it is not known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "allocator/gfp.h"
#include "allocator/plan.h"
#include "asking.h"
#include "source/limits.h"

#define WRITE (KERNEL | PFNSCOPE_GFP_WRITE)

/* Two nodes with one zone each, and room for what tests change. */
struct two_nodes {
	struct pfnscope_machine m;
	struct pfnscope_explain_zone zones[2];
	struct pfnscope_node nodes[2];
	size_t list[2];
};

static const struct pfnscope_classes normal = {
	.class = { PFNSCOPE_CLASS_NORMAL }, .count = 1,
};

/*
 * 1000 pages free of 2000 a node; 150 for the high mark, so that 850 may be
 * dirty, and 150 of page cache: with vm.dirty_ratio of 20 that is 200.
 */
static void make(struct two_nodes *t, unsigned int version)
{
	*t = (struct two_nodes){ .m = { .classes = normal, .nr_zones = 2,
		.nr_nodes = 2, .nr_list = 2, .page_kb = 4 } };
	t->m.zones = t->zones;
	t->m.list = t->list;
	pfnscope_rules_for(version, &t->m.rules);
	for (int i = 0; i < 2; i++) {
		struct pfnscope_explain_zone *z = &t->zones[i];

		pfnscope_explain_zone_init(z);
		z->node = i;
		z->class = PFNSCOPE_CLASS_NORMAL;
		strcpy(z->name, "Normal");
		z->managed = 2000;
		z->free = 1000;
		z->min = 100;
		z->low = 125;
		z->high = 150;
		z->reserves = 1;
		t->list[i] = (size_t)i;
		t->nodes[i] = (struct pfnscope_node){ .node = i, .counter = {
			[PFNSCOPE_NODE_INACTIVE_FILE] = 100,
			[PFNSCOPE_NODE_ACTIVE_FILE] = 50 } };
	}
	pfnscope_limits_init(&t->m.limits);
	t->m.limits.settings.dirty_ratio = 20;
	t->m.limits.settings.dirty_bytes = 0;
	t->m.limits.settings.zone_reclaim_mode = 0;
	t->m.limits.settings.min_unmapped_ratio = 1;
	t->m.limits.settings.min_slab_ratio = 5;
	t->m.limits.settings.defrag_mode = 0;
	t->m.limits.nodes = t->nodes;
	t->m.limits.nr_nodes = 2;
}

#define V6_12	PFNSCOPE_KERNEL(6, 12, 0)
#define V7_2	PFNSCOPE_KERNEL(7, 2, 0)

/* Return: node that serves, or -1; @plan is for the caller to clear. */
static int64_t served_by(struct two_nodes *t, struct pfnscope_request request,
			 struct pfnscope_plan *plan)
{
	request.gfp_known = true;
	request.cpu = PFNSCOPE_MISSING;
	pfnscope_plan_make(&t->m, &request, plan);
	return plan->served ? plan->served->zone->node : -1;
}

static int64_t node_for(struct two_nodes *t, uint32_t gfp)
{
	struct pfnscope_request request = { .gfp = gfp };
	struct pfnscope_plan plan;
	int64_t node = served_by(t, request, &plan);

	pfnscope_plan_clear(&plan);
	return node;
}

static void set_dirty(struct two_nodes *t, int64_t dirty, int64_t writeback)
{
	t->nodes[0].counter[PFNSCOPE_NODE_DIRTY] = dirty;
	t->nodes[0].counter[PFNSCOPE_NODE_WRITEBACK] = writeback;
}

static void writes_leave_dirty_nodes(void **state)
{
	struct pfnscope_plan plan;
	struct two_nodes t;
	char line[224];

	(void)state;
	make(&t, V6_12);
	set_dirty(&t, 150, 50);
	assert_int_equal(node_for(&t, WRITE), 0);
	set_dirty(&t, 150, 51);
	assert_int_equal(node_for(&t, KERNEL), 0);
	assert_int_equal(served_by(&t, (struct pfnscope_request){ .gfp = WRITE },
				   &plan), 1);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_FAST);
	assert_int_equal(plan.attempts[0].verdicts[0].reason,
			 PFNSCOPE_REASON_DIRTY);
	assert_int_equal(plan.attempts[0].verdicts[0].dirty.pages, 201);
	assert_int_equal(plan.attempts[0].verdicts[0].dirty.limit, 200);
	pfnscope_reason_text(&plan.attempts[0].verdicts[0], line, sizeof(line));
	assert_non_null(strstr(line, "dirty"));
	pfnscope_plan_clear(&plan);
	/* The slow path asks no more, and is where a request with no other goes. */
	t.nodes[1] = t.nodes[0];
	t.nodes[1].node = 1;
	assert_int_equal(served_by(&t, (struct pfnscope_request){ .gfp = WRITE },
				   &plan), 0);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_SLOW);
	pfnscope_plan_clear(&plan);
}

static void what_the_limit_is_made_of(void **state)
{
	struct two_nodes t;

	(void)state;
	make(&t, V6_12);
	/* One page less free is a fifth of a page less that may be dirty. */
	set_dirty(&t, 200, 0);
	t.zones[0].free = 999;
	assert_int_equal(node_for(&t, WRITE), 1);
	/* A boost is none of the reserves, lowmem_reserve is. */
	make(&t, V6_12);
	set_dirty(&t, 200, 0);
	t.zones[0].boost = 40;
	t.zones[0].min += 40;
	t.zones[0].low += 40;
	t.zones[0].high += 40;
	assert_int_equal(node_for(&t, WRITE), 0);
	t.zones[1].reserve[0] = 1;
	assert_int_equal(node_for(&t, WRITE), 0);
	t.zones[0].reserve[0] = 1;
	assert_int_equal(node_for(&t, WRITE), 1);
	/* A realtime task has a quarter more. */
	make(&t, V6_12);
	set_dirty(&t, 250, 0);
	assert_int_equal(node_for(&t, WRITE), 1);
	{
		struct pfnscope_plan plan;

		assert_int_equal(served_by(&t, (struct pfnscope_request){
			.gfp = WRITE, .realtime = true }, &plan), 0);
		pfnscope_plan_clear(&plan);
	}
	/* vm.dirty_bytes instead: 1000 of 2001 pages, by a node's share. */
	t.m.limits.settings.dirty_bytes = 2001 * 4096;
	set_dirty(&t, 1000, 0);
	assert_int_equal(node_for(&t, WRITE), 0);
	set_dirty(&t, 1001, 0);
	assert_int_equal(node_for(&t, WRITE), 1);
}

/* Lines that say what is not known. */
static size_t unknown_lines(struct two_nodes *t, uint32_t gfp)
{
	struct pfnscope_request request = { .gfp = gfp };
	struct pfnscope_lines lines = { 0 };
	struct pfnscope_plan plan;
	size_t count;

	served_by(t, request, &plan);
	pfnscope_plan_unknown(&t->m, &plan, &lines);
	count = lines.count;
	pfnscope_lines_clear(&lines);
	pfnscope_plan_clear(&plan);
	return count;
}

static void missing_is_said(void **state)
{
	struct two_nodes t;

	(void)state;
	make(&t, V6_12);
	assert_int_equal(unknown_lines(&t, WRITE), 0);
	t.nodes[0].counter[PFNSCOPE_NODE_WRITEBACK] = PFNSCOPE_MISSING;
	assert_int_equal(unknown_lines(&t, WRITE), 1);
	assert_int_equal(unknown_lines(&t, KERNEL), 0);
	assert_int_equal(node_for(&t, WRITE), 0);
	make(&t, V6_12);
	t.m.limits.settings.dirty_ratio = PFNSCOPE_MISSING;
	assert_int_equal(unknown_lines(&t, WRITE), 1);
	/* The mode matters where a node is left. */
	make(&t, V6_12);
	t.m.limits.settings.zone_reclaim_mode = PFNSCOPE_MISSING;
	assert_int_equal(unknown_lines(&t, KERNEL), 0);
	t.zones[0].free = 125;
	assert_int_equal(unknown_lines(&t, KERNEL), 1);
	assert_int_equal(unknown_lines(&t, PFNSCOPE_GFP_HIGH), 0);
	t.m.nr_nodes = 1;
	assert_int_equal(unknown_lines(&t, KERNEL), 0);
}

static uint64_t reclaimed(struct two_nodes *t, struct pfnscope_request request)
{
	struct pfnscope_plan plan;
	uint64_t nodes;

	served_by(t, request, &plan);
	nodes = plan.attempts[0].reclaims;
	pfnscope_plan_clear(&plan);
	return nodes;
}

/* 1 % of 2000 pages unmapped, 5 % of them reclaimable slab: more is reclaimed. */
static void nodes_are_reclaimed_first(void **state)
{
	struct pfnscope_request r = { .gfp = KERNEL };
	struct two_nodes t;
	int64_t *counter = t.nodes[0].counter;

	(void)state;
	make(&t, V6_12);
	t.m.limits.settings.zone_reclaim_mode = 1;
	t.zones[0].free = 126;
	assert_int_equal(reclaimed(&t, r), 0);
	t.zones[0].free = 125;
	assert_int_equal(reclaimed(&t, r), 1);
	counter[PFNSCOPE_NODE_MAPPED] = 129;
	assert_int_equal(reclaimed(&t, r), 1);
	counter[PFNSCOPE_NODE_MAPPED] = 130;
	assert_int_equal(reclaimed(&t, r), 0);
	counter[PFNSCOPE_NODE_SLAB_RECLAIMABLE] = 100;
	assert_int_equal(reclaimed(&t, r), 0);
	counter[PFNSCOPE_NODE_SLAB_RECLAIMABLE] = 101;
	assert_int_equal(reclaimed(&t, r), 1);
	/* Dirty pages count only where they may be written. */
	counter[PFNSCOPE_NODE_SLAB_RECLAIMABLE] = 0;
	counter[PFNSCOPE_NODE_MAPPED] = 120;
	counter[PFNSCOPE_NODE_DIRTY] = 10;
	assert_int_equal(reclaimed(&t, r), 0);
	t.m.limits.settings.zone_reclaim_mode = 3;
	assert_int_equal(reclaimed(&t, r), 1);
	/* Neither what may not wait, nor reclaim itself, nor for a far node. */
	assert_int_equal(reclaimed(&t, (struct pfnscope_request){
		.gfp = PFNSCOPE_GFP_HIGH }), 0);
	r.memalloc = true;
	assert_int_equal(reclaimed(&t, r), 0);
	r.memalloc = false;
	r.node = 1;
	assert_int_equal(reclaimed(&t, r), 0);
	r.node = 0;
	t.m.limits.settings.zone_reclaim_mode = 0;
	assert_int_equal(reclaimed(&t, r), 0);
}

static void types_stay_apart(void **state)
{
	struct pfnscope_request r = { .gfp = KERNEL };
	struct pfnscope_plan plan;
	struct two_nodes t;

	(void)state;
	make(&t, V7_2);
	give(&t.zones[0], 3, PFNSCOPE_MOVABLE);
	give(&t.zones[1], 3, PFNSCOPE_MOVABLE);
	assert_int_equal(node_for(&t, KERNEL), 0);
	t.m.limits.settings.defrag_mode = PFNSCOPE_MISSING;
	assert_int_equal(node_for(&t, KERNEL), 0);
	assert_int_equal(unknown_lines(&t, KERNEL), 1);
	t.m.limits.settings.defrag_mode = 1;
	assert_int_equal(served_by(&t, r, &plan), -1);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_RECLAIM);
	assert_true(plan.attempts[0].never_mixes);
	/* Kswapd is asked for a whole pageblock, and there is none. */
	assert_int_equal(plan.kswapd_nodes, 3);
	pfnscope_plan_clear(&plan);
	r.gfp = PFNSCOPE_GFP_HIGH;
	assert_int_equal(served_by(&t, r, &plan), -1);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_FAIL);
	pfnscope_plan_clear(&plan);
	/* Since 7.2 a request that wakes kswapd and may not wait mixes rather than fail. */
	r.gfp |= PFNSCOPE_GFP_KSWAPD_RECLAIM;
	assert_int_equal(served_by(&t, r, &plan), 0);
	assert_int_equal(plan.outcome, PFNSCOPE_OUTCOME_SLOW);
	assert_true(plan.attempts[1].mixed);
	pfnscope_plan_clear(&plan);
	t.m.rules.defrag_yields = false;
	assert_int_equal(served_by(&t, r, &plan), -1);
	pfnscope_plan_clear(&plan);
	t.m.rules.defrag_yields = true;
	/* Reserves are taken as they come. */
	assert_int_equal(node_for(&t, KERNEL | PFNSCOPE_GFP_MEMALLOC), 0);
	/* A pageblock as a whole may change its type, a smaller block not. */
	t.m.rules.pageblock_order = 9;
	give(&t.zones[1], 8, PFNSCOPE_MOVABLE);
	assert_int_equal(node_for(&t, KERNEL), -1);
	give(&t.zones[1], 9, PFNSCOPE_MOVABLE);
	assert_int_equal(node_for(&t, KERNEL), 1);
	/* The setting came with 6.15. */
	pfnscope_rules_for(V6_12, &t.m.rules);
	assert_int_equal(node_for(&t, KERNEL), 0);
}

/* --- the reader --- */

static char root[] = "/tmp/pfnscope-limits.XXXXXX";

static void put(const char *path, const char *text)
{
	char full[256];
	FILE *file;

	snprintf(full, sizeof(full), "%s/%s", root, path);
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void make_folder(const char *path)
{
	char full[256];

	snprintf(full, sizeof(full), "%s/%s", root, path);
	assert_int_equal(mkdir(full, 0755), 0);
}

static void read_root(struct pfnscope_limits *limits)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_source *source;

	assert_int_equal(pfnscope_source_open(root, &source, &error), 0);
	pfnscope_limits_read(source, limits);
	pfnscope_source_close(source);
}

static void files_are_read(void **state)
{
	struct pfnscope_limits limits;

	(void)state;
	assert_non_null(mkdtemp(root));
	make_folder("proc");
	make_folder("proc/sys");
	make_folder("proc/sys/vm");
	read_root(&limits);
	assert_true(limits.settings.zone_reclaim_mode == PFNSCOPE_MISSING);
	assert_int_equal(limits.nr_nodes, 0);
	pfnscope_limits_clear(&limits);
	put("proc/sys/vm/dirty_ratio", "20\n");
	put("proc/sys/vm/dirty_bytes", "0\n");
	put("proc/zoneinfo", "Node 0, zone      DMA\n  per-node stats\n"
	    "      nr_inactive_file 7\n      nr_dirty 3\n  pages free 9\n"
	    "Node 1, zone   Normal\n  per-node stats\n"
	    "      nr_writeback 5\n  pages free 9\n");
	read_root(&limits);
	assert_int_equal(limits.settings.dirty_ratio, 20);
	/* A kernel without the file is one without the mode. */
	assert_int_equal(limits.settings.zone_reclaim_mode, 0);
	assert_int_equal(limits.settings.defrag_mode, 0);
	assert_int_equal(limits.nr_nodes, 2);
	assert_int_equal(limits.nodes[0].counter[PFNSCOPE_NODE_INACTIVE_FILE], 7);
	assert_int_equal(limits.nodes[0].counter[PFNSCOPE_NODE_DIRTY], 3);
	assert_true(limits.nodes[0].counter[PFNSCOPE_NODE_WRITEBACK] ==
		    PFNSCOPE_MISSING);
	assert_int_equal(limits.nodes[1].counter[PFNSCOPE_NODE_WRITEBACK], 5);
	pfnscope_limits_clear(&limits);
	put("proc/sys/vm/zone_reclaim_mode", "1\n");
	put("proc/sys/vm/defrag_mode", "1\n");
	put("proc/zoneinfo", "Node 99999999999999999999, zone\n\n nr_dirty x\n");
	read_root(&limits);
	assert_int_equal(limits.settings.zone_reclaim_mode, 1);
	assert_int_equal(limits.settings.defrag_mode, 1);
	assert_int_equal(limits.nr_nodes, 0);
	pfnscope_limits_clear(&limits);
}

static int remove_root(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", root);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_leave_dirty_nodes),
		cmocka_unit_test(what_the_limit_is_made_of),
		cmocka_unit_test(missing_is_said),
		cmocka_unit_test(nodes_are_reclaimed_first),
		cmocka_unit_test(types_stay_apart),
		cmocka_unit_test(files_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, remove_root);
}
