// SPDX-License-Identifier: GPL-2.0-only
/*
 * What zones say to the request of a report: one small log a rule, the sums done
 * by hand. "node zone passes reason", a line a verdict.
 */
// with: oom-reports.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "oom-reports.h"

#define CPU(release)	"[1.0] CPU: 0 PID: 9 Comm: a Not tainted " release " #1\n"
#define FAILED(order, gfp, release) \
	"[1.0] a: page allocation failure: order:" order ", mode:" gfp \
	", nodemask=(null)\n" CPU(release)
#define ZONE(name, marks)	"[1.0] Node 0 " name " " marks "\n"
#define ROW(numbers)	"[1.0] lowmem_reserve[]: " numbers "\n"
#define LIST(name, blocks)	"[1.0] Node 0 " name ": " blocks "\n"

#define MIN	"free below watermark min"
#define RESERVE	"free below watermark + lowmem_reserve for this request's class"
#define PASSES	"would have succeeded on this snapshot"
#define APART	"free above the watermark only with what is reserved for CMA or highatomic"
#define TYPE	"only CMA or HIGHATOMIC blocks big enough"
#define UNKNOWN	"cannot be told from this dump"

struct fact {
	const char *log;
	const char *verdicts;
};

static const struct fact facts[] = {
	/* 2500 pages free, 2400 of them CMA, and min is 1000. */
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0")
	  ZONE("Normal", "free:10000kB min:4000kB low:5000kB high:6000kB "
	       "reserved_highatomic:0KB managed:400000kB free_cma:9600kB")
	  ROW("0 0 0") LIST("Normal", "2500*4kB (UC) = 10000kB"),
	  "0 Normal false " APART },
	/* A movable request may use them. */
	{ FAILED("0", "0x100cca(GFP_HIGHUSER_MOVABLE)", "5.10.0")
	  ZONE("Normal", "free:10000kB min:4000kB low:5000kB high:6000kB "
	       "reserved_highatomic:0KB managed:400000kB free_cma:9600kB")
	  ROW("0 0 0") LIST("Normal", "2500*4kB (UC) = 10000kB"),
	  "0 Normal true " PASSES },
	/* 512 of the 1250 free pages are the highatomic reserve's. */
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0")
	  ZONE("Normal", "free:5000kB min:4000kB low:5000kB high:6000kB "
	       "reserved_highatomic:2048KB managed:400000kB free_cma:0kB")
	  ROW("0 0 0") LIST("Normal", "1250*4kB (UH) = 5000kB"),
	  "0 Normal false " APART },
	/* The line was cut before its free_cma: the counters of the machine bound it. */
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0") "[1.0] free:2500 free_pcp:0 free_cma:2400\n"
	  ZONE("Normal", "free:10000kB min:4000kB low:5000kB high:6000kB managed:400000kB")
	  ROW("0 0 0") LIST("Normal", "2500*4kB (UC) = 10000kB"), "0 Normal null " UNKNOWN },
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0") "[1.0] free:2500 free_pcp:0 free_cma:200\n"
	  ZONE("Normal", "free:10000kB min:4000kB low:5000kB high:6000kB managed:400000kB")
	  ROW("0 0 0") LIST("Normal", "2500*4kB (UC) = 10000kB"), "0 Normal true " PASSES },
	/* Two lines are lost, so the row is that of the zone above. */
	{ FAILED("0", "0x100cca(GFP_HIGHUSER_MOVABLE)", "5.10.0")
	  ZONE("DMA", "free:8000kB min:4000kB low:5000kB high:6000kB managed:15000kB free_cma:0kB")
	  ROW("0 0 10 10") LIST("DMA", "2000*4kB (U) = 8000kB") LIST("DMA32", "2000*4kB (U) = 8000kB"),
	  "0 DMA null " UNKNOWN },
	/* A list alone: what its letters leave. */
	{ FAILED("3", "0xcc0(GFP_KERNEL)", "5.10.0")
	  LIST("Normal", "10*4kB (U) 0*8kB 0*16kB 2*32kB (C) = 104kB"),
	  "0 Normal false " TYPE },
	{ FAILED("3", "0xcc0(GFP_KERNEL)", "5.10.0")
	  LIST("Normal", "10*4kB (U) 1*8kB (U) 0*16kB 0*32kB = 48kB"),
	  "0 Normal false no free block of order >= 3" },
	{ FAILED("3", "0xcc0(GFP_KERNEL)", "5.10.0")
	  LIST("Normal", "10*4kB (U) 1*8kB (U) 0*16kB 1*32kB (M) = 80kB"), "" },
	/* kB against kB, where nothing tells the page size. */
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0")
	  ZONE("Normal", "free:11200kB min:11440kB low:14300kB high:17160kB "
	       "managed:900000kB") ROW("0 0 0"), "0 Normal false " MIN },
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0")
	  ZONE("Normal", "free:11500kB min:11440kB low:14300kB high:17160kB "
	       "managed:900000kB") ROW("0 0 0"), "0 Normal true " PASSES },
	{ FAILED("2", "0xcc0(GFP_KERNEL)", "5.10.0")
	  ZONE("Normal", "free:11500kB min:11440kB low:14300kB high:17160kB "
	       "managed:900000kB") ROW("0 0 0"), "0 Normal null " UNKNOWN },
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0")
	  ZONE("DMA", "free:11500kB min:11440kB low:14300kB high:17160kB "
	       "managed:900000kB") ROW("0 50 50"), "0 DMA null " UNKNOWN },
	/* mode:0x0 was GFP_NOWAIT: it may use three quarters of the mark. */
	{ FAILED("0", "0x0", "3.2.0")
	  ZONE("Normal", "free:7600kB min:8140kB low:10172kB high:12208kB")
	  ROW("0 0 0") LIST("Normal", "1900*4kB = 7600kB"),
	  "0 Normal true " PASSES },
	/* But a page fault that failed elsewhere hands on nothing. */
	{ "[1.0] a invoked oom-killer: gfp_mask=0x0, order=0\n" CPU("3.2.0")
	  ZONE("Normal", "free:7600kB min:8140kB low:10172kB high:12208kB")
	  ROW("0 0 0") LIST("Normal", "1900*4kB = 7600kB"),
	  "0 Normal false " MIN },
	/* Of two nodes one counts: that which passes cannot be it for certain. */
	{ FAILED("0", "0x200cc0(GFP_KERNEL|__GFP_THISNODE)", "5.10.0")
	  ZONE("Normal", "free:20000kB min:4000kB low:5000kB high:6000kB "
	       "managed:400000kB") ROW("0 0 0")
	  "[1.0] Node 1 Normal free:100kB min:4000kB low:5000kB high:6000kB "
	  "managed:400000kB\n" ROW("0 0 0")
	  LIST("Normal", "5000*4kB (U) = 20000kB"),
	  "0 Normal null cannot be told: __GFP_THISNODE, and the log does not "
	  "name the node\n1 Normal false " MIN },
	/* Where there is one node, it is that. */
	{ FAILED("0", "0x200cc0(GFP_KERNEL|__GFP_THISNODE)", "5.10.0")
	  ZONE("Normal", "free:20000kB min:4000kB low:5000kB high:6000kB "
	       "managed:400000kB") ROW("0 0 0")
	  LIST("Normal", "5000*4kB (U) = 20000kB"), "0 Normal true " PASSES },
	/* Figures beyond any machine are no figures. */
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0")
	  ZONE("Normal", "free:9223372036854775807kB min:8kB low:8kB high:8kB")
	  ROW("0 0 0") LIST("Normal", "1*4kB (U) = 4kB"),
	  "0 Normal null " UNKNOWN },
	{ FAILED("0", "0xcc0(GFP_KERNEL)", "5.10.0")
	  ZONE("DMA", "free:4000kB min:8kB low:8kB high:8kB managed:9000kB")
	  ROW("0 9223372036854775807 999999999999999999")
	  LIST("DMA", "1000*4kB (U) = 4000kB"), "0 DMA null " UNKNOWN },
};

static struct json_object *get(struct json_object *object, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(object, key, &value);
	return value;
}

static void lines_of(struct json_object *verdicts, char *out, size_t size)
{
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < json_object_array_length(verdicts); i++) {
		struct json_object *v = json_object_array_get_idx(verdicts, i);

		used += (size_t)snprintf(out + used, size - used,
			"%s%s %s %s %s", i ? "\n" : "",
			oom_plain(get(v, "node")),
			json_object_get_string(get(v, "zone")),
			oom_plain(get(v, "passes")),
			json_object_get_string(get(v, "reason")));
		assert_true(used < size);
	}
}

static void verdicts_by_rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		struct json_object *reports = oom_reports(facts[i].log,
							  strlen(facts[i].log));
		char ours[512];

		assert_int_equal(json_object_array_length(reports), 1);
		lines_of(get(json_object_array_get_idx(reports, 0), "verdict"),
			 ours, sizeof(ours));
		if (strcmp(ours, facts[i].verdicts))
			print_message("# log %zu\n", i);
		assert_string_equal(ours, facts[i].verdicts);
		json_object_put(reports);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_by_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
