// SPDX-License-Identifier: GPL-2.0-only
/* What was waited for beside what PSI counted, where the answer is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "triage/stalls.h"
#include "view/stalls.h"

#define MS	1000000ULL
#define NONE	UINT64_MAX

static void add(struct pfnscope_table *table, uint64_t id, const char *cgroup, const char *event, const char *orders,
		uint64_t count, uint64_t ns, uint64_t longest)
{
	struct pfnscope_value *row = pfnscope_table_add(table);

	if (cgroup)
		pfnscope_table_set_string(table, row, STALLS_cgroup, cgroup);
	if (id)
		pfnscope_table_set_number(table, row, STALLS_cgroup_id, id);
	pfnscope_table_set_string(table, row, STALLS_event, event);
	if (orders)
		pfnscope_table_set_string(table, row, STALLS_orders, orders);
	pfnscope_table_set_number(table, row, STALLS_count, count);
	pfnscope_table_set_number(table, row, STALLS_total_ns, ns);
	pfnscope_table_set_number(table, row, STALLS_longest_ns, longest);
	if (!strcmp(event, "memcg_reclaim"))
		pfnscope_table_set_number(table, row, STALLS_reclaimed_pages, 32 * count);
}

static struct pfnscope_table *stalls(void)
{
	return pfnscope_table_new(&pfnscope_view_stalls);
}

/* The row of a cgroup, which may be NULL, and a cause; fails where there is none or several. */
static size_t row_of(const struct pfnscope_table *table, const char *cgroup, const char *event, const char *orders)
{
	size_t found = SIZE_MAX;

	for (size_t row = 0; row < table->nr_rows; row++) {
		const char *path = pfnscope_table_string(table, row, STALL_SHARES_cgroup);
		const char *of = pfnscope_table_string(table, row, STALL_SHARES_orders);

		if ((path && cgroup ? strcmp(path, cgroup) : path != cgroup) ||
		    (of && orders ? strcmp(of, orders) : of != orders) ||
		    strcmp(pfnscope_table_string(table, row, STALL_SHARES_event), event))
			continue;
		assert_int_equal(found, SIZE_MAX);
		found = row;
	}
	assert_int_not_equal(found, SIZE_MAX);
	return found;
}

static void expect(const struct pfnscope_table *table, size_t row, unsigned int column, uint64_t number)
{
	uint64_t is = NONE;

	assert_int_equal(pfnscope_table_number(table, row, column, &is), number != NONE);
	assert_int_equal(is, number);
}

static struct pfnscope_pressed pressed(const char *path, uint64_t before_us, uint64_t after_us)
{
	return (struct pfnscope_pressed){ (char *)path, before_us, after_us };
}

static void parts_of_the_pressure(void **state)
{
	struct pfnscope_pressed groups[] = { pressed("/", 0, 2000000), pressed("/a", 1000, 1001000), pressed("/b", 5, 5) };
	const struct pfnscope_pressures pressures = { groups, 3 };
	struct pfnscope_table *after = stalls(), *shares;
	bool overlap;

	(void)state;
	add(after, 5, "/a", "memcg_reclaim", "0", 100, 600 * MS, 90 * MS);
	add(after, 5, "/a", "compaction", "9", 2, 300 * MS, 200 * MS);
	shares = pfnscope_stall_shares(&pressures, NULL, after, &overlap);
	assert_false(overlap);
	assert_int_equal(shares->nr_rows, 6);
	/* Those that waited longest come first, and in them what did; what is left is last. */
	assert_int_equal(row_of(shares, "/", "memcg_reclaim", "0"), 0);
	assert_int_equal(row_of(shares, "/", "other", NULL), 2);
	expect(shares, 2, STALL_SHARES_total_ns, 1100 * MS);
	expect(shares, 2, STALL_SHARES_share_permille, 550);
	expect(shares, 2, STALL_SHARES_count, NONE);
	assert_int_equal(row_of(shares, "/a", "memcg_reclaim", "0"), 3);
	expect(shares, 3, STALL_SHARES_pressure_ns, 1000 * MS);
	expect(shares, 3, STALL_SHARES_share_permille, 600);
	expect(shares, 3, STALL_SHARES_count, 100);
	expect(shares, 3, STALL_SHARES_longest_ns, 90 * MS);
	expect(shares, 3, STALL_SHARES_reclaimed_pages, 3200);
	assert_int_equal(row_of(shares, "/a", "compaction", "9"), 4);
	expect(shares, 4, STALL_SHARES_reclaimed_pages, NONE);
	expect(shares, 5, STALL_SHARES_share_permille, 100);
	pfnscope_table_free(after);
	pfnscope_table_free(shares);
}

