// SPDX-License-Identifier: GPL-2.0-only
/* Percentiles and bars of latency, where the answer is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/text.h"
#include "view/latency.h"

#define BUCKETS	28

static struct pfnscope_table *with(const uint64_t buckets[BUCKETS], uint64_t longest)
{
	struct pfnscope_table *table = pfnscope_table_new(&pfnscope_view_latency);
	struct pfnscope_value *row = pfnscope_table_add(table);

	pfnscope_table_set_number(table, row, LATENCY_longest_ns, longest);
	pfnscope_table_set_numbers(table, row, LATENCY_buckets, buckets, BUCKETS);
	pfnscope_latency_tell(table);
	return table;
}

static uint64_t number(const struct pfnscope_table *table, unsigned int column)
{
	uint64_t number = UINT64_MAX;

	assert_true(pfnscope_table_number(table, 0, column, &number));
	return number;
}

static void expect(const uint64_t buckets[BUCKETS], uint64_t longest, uint64_t p50, uint64_t p90, uint64_t p99)
{
	struct pfnscope_table *table = with(buckets, longest);

	assert_int_equal(number(table, LATENCY_p50_ns), p50);
	assert_int_equal(number(table, LATENCY_p90_ns), p90);
	assert_int_equal(number(table, LATENCY_p99_ns), p99);
	pfnscope_table_free(table);
}

static void percentiles_are_ends_of_buckets(void **state)
{
	const uint64_t one[BUCKETS] = { [3] = 1 }, even[BUCKETS] = { [0] = 50, [5] = 40, [10] = 9, [20] = 1 };
	const uint64_t above[BUCKETS] = { [0] = 49, [1] = 51 }, last[BUCKETS] = { [0] = 1, [27] = 1 };

	(void)state;
	/* Of one event it is the event. */
	expect(one, 5000, 5000, 5000, 5000);
	expect(even, 900000000, 1024, 32768, 1048576);
	expect(above, 2000, 2000, 2000, 2000);
	expect(above, 2047, 2047, 2047, 2047);
	/* The last bucket has no end but the longest. */
	expect(last, 200000000000, 1024, 200000000000, 200000000000);
}

static void of_none_nothing_is_told(void **state)
{
	const uint64_t none[BUCKETS] = { 0 };
	struct pfnscope_table *table = with(none, 0);
	struct pfnscope_text text = { 0 };
	uint64_t ns;

	(void)state;
	assert_false(pfnscope_table_number(table, 0, LATENCY_p50_ns, &ns));
	pfnscope_latency_bars(table, 0, &text);
	assert_null(text.data);
	pfnscope_table_free(table);
}

static void bars_begin_and_end_where_there_is_something(void **state)
{
	const uint64_t buckets[BUCKETS] = { [1] = 400, [3] = 1, [4] = 100 }, last[BUCKETS] = { [27] = 2 };
	struct pfnscope_table *table = with(buckets, 10000);
	struct pfnscope_text text = { 0 };

	(void)state;
	pfnscope_latency_bars(table, 0, &text);
	assert_string_equal(text.data,
			    "      <2us       400 ########################################\n"
			    "      <4us         0\n"
			    "    <8.1us         1 #\n"
			    "   <16.3us       100 ##########\n");
	pfnscope_table_free(table);
	text.length = 0;
	table = with(last, 100000000000);
	pfnscope_latency_bars(table, 0, &text);
	assert_string_equal(text.data, "   >=68.7s         2 ########################################\n");
	pfnscope_table_free(table);
	free(text.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percentiles_are_ends_of_buckets),
		cmocka_unit_test(of_none_nothing_is_told),
		cmocka_unit_test(bars_begin_and_end_where_there_is_something),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
