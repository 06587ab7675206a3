// SPDX-License-Identifier: GPL-2.0-only
/* What tables have more or less than when they were read before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/render.h"
#include "table/changes.h"
#include "table/fields.h"

#define SECOND	1000000000LL

#define THINGS_ROW "a thing"
#define THINGS_FIELDS(F, V) \
	F(V, STRING, name, SHOWN | WHICH, NULL, "which") \
	F(V, COUNT, count, SHOWN, NULL, "how many") \
	F(V, PAGES, free_pages, SHOWN, NULL, "pages") \
	F(V, PFN, start_pfn, SHOWN, NULL, "a place") \
	F(V, SIGNED, weight, SHOWN, NULL, "below 0 too") \
	F(V, STRING, state, SHOWN, NULL, "a word")

PFNSCOPE_COLUMNS(THINGS);
static const struct pfnscope_view things = PFNSCOPE_VIEW(THINGS, "things");

static void add(struct pfnscope_table *table, const char *name, uint64_t count,
		uint64_t pages, int64_t weight)
{
	struct pfnscope_value *row = pfnscope_table_add(table);

	pfnscope_table_set_string(table, row, THINGS_name, name);
	pfnscope_table_set_number(table, row, THINGS_count, count);
	pfnscope_table_set_number(table, row, THINGS_free_pages, pages);
	pfnscope_table_set_number(table, row, THINGS_start_pfn, count * 512);
	pfnscope_table_set_signed(table, row, THINGS_weight, weight);
	pfnscope_table_set_string(table, row, THINGS_state, count % 2 ? "odd" : "even");
}

static void take(struct pfnscope_changes *changes, const struct pfnscope_table *table,
		 int64_t at)
{
	pfnscope_changes_tick(changes, at);
	pfnscope_changes_take(changes, table);
}

/* The first reading, with rows "one" and "other". */
static struct pfnscope_changes *begin(void)
{
	struct pfnscope_changes *changes = pfnscope_changes_new();
	struct pfnscope_table *table = pfnscope_table_new(&things);
	struct pfnscope_change change;

	add(table, "one", 100, 5000, -7);
	add(table, "other", 10, 5000, 0);
	take(changes, table, 5 * SECOND);
	assert_false(pfnscope_changes_of(changes, table, 0, THINGS_count, &change));
	pfnscope_table_free(table);
	return changes;
}

static void rows_are_found_wherever_they_stand(void **state)
{
	struct pfnscope_changes *changes = begin();
	struct pfnscope_table *table = pfnscope_table_new(&things);
	struct pfnscope_change change;

	(void)state;
	add(table, "new", 1, 1, 1);
	add(table, "other", 7, 5000, -3);
	add(table, "one", 160, 4000, -7);
	take(changes, table, 7 * SECOND);
	assert_true(pfnscope_changes_of(changes, table, 2, THINGS_count, &change));
	assert_int_equal(change.delta, 60);
	assert_int_equal(change.ns, 2 * SECOND);
	assert_true(pfnscope_changes_of(changes, table, 1, THINGS_count, &change));
	assert_int_equal(change.delta, -3);
	assert_true(pfnscope_changes_of(changes, table, 1, THINGS_weight, &change));
	assert_int_equal(change.delta, -3);
	/* What is as it was, what is new, a place, a name and a word have none. */
	assert_false(pfnscope_changes_of(changes, table, 1, THINGS_free_pages, &change));
	assert_false(pfnscope_changes_of(changes, table, 2, THINGS_weight, &change));
	assert_false(pfnscope_changes_of(changes, table, 0, THINGS_count, &change));
	assert_false(pfnscope_changes_of(changes, table, 2, THINGS_start_pfn, &change));
	assert_false(pfnscope_changes_of(changes, table, 2, THINGS_name, &change));
	assert_false(pfnscope_changes_of(changes, table, 2, THINGS_state, &change));
	pfnscope_table_free(table);
	pfnscope_changes_free(changes);
}

static void a_reading_is_taken_once(void **state)
{
	struct pfnscope_changes *changes = begin();
	struct pfnscope_table *table = pfnscope_table_new(&things);
	struct pfnscope_change change;

	(void)state;
	add(table, "one", 110, 5000, -7);
	take(changes, table, 6 * SECOND);
	pfnscope_changes_again(changes, 6 * SECOND + SECOND / 2);
	pfnscope_changes_take(changes, table);
	assert_true(pfnscope_changes_of(changes, table, 0, THINGS_count, &change));
	assert_int_equal(change.delta, 10);
	assert_int_equal(change.ns, SECOND + SECOND / 2);
	pfnscope_table_free(table);
	pfnscope_changes_free(changes);
}