static void those_below_are_in_it(void **state)
{
	struct pfnscope_pressed groups[] = { pressed("/", 0, 900000), pressed("/a", 0, 900000), pressed("/a/b", 0, 500000),
					     pressed("/ab", 0, 0) };
	const struct pfnscope_pressures pressures = { groups, 4 };
	struct pfnscope_table *after = stalls(), *shares;
	bool overlap;

	(void)state;
	add(after, 5, "/a", "memcg_reclaim", "0", 1, 100 * MS, 100 * MS);
	add(after, 6, "/a/b", "memcg_reclaim", "0", 3, 300 * MS, 150 * MS);
	add(after, 7, "/ab", "direct_reclaim", "0", 1, 5 * MS, 5 * MS);
	shares = pfnscope_stall_shares(&pressures, NULL, after, &overlap);
	expect(shares, row_of(shares, "/", "memcg_reclaim", "0"), STALL_SHARES_total_ns, 400 * MS);
	expect(shares, row_of(shares, "/", "other", NULL), STALL_SHARES_total_ns, 495 * MS);
	expect(shares, row_of(shares, "/a", "memcg_reclaim", "0"), STALL_SHARES_count, 4);
	expect(shares, row_of(shares, "/a", "memcg_reclaim", "0"), STALL_SHARES_longest_ns, 150 * MS);
	expect(shares, row_of(shares, "/a", "other", NULL), STALL_SHARES_total_ns, 500 * MS);
	expect(shares, row_of(shares, "/a/b", "other", NULL), STALL_SHARES_share_permille, 400);
	/* Its name only begins like theirs. */
	expect(shares, row_of(shares, "/ab", "direct_reclaim", "0"), STALL_SHARES_share_permille, 1000);
	assert_int_equal(shares->nr_rows, 3 + 2 + 2 + 2);
	pfnscope_table_free(after);
	pfnscope_table_free(shares);
}

static void only_what_was_added(void **state)
{
	struct pfnscope_pressed groups[] = { pressed("/a", 7000000, 7400000) };
	const struct pfnscope_pressures pressures = { groups, 1 };
	struct pfnscope_table *before = stalls(), *after = stalls(), *shares;
	bool overlap;

	(void)state;
	add(before, 5, "/a", "memcg_reclaim", "0", 10, 900 * MS, 500 * MS);
	add(before, 5, "/a", "direct_reclaim", "0", 10, 900 * MS, 80 * MS);
	add(before, 5, "/a", "throttle", NULL, 10, 900 * MS, 80 * MS);
	add(after, 5, "/a", "memcg_reclaim", "0", 12, 1000 * MS, 500 * MS);
	add(after, 5, "/a", "direct_reclaim", "0", 11, 1000 * MS, 100 * MS);
	add(after, 5, "/a", "throttle", NULL, 10, 900 * MS, 80 * MS);
	add(after, 5, "/a", "compaction", "9", 1, 50 * MS, 50 * MS);
	/* One of the same name, with another number. */
	add(after, 9, "/a", "memcg_reclaim", "0", 1, 30 * MS, 30 * MS);
	shares = pfnscope_stall_shares(&pressures, before, after, &overlap);
	assert_int_equal(shares->nr_rows, 4);
	expect(shares, row_of(shares, "/a", "memcg_reclaim", "0"), STALL_SHARES_count, 3);
	expect(shares, row_of(shares, "/a", "memcg_reclaim", "0"), STALL_SHARES_total_ns, 130 * MS);
	/* What took longest of all may have been before. */
	expect(shares, row_of(shares, "/a", "memcg_reclaim", "0"), STALL_SHARES_longest_ns, 30 * MS);
	expect(shares, row_of(shares, "/a", "direct_reclaim", "0"), STALL_SHARES_longest_ns, 100 * MS);
	expect(shares, row_of(shares, "/a", "other", NULL), STALL_SHARES_total_ns, 120 * MS);
	pfnscope_table_free(before);
	pfnscope_table_free(after);
	pfnscope_table_free(shares);
}

