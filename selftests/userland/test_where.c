// SPDX-License-Identifier: GPL-2.0-only
/* Conditions and orders of rows, on a table whose right answers are counted by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "table/fields.h"
#include "table/select.h"
#include "table/where.h"

#define THINGS_ROW "a thing"
#define THINGS_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, PAGES, free_pages, SHOWN, NULL, "f") \
	F(V, NS, spent_ns, SHOWN, NULL, "t") \
	F(V, WORDS, flags, SHOWN, NULL, "w") \
	F(V, SIGNED, delta, SHOWN, NULL, "s") \
	F(V, SIGNED_PERMILLE, spread_permille, SHOWN, NULL, "p")

PFNSCOPE_COLUMNS(THINGS);

static const struct pfnscope_view view = PFNSCOPE_VIEW(THINGS, "things");

static const char *const both[] = { "dma", "cgroup" };

/* Row 3 knows nothing but its zone. */
static struct pfnscope_table *sample(void)
{
	static const struct {
		uint64_t node, free, spent;
		const char *zone;
		uint32_t flags;
		int64_t delta, spread;
	} rows[] = {
		{ 0, 256, 1500, "DMA", 1, -5, -1000 },
		{ 0, 255, 2000000, "DMA32", 2, 5, 499 },
		{ 1, 70000, 0, "Normal", 0, -5, 501 },
	};
	struct pfnscope_table *table = pfnscope_table_new(&view);
	struct pfnscope_value *cells;

	for (size_t i = 0; i < 3; i++) {
		cells = pfnscope_table_add(table);
		pfnscope_table_set_number(table, cells, THINGS_node, rows[i].node);
		pfnscope_table_set_string(table, cells, THINGS_zone, rows[i].zone);
		pfnscope_table_set_number(table, cells, THINGS_free_pages, rows[i].free);
		pfnscope_table_set_number(table, cells, THINGS_spent_ns, rows[i].spent);
		cells[THINGS_flags] = (struct pfnscope_value) {
			.known = true, .count = rows[i].flags, .words = both,
		};
		cells[THINGS_delta] = (struct pfnscope_value) {
			.known = true, .integer = rows[i].delta,
		};
		cells[THINGS_spread_permille] = (struct pfnscope_value) {
			.known = true, .integer = rows[i].spread,
		};
	}
	cells = pfnscope_table_add(table);
	pfnscope_table_set_string(table, cells, THINGS_zone, "Movable");
	return table;
}

/* The zones of the rows that are left, in their order, each by its first letters. */
static void rows_are(const struct pfnscope_table *table, const char *zones)
{
	char *found = pfnscope_strdup("");

	for (size_t row = 0; row < table->nr_rows; row++) {
		char *more = pfnscope_format("%s%s%s", found, row ? " " : "",
			pfnscope_table_string(table, row, THINGS_zone));

		free(found);
		found = more;
	}
	assert_string_equal(found, zones);
	free(found);
}

static void left(const char *condition, const char *zones)
{
	struct pfnscope_table *table = sample();
	struct pfnscope_error error = { 0 };
	struct pfnscope_where where = { .count = 0 };
	char *none;

	assert_int_equal(pfnscope_where_add(&where, condition, &error), 0);
	assert_int_equal(pfnscope_where_check(&where, &view, &error), 0);
	none = pfnscope_where_apply(&where, table, 4096);
	rows_are(table, zones);
	assert_int_equal(!none, *zones != '\0');
	free(none);
	pfnscope_where_clear(&where);
	pfnscope_table_free(table);
}

static void numbers_are_compared_in_their_unit(void **state)
{
	(void)state;
	left("free=256", "DMA");
	left("free==256", "DMA");
	left("FREE_PAGES!=256", "DMA32 Normal");
	left("free<256", "DMA32");
	left("free<=256", "DMA DMA32");
	left("free>256", "Normal");
	left("free>=255", "DMA DMA32 Normal");
	left("free>=1M", "DMA Normal");
	left("free<1MiB", "DMA32");
	left("free>=1G", "");
	left("free=1048576B", "DMA");
	left("spent>1ms", "DMA32");
	left("spent>=1500", "DMA DMA32");
	left("spent<2us", "DMA Normal");
	left("free>99999999999999999999", "");
	left("delta=-5", "DMA Normal");
	left("delta<5", "DMA Normal");
	left("delta>-6", "DMA DMA32 Normal");
	left("delta>=10", "");
	left("spread>50%", "Normal");
	left("spread<=500", "DMA DMA32");
	left("spread=-100%", "DMA");
}

