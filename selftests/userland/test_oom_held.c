// SPDX-License-Identifier: GPL-2.0-only
/*
 * What held memory: small reports whose sums are done by hand, and the same
 * with parts cut off. A figure that a cut could change is not told.
 */
// with: oom-reports.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "oom-reports.h"

#define HEADER	"[1.0] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n" \
		"[1.0] CPU: 0 PID: 9 Comm: a Not tainted 5.10.0 #1\n"
#define LISTS	"[1.0] active_anon:100 inactive_anon:50000 isolated_anon:0\n" \
		"[1.0]  active_file:10 inactive_file:20 isolated_file:0\n" \
		"[1.0]  unevictable:0 dirty:0 writeback:0\n"
#define SLAB	"[1.0]  slab_reclaimable:500 slab_unreclaimable:1000\n"
#define REST	"[1.0]  mapped:0 shmem:100 pagetables:200 bounce:0\n" \
		"[1.0]  free:2000 free_pcp:0 free_cma:0\n"
#define NODE	"[1.0] Node 0 active_anon:400kB inactive_anon:200000kB " \
		"active_file:40kB inactive_file:80kB unevictable:0kB " \
		"isolated(anon):0kB isolated(file):0kB shmem:400kB " \
		"kernel_stack:800kB pagetables:800kB\n"
#define ZONE	"[1.0] Node 0 DMA32 free:8000kB min:8100kB low:9000kB " \
		"high:9900kB managed:400000kB mlocked:16kB free_pcp:0kB " \
		"free_cma:0kB\n" \
		"[1.0] lowmem_reserve[]: 0 0 0\n"
#define FREE	"[1.0] Node 0 DMA32: 2000*4kB (U) = 8000kB\n"
#define HUGE(total, size) \
	"[1.0] Node 0 hugepages_total=" total " hugepages_free=" total \
	" hugepages_surp=0 hugepages_size=" size "kB\n"
#define TOTALS	"[1.0] 30 total pagecache pages\n" \
		"[1.0] 110000 pages RAM\n[1.0] 10000 pages reserved\n"

/* 400000 less 200400, 120, 6000, 800, 800, 8000 */
#define UNNAMED	183880

struct fact {
	const char *log;
	const char *most;	/* "category kB", or "null" */
	int64_t unaccounted;	/* -1: null */
};

static const struct fact facts[] = {
	{ HEADER LISTS SLAB REST NODE ZONE FREE TOTALS, "anon 200000", UNNAMED },
	/* The totals are cut off: the zones are, by their last row, complete. */
	{ HEADER LISTS SLAB REST NODE ZONE FREE HUGE("0", "2048"),
	  "anon 200000", UNNAMED },
	/* No line tells whether there were pools of huge pages. */
	{ HEADER LISTS SLAB REST NODE ZONE FREE, "anon 200000", -1 },
	{ HEADER LISTS SLAB REST NODE ZONE FREE HUGE("60", "2048") TOTALS,
	  "anon 200000", UNNAMED - 60 * 2048 },
	/* A gigantic page counts like any other pool. */
	{ HEADER "[1.0] active_anon:0 inactive_anon:0 isolated_anon:0\n"
	  "[1.0]  active_file:0 inactive_file:0 isolated_file:0\n"
	  "[1.0]  unevictable:0 dirty:0 writeback:0\n" SLAB REST
	  ZONE FREE HUGE("1", "200000") TOTALS, "hugepages 200000", 185200 },
	/* Without the slab counters the rest may be slab; it is the smaller. */
	{ HEADER LISTS REST NODE ZONE FREE TOTALS, "anon 200000", -1 },
	/* And here it is the larger: nothing can be told. */
	{ HEADER "[1.0] active_anon:0 inactive_anon:25000 isolated_anon:0\n"
	  "[1.0]  active_file:0 inactive_file:0 isolated_file:0\n"
	  "[1.0]  unevictable:0 dirty:0 writeback:0\n" REST
	  ZONE FREE TOTALS, "null", -1 },
	/* The head is cut: the line of the only node stands in. */
	{ "[1.0] " SLAB REST NODE ZONE FREE TOTALS, "anon 200000", UNNAMED },
	/* A zone above is not printed: its memory is no part of any sum. */
	{ HEADER LISTS SLAB REST "[1.0] Node 0 DMA free:400kB min:30kB "
	  "low:40kB high:50kB managed:20000kB\n"
	  "[1.0] lowmem_reserve[]: 0 360 360\n" HUGE("0", "2048"), "null", -1 },
	/* Not each zone is there, but each node: their lines come before the first zone. */
	{ NODE "[1.0] Node 0 DMA free:400kB min:30kB low:40kB high:50kB managed:20000kB\n"
	  "[1.0] lowmem_reserve[]: 0 360 360\n[1.0] Node 0 DMA: 100*4kB (U) = 400kB\n" HUGE("0", "2048") TOTALS,
	  "anon 200000", -1 },
	{ "[1.0] Node 1 active_anon:400kB inactive_anon:200000kB active_file:40kB inactive_file:80kB shmem:400kB\n"
	  "[1.0] Node 0 DMA free:400kB min:30kB low:40kB high:50kB managed:20000kB\n"
	  "[1.0] lowmem_reserve[]: 0 360 360\n[1.0] Node 0 DMA: 100*4kB (U) = 400kB\n" HUGE("0", "2048") TOTALS,
	  "null", -1 },
	/* Nothing but free memory. */
	{ HEADER "[1.0] active_anon:0 inactive_anon:25000 isolated_anon:0\n"
	  "[1.0]  active_file:0 inactive_file:0 isolated_file:0\n"
	  "[1.0]  unevictable:0 dirty:0 writeback:0\n" SLAB
	  "[1.0]  mapped:0 shmem:0 pagetables:0 bounce:0\n"
	  "[1.0]  free:70000 free_pcp:500 free_cma:0\n" FREE TOTALS, "free 280000",
	  12000 },
	/* More is named than there is: parts of two machines. */
	{ HEADER LISTS SLAB REST NODE ZONE FREE
	  "[1.0] 51000 pages RAM\n[1.0] 1000 pages reserved\n", "null", -1 },
	/* Figures beyond any machine are no figures. */
	{ HEADER "[1.0] active_anon:2305843009213693951 inactive_anon:0\n"
	  "[1.0] free:9223372036854775807\n" ZONE FREE TOTALS, "null", -1 },
};

static struct json_object *get(struct json_object *object, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(object, key, &value);
	return value;
}

static void most_and_unaccounted(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		struct json_object *reports = oom_reports(facts[i].log,
							  strlen(facts[i].log));
		struct json_object *report =
			json_object_array_get_idx(reports, 0);
		struct json_object *most = get(report, "most");
		struct json_object *left = get(report, "unaccounted_kb");
		char ours[96] = "null";

		if (most)
			snprintf(ours, sizeof(ours), "%s %s",
				 json_object_get_string(get(most, "category")),
				 oom_plain(get(most, "kb")));
		print_message("# log %zu: %s, unaccounted %s\n", i, ours,
			      oom_plain(left));
		assert_int_equal(json_object_array_length(reports), 1);
		assert_string_equal(ours, facts[i].most);
		if (facts[i].unaccounted < 0)
			assert_null(left);
		else
			assert_int_equal(json_object_get_int64(left),
					 facts[i].unaccounted);
		json_object_put(reports);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_and_unaccounted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