static void tasks_that_wait_together(void **state)
{
	struct pfnscope_pressed groups[] = { pressed("/a", 0, 1000000) };
	const struct pfnscope_pressures pressures = { groups, 1 };
	struct pfnscope_table *after = stalls(), *shares;
	bool overlap;

	(void)state;
	add(after, 5, "/a", "memcg_reclaim", "0", 2, 1500 * MS, 900 * MS);
	add(after, 5, "/a", "throttle", NULL, 2, 500 * MS, 300 * MS);
	shares = pfnscope_stall_shares(&pressures, NULL, after, &overlap);
	assert_true(overlap);
	expect(shares, row_of(shares, "/a", "memcg_reclaim", "0"), STALL_SHARES_share_permille, 750);
	expect(shares, row_of(shares, "/a", "throttle", NULL), STALL_SHARES_share_permille, 250);
	expect(shares, row_of(shares, "/a", "other", NULL), STALL_SHARES_total_ns, 0);
	pfnscope_table_free(after);
	pfnscope_table_free(shares);
}

static void cgroups_that_are_gone(void **state)
{
	struct pfnscope_pressed groups[] = { pressed("/", 0, 1000000) };
	const struct pfnscope_pressures pressures = { groups, 1 };
	struct pfnscope_table *before = stalls(), *after = stalls(), *shares;
	bool overlap;

	(void)state;
	add(before, 5, "/was", "memcg_reclaim", "0", 1, 100 * MS, 100 * MS);
	add(after, 5, NULL, "memcg_reclaim", "0", 2, 300 * MS, 200 * MS);
	add(after, 6, NULL, "memcg_reclaim", "0", 1, 50 * MS, 50 * MS);
	add(after, 7, NULL, "memcg_reclaim", "0", 1, 60 * MS, 60 * MS);
	add(after, 0, "others", "memcg_reclaim", "0", 1, 90 * MS, 90 * MS);
	shares = pfnscope_stall_shares(&pressures, before, after, &overlap);
	/* It was there at the begin; PSI told of it then, and only the machine's still does. */
	expect(shares, row_of(shares, "/was", "memcg_reclaim", "0"), STALL_SHARES_total_ns, 200 * MS);
	expect(shares, row_of(shares, "/was", "memcg_reclaim", "0"), STALL_SHARES_pressure_ns, NONE);
	expect(shares, row_of(shares, NULL, "memcg_reclaim", "0"), STALL_SHARES_count, 2);
	expect(shares, row_of(shares, "others", "memcg_reclaim", "0"), STALL_SHARES_count, 1);
	expect(shares, row_of(shares, "/", "memcg_reclaim", "0"), STALL_SHARES_total_ns, 400 * MS);
	expect(shares, row_of(shares, "/", "other", NULL), STALL_SHARES_total_ns, 600 * MS);
	assert_int_equal(shares->nr_rows, 5);
	pfnscope_table_free(before);
	pfnscope_table_free(after);
	pfnscope_table_free(shares);
}

/* Off and on again it begins anew; PSI goes on, or is not counted at all. */
static void less_than_before(void **state)
{
	struct pfnscope_pressed groups[] = { pressed("/a", NONE, NONE), pressed("/b", 9, 3) };
	const struct pfnscope_pressures pressures = { groups, 2 };
	struct pfnscope_table *before = stalls(), *after = stalls(), *shares;
	bool overlap;

	(void)state;
	add(before, 5, "/a", "memcg_reclaim", "0", 10, 900 * MS, 500 * MS);
	add(after, 5, "/a", "memcg_reclaim", "0", 3, 100 * MS, 50 * MS);
	shares = pfnscope_stall_shares(&pressures, before, after, &overlap);
	assert_int_equal(shares->nr_rows, 1);
	expect(shares, 0, STALL_SHARES_count, 3);
	expect(shares, 0, STALL_SHARES_pressure_ns, NONE);
	expect(shares, 0, STALL_SHARES_share_permille, 1000);
	assert_false(overlap);
	pfnscope_table_free(before);
	pfnscope_table_free(after);
	pfnscope_table_free(shares);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_of_the_pressure),
		cmocka_unit_test(those_below_are_in_it),
		cmocka_unit_test(only_what_was_added),
		cmocka_unit_test(tasks_that_wait_together),
		cmocka_unit_test(cgroups_that_are_gone),
		cmocka_unit_test(less_than_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
