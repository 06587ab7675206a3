// SPDX-License-Identifier: GPL-2.0-only
/* Which events of a ring that is read again are new, and how many are missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "view/events.h"

static void add(struct pfnscope_table *table, uint64_t cpu, uint64_t first, uint64_t last)
{
	for (; first <= last; first++) {
		struct pfnscope_value *row = pfnscope_table_add(table);

		pfnscope_table_set_number(table, row, EVENTS_cpu, cpu);
		pfnscope_table_set_number(table, row, EVENTS_number, first);
		pfnscope_table_set_string(table, row, EVENTS_event, "steal");
	}
}

/* A reading in which CPU 0 has @first to @last, and CPU 1 @other to @others. */
static void see(struct pfnscope_events_seen *seen, uint64_t first, uint64_t last, uint64_t other, uint64_t others,
		size_t fresh, uint64_t lost)
{
	struct pfnscope_table *table = pfnscope_table_new(&pfnscope_view_events);
	struct pfnscope_table *got = pfnscope_table_new(&pfnscope_view_events);

	add(table, 0, first, last);
	add(table, 1, other, others);
	seen->lost = 0;
	pfnscope_events_see(seen, table, got);
	assert_int_equal(got->nr_rows, fresh);
	assert_int_equal(seen->lost, lost);
	for (size_t row = 0; row < got->nr_rows; row++)
		assert_string_equal(pfnscope_table_string(got, row, EVENTS_event), "steal");
	pfnscope_table_free(table);
	pfnscope_table_free(got);
}

static void what_was_seen_is_not_new(void **state)
{
	struct pfnscope_events_seen seen = { 0 };

	(void)state;
	see(&seen, 1, 5, 1, 2, 7, 0);
	see(&seen, 1, 5, 1, 2, 0, 0);
	see(&seen, 2, 7, 1, 2, 2, 0);
	/* 8 to 10 of one and 3 of the other gave way before they were read. */
	see(&seen, 11, 20, 4, 4, 11, 4);
	see(&seen, 12, 21, 4, 4, 1, 0);
	free(seen.last);
}

static void a_machine_grows(void **state)
{
	struct pfnscope_events_seen seen = { 0 };
	struct pfnscope_table *table = pfnscope_table_new(&pfnscope_view_events);

	(void)state;
	see(&seen, 1, 1, 1, 1, 2, 0);
	add(table, 4095, 1, 3);
	add(table, UINT64_MAX, 1, 3);
	pfnscope_events_see(&seen, table, NULL);
	assert_int_equal(seen.lost, 0);
	see(&seen, 1, 2, 1, 1, 1, 0);
	assert_int_equal(seen.last[4095], 3);
	pfnscope_table_free(table);
	free(seen.last);
}

static void the_remark_says_what_found_no_room(void **state)
{
	struct pfnscope_table *table = pfnscope_table_new(&pfnscope_view_events);

	(void)state;
	assert_int_equal(pfnscope_events_without_room(table), 0);
	pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL, "12 events have given way to newer ones, 34 found no room");
	assert_int_equal(pfnscope_events_without_room(table), 34);
	pfnscope_table_free(table);
	table = pfnscope_table_new(&pfnscope_view_events);
	pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL, "12 events have given way to newer ones");
	assert_int_equal(pfnscope_events_without_room(table), 0);
	pfnscope_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_seen_is_not_new),
		cmocka_unit_test(a_machine_grows),
		cmocka_unit_test(the_remark_says_what_found_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