static void words_are_equal_or_not(void **state)
{
	(void)state;
	left("zone=dma", "DMA");
	left("zone!=DMA", "DMA32 Normal Movable");
	left("flags=cgroup", "DMA32");
	left("flags=dma", "DMA DMA32");
	left("flags!=cgroup", "DMA Normal");
	left("zone=none", "");
}

static void refused(const char *condition, const char *why)
{
	struct pfnscope_where where = { .count = 0 };
	struct pfnscope_error error = { 0 };

	if (!pfnscope_where_add(&where, condition, &error))
		assert_int_equal(pfnscope_where_check(&where, &view, &error), -1);
	assert_int_equal(error.status, PFNSCOPE_USAGE);
	assert_non_null(strstr(error.text, why));
	pfnscope_where_clear(&where);
}

static void what_is_no_condition_is_refused(void **state)
{
	(void)state;
	refused("", "--where");
	refused("free", "--where");
	refused("free>", "--where");
	refused(">5", "--where");
	refused("free!5", "--where");
	refused("fre>5", "no column \"fre\"");
	refused("free>x", "not a number or a size");
	refused("free>1Q", "not a number or a size");
	refused("free>1Mx", "not a number or a size");
	refused("spent>1M", "or a time");
	refused("node=1K", "not a number");
	refused("node=-1", "not a number");
	refused("free=100000000000000000000000000", "not a number");
	refused("zone>DMA", "= and !=");
	refused("flags<a", "= and !=");
}

static void too_many_conditions_are_refused(void **state)
{
	struct pfnscope_where where = { .count = 0 };
	struct pfnscope_error error = { 0 };

	(void)state;
	for (size_t i = 0; i < PFNSCOPE_CONDITIONS; i++)
		assert_int_equal(pfnscope_where_add(&where, "node=0", &error), 0);
	assert_int_equal(pfnscope_where_add(&where, "node=0", &error), -1);
	assert_int_equal(error.status, PFNSCOPE_USAGE);
	pfnscope_where_clear(&where);
}

static void nothing_left_has_its_reason(void **state)
{
	struct pfnscope_table *table = sample();
	struct pfnscope_error error = { 0 };
	struct pfnscope_where where = { .count = 0 };
	char *none;

	(void)state;
	pfnscope_where_add(&where, "node=0", &error);
	pfnscope_where_equal(&where, "zone", "dmaa", &error);
	none = pfnscope_where_apply(&where, table, 4096);
	assert_string_equal(none, "no row with zone = dmaa: there are DMA, DMA32, Normal, Movable");
	free(none);
	pfnscope_table_free(table);
	pfnscope_where_clear(&where);
	table = sample();
	pfnscope_where_add(&where, "node=0", &error);
	pfnscope_where_add(&where, "zone=Normal", &error);
	none = pfnscope_where_apply(&where, table, 4096);
	assert_string_equal(none, "no row fulfils all conditions together");
	free(none);
	pfnscope_table_free(table);
	pfnscope_where_clear(&where);
}

static void sorted(const char *columns, const char *zones)
{
	struct pfnscope_table *table = sample();
	char *copy = pfnscope_strdup(columns);

	assert_null(pfnscope_table_sort(table, &view, copy));
	rows_are(table, zones);
	free(copy);
	pfnscope_table_free(table);
}

static void rows_are_sorted(void **state)
{
	char unknown[] = "free,nix";

	(void)state;
	sorted("free", "Normal DMA DMA32 Movable");
	sorted("-free", "DMA32 DMA Normal Movable");
	sorted("zone", "DMA DMA32 Movable Normal");
	sorted("-zone", "Normal Movable DMA32 DMA");
	sorted("node", "Normal DMA DMA32 Movable");
	sorted("-node,free", "DMA DMA32 Normal Movable");
	sorted("-node,-free", "DMA32 DMA Normal Movable");
	sorted("delta,free", "DMA32 Normal DMA Movable");
	sorted("flags", "DMA32 DMA Normal Movable");
	assert_string_equal(pfnscope_table_sort(NULL, &view, unknown), "nix");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_compared_in_their_unit),
		cmocka_unit_test(words_are_equal_or_not),
		cmocka_unit_test(what_is_no_condition_is_refused),
		cmocka_unit_test(too_many_conditions_are_refused),
		cmocka_unit_test(nothing_left_has_its_reason),
		cmocka_unit_test(rows_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