static void rows_of_one_name_have_none(void **state)
{
	struct pfnscope_changes *changes = pfnscope_changes_new();
	struct pfnscope_table *table = pfnscope_table_new(&things);
	struct pfnscope_change change;

	(void)state;
	add(table, "twin", 1, 1, 1);
	add(table, "alone", 1, 1, 1);
	add(table, "twin", 5, 1, 1);
	take(changes, table, SECOND);
	pfnscope_table_set_number(table, pfnscope_table_row(table, 0), THINGS_count, 9);
	pfnscope_table_set_number(table, pfnscope_table_row(table, 1), THINGS_count, 9);
	pfnscope_table_set_number(table, pfnscope_table_row(table, 2), THINGS_count, 9);
	take(changes, table, 2 * SECOND);
	assert_false(pfnscope_changes_of(changes, table, 0, THINGS_count, &change));
	assert_false(pfnscope_changes_of(changes, table, 2, THINGS_count, &change));
	assert_true(pfnscope_changes_of(changes, table, 1, THINGS_count, &change));
	pfnscope_table_free(table);
	pfnscope_changes_free(changes);
}

static void what_changed_most_comes_first(void **state)
{
	struct pfnscope_changes *changes = pfnscope_changes_new();
	struct pfnscope_table *table = pfnscope_table_new(&things);
	static const char *const names[] = { "a", "b", "c", "d" };
	static const uint64_t later[] = { 200, 400, 100, 10 };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		add(table, names[i], 1, 200, 0);
	take(changes, table, SECOND);
	for (size_t i = 0; i < 4; i++)
		pfnscope_table_set_number(table, pfnscope_table_row(table, i),
					  THINGS_free_pages, later[i]);
	/* 0, +200, -100, -190 */
	take(changes, table, 2 * SECOND);
	pfnscope_changes_sort(changes, table, "free_pages,nonsense");
	assert_string_equal(pfnscope_table_string(table, 0, THINGS_name), "b");
	assert_string_equal(pfnscope_table_string(table, 1, THINGS_name), "d");
	assert_string_equal(pfnscope_table_string(table, 2, THINGS_name), "c");
	assert_string_equal(pfnscope_table_string(table, 3, THINGS_name), "a");
	pfnscope_table_free(table);
	pfnscope_changes_free(changes);
}

/* The text of @table with its changes. */
static char *text_of(struct pfnscope_changes *changes, const struct pfnscope_table *table)
{
	const struct pfnscope_format format = {
		.page_size_bytes = 4096, .changes = changes, .no_headings = true,
		.columns = "name,count,free,weight",
	};
	struct pfnscope_error error = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	pfnscope_render_keep(out);
	assert_int_equal(pfnscope_render_table(&format, table, &error), 0);
	pfnscope_render_keep(NULL);
	fclose(out);
	return text;
}

static void a_change_is_told_each_second(void **state)
{
	struct pfnscope_changes *changes = begin();
	struct pfnscope_table *table = pfnscope_table_new(&things);
	char *text;

	(void)state;
	/* In four seconds: +1 and -1024 pages, of 4 KiB: 1 MiB a second; and +80, -1. */
	add(table, "one", 101, 3976, -7);
	add(table, "other", 90, 5000, -1);
	take(changes, table, 9 * SECOND);
	text = text_of(changes, table);
	assert_non_null(strstr(text, "101 +0.2"));
	assert_non_null(strstr(text, "M -1M "));
	assert_non_null(strstr(text, "90 +20"));
	assert_non_null(strstr(text, "-1 -0.2"));
	free(text);
	take(changes, table, 10 * SECOND);
	text = text_of(changes, table);
	assert_null(strchr(text, '+'));
	free(text);
	pfnscope_table_set_number(table, pfnscope_table_row(table, 0), THINGS_count, 102);
	take(changes, table, 110 * SECOND);
	text = text_of(changes, table);
	assert_non_null(strstr(text, "102 +<0.1"));
	free(text);
	pfnscope_table_free(table);
	pfnscope_changes_free(changes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_found_wherever_they_stand),
		cmocka_unit_test(a_reading_is_taken_once),
		cmocka_unit_test(rows_of_one_name_have_none),
		cmocka_unit_test(what_changed_most_comes_first),
		cmocka_unit_test(a_change_is_told_each_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
