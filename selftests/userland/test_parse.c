// SPDX-License-Identifier: GPL-2.0-only
/* The reader of the module's files: what it takes, and what it refuses where. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "source/parse.h"
#include "source/view.h"
#include "table/fields.h"

#define THINGS_ROW "a thing"
#define THINGS_FIELDS(F, V) \
	F(V, STRING, name, SHOWN, NULL, "") \
	F(V, PAGES, free_pages, 0, NULL, "") \
	F(V, SIGNED, change, 0, NULL, "") \
	F(V, NUMBERS_PAGES, list_pages, 0, NULL, "") \
	F(V, WORDS, flags, 0, NULL, "")

PFNSCOPE_COLUMNS(THINGS);

/* Of the second version, see main(). */
static struct pfnscope_view view = PFNSCOPE_VIEW(THINGS, "things");

#define HEAD	"pfnscope things 2.0\n"
#define COLUMNS	"name free_pages change list_pages flags\n"
#define GOOD	HEAD COLUMNS "a 1 -2 3,4 x,y\n" "b\\040c - - none none\n"

static struct pfnscope_error error;

/* NULL where it is refused; then @error says why. */
static struct pfnscope_table *read_text(const char *text, size_t size)
{
	struct pfnscope_table *table = pfnscope_table_new(&view);
	struct pfnscope_input *input;

	memset(&error, 0, sizeof(error));
	pfnscope_input_memory("f", text, size, &input);
	if (pfnscope_view_parse(input, SIZE_MAX, table, &error)) {
		pfnscope_table_free(table);
		table = NULL;
	}
	pfnscope_input_close(input);
	return table;
}

static struct pfnscope_table *read_good(const char *text)
{
	struct pfnscope_table *table = read_text(text, strlen(text));

	if (!table)
		fail_msg("refused: %s", error.text);
	return table;
}

static void refuse(const char *text, size_t size, const char *why)
{
	struct pfnscope_table *table = read_text(text, size);

	if (table)
		fail_msg("not refused (%s): %s", why, text);
	assert_int_equal(error.status, PFNSCOPE_BAD_DATA);
	if (strncmp(error.text, why, strlen(why)))
		fail_msg("said \"%s\", not \"%s\"", error.text, why);
}

#define REFUSE(text, why)	refuse(text, sizeof(text) - 1, why)

static void every_type_is_read(void **state)
{
	struct pfnscope_table *table = read_good(GOOD);
	const struct pfnscope_value *row = table->cells;

	(void)state;
	assert_int_equal(table->nr_rows, 2);
	assert_int_equal(table->state, PFNSCOPE_TABLE_COMPLETE);
	assert_string_equal(row[0].string, "a");
	assert_int_equal(row[1].number, 1);
	assert_int_equal(row[2].integer, -2);
	assert_int_equal(row[3].count, 2);
	assert_int_equal(row[3].numbers[1], 4);
	assert_int_equal(row[4].count, 2);
	assert_string_equal(row[4].words[1], "y");
	row += view.nr_fields;
	assert_string_equal(row[0].string, "b c");
	assert_false(row[1].known);
	assert_false(row[2].known);
	assert_true(row[3].known && !row[3].count);
	assert_true(row[4].known && !row[4].count);
	pfnscope_table_free(table);
}

static void columns_are_found_by_name(void **state)
{
	struct pfnscope_table *table;
	uint64_t number;

	(void)state;
	table = read_good(HEAD "future free_pages name\n" "what\\ever 7 a\n");
	assert_true(pfnscope_table_number(table, 0, THINGS_free_pages, &number));
	assert_int_equal(number, 7);
	assert_string_equal(pfnscope_table_string(table, 0, THINGS_name), "a");
	assert_null(pfnscope_table_cell(table, 0, THINGS_flags));
	pfnscope_table_free(table);
	table = read_good("pfnscope things 2.99\n" "future\n" "1\n");
	assert_int_equal(table->nr_rows, 1);
	pfnscope_table_free(table);
	table = read_good("pfnscope things 1.0\n" COLUMNS);
	assert_int_equal(table->nr_rows, 0);
	pfnscope_table_free(table);
}

static void remarks_are_kept(void **state)
{
	struct pfnscope_table *table;

	(void)state;
	table = read_good(HEAD COLUMNS "# unavailable: no such thing here\n");
	assert_int_equal(table->state, PFNSCOPE_TABLE_UNAVAILABLE);
	assert_string_equal(table->reason, "no such thing here");
	pfnscope_table_free(table);
	table = read_good(HEAD COLUMNS "a 1 1 1 x\n" "# stopped: too long\n");
	assert_int_equal(table->state, PFNSCOPE_TABLE_PARTIAL);
	assert_string_equal(table->reason, "stopped: too long");
	assert_int_equal(table->nr_rows, 1);
	pfnscope_table_free(table);
	REFUSE(HEAD COLUMNS "# unavailable: x\n" "a 1 1 1 x\n", "f:4:1: ");
	REFUSE(HEAD COLUMNS "a 1 1 1 x\n" "# unavailable: x\n", "f:4:1: ");
}

static void damage_is_refused_with_its_place(void **state)
{
	(void)state;
	REFUSE("", "f:0:1: the file is empty");
	REFUSE("\n", "f:1:1: does not begin with");
	REFUSE("hello\n", "f:1:1: does not begin with");
	REFUSE("pfnscope other 2.0\n" COLUMNS, "f:1:1: does not begin with");
	REFUSE("pfnscope things\n" COLUMNS, "f:1:1: has no version");
	REFUSE("pfnscope things 2\n", "f:1:17: not a version");
	REFUSE("pfnscope things 2.x\n", "f:1:17: not a version");
	REFUSE("pfnscope things 2.0 more\n", "f:1:21: something behind");
	REFUSE("pfnscope things 3.0\n" COLUMNS, "f:1:17: version 3.0 of this file is newer");
	REFUSE("pfnscope things 99999999999999999999.0\n", "f:1:17: not a version");
	REFUSE(HEAD, "f:1:1: the line of column names is missing");
	REFUSE(HEAD "\n", "f:2:1: no column names");
	REFUSE(HEAD "name name\n", "f:2:6: column \"name\" comes twice");
	REFUSE(HEAD "name  flags\n", "f:2:6: an empty cell");
	REFUSE(HEAD COLUMNS "a 1 1 1\n", "f:3:8: the row ends after 4 of 5");
	REFUSE(HEAD COLUMNS "\n", "f:3:1: the row ends after 0 of 5");
	REFUSE(HEAD COLUMNS "a 1 1 1 x y\n", "f:3:11: the row has more cells");
	REFUSE(HEAD COLUMNS "a 1 1 1 x \n", "f:3:10: a blank at the end");
	REFUSE(HEAD COLUMNS "a  1 1 1 x\n", "f:3:3: an empty cell");
	REFUSE(HEAD COLUMNS "a 1 1 1 x", "f:3:10: the file is cut off");
	REFUSE(HEAD COLUMNS "a 1 1\0 1 x\n", "f:3:6: a NUL byte");
	REFUSE(HEAD COLUMNS "a\\04 1 1 1 x\n", "f:3:2: a backslash");
	REFUSE(HEAD COLUMNS "a\\000 1 1 1 x\n", "f:3:2: a backslash");
	REFUSE(HEAD COLUMNS "a\\777 1 1 1 x\n", "f:3:2: a backslash");
	REFUSE(HEAD COLUMNS "a 1 1 1 x,y\\\n", "f:3:12: a backslash");
}

static void numbers_are_strict(void **state)
{
	struct pfnscope_table *table;

	(void)state;
	REFUSE(HEAD COLUMNS "a -1 1 1 x\n", "f:3:3: not a number: \"-1\"");
	REFUSE(HEAD COLUMNS "a +1 1 1 x\n", "f:3:3: not a number");
	REFUSE(HEAD COLUMNS "a 1x 1 1 x\n", "f:3:3: not a number");
	REFUSE(HEAD COLUMNS "a 0x1 1 1 x\n", "f:3:3: not a number");
	REFUSE(HEAD COLUMNS "a 1.5 1 1 x\n", "f:3:3: not a number");
	REFUSE(HEAD COLUMNS "a 1\t 1 1 x\n", "f:3:3: not a number");
	REFUSE(HEAD COLUMNS "a none 1 1 x\n", "f:3:3: not a number");
	REFUSE(HEAD COLUMNS "a 18446744073709551616 1 1 x\n", "f:3:3: too large");
	REFUSE(HEAD COLUMNS "a 1 9223372036854775808 1 x\n", "f:3:5: too large");
	REFUSE(HEAD COLUMNS "a 1 -9223372036854775809 1 x\n", "f:3:5: too large");
	REFUSE(HEAD COLUMNS "a 1 --1 1 x\n", "f:3:5: not a number");
	REFUSE(HEAD COLUMNS "a 1 1 1,,2 x\n", "f:3:9: an empty element");
	REFUSE(HEAD COLUMNS "a 1 1 1, x\n", "f:3:9: an empty element");
	REFUSE(HEAD COLUMNS "a 1 1 ,1 x\n", "f:3:7: an empty element");
	REFUSE(HEAD COLUMNS "a 1 1 1,x x\n", "f:3:9: not a number");
	table = read_good(HEAD COLUMNS
		"a 18446744073709551615 -9223372036854775808 0,18446744073709551615 x\n");
	assert_true(table->cells[1].number == UINT64_MAX);
	assert_true(table->cells[2].integer == INT64_MIN);
	assert_true(table->cells[3].numbers[1] == UINT64_MAX);
	pfnscope_table_free(table);
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
	(void)state;
	REFUSE(HEAD COLUMNS "a \033[2J 1 1 x\n", "f:3:3: not a number: \"?[2J\"");
}

/* Every prefix is refused, but where it ends with a whole line behind the names. */
static void every_truncation_is_seen(void **state)
{
	size_t head = strlen(HEAD COLUMNS);
	size_t size;

	(void)state;
	for (size = 0; size < strlen(GOOD); size++) {
		struct pfnscope_table *table = read_text(GOOD, size);
		bool whole = size >= head && GOOD[size - 1] == '\n';

		assert_int_equal(!!table, whole);
		pfnscope_table_free(table);
	}
}

static void a_very_long_line_is_refused(void **state)
{
	size_t size = 3 * 1024 * 1024;
	char *text = malloc(size);

	(void)state;
	memset(text, 'a', size);
	refuse(text, size, "f: a line is longer than");
	free(text);
}

static void a_long_list_is_read(void **state)
{
	size_t count = 100000, i;
	char *text = malloc(64 + 2 * count), *at = text;
	struct pfnscope_table *table;

	(void)state;
	at += sprintf(at, HEAD "list_pages\n");
	for (i = 0; i < count; i++)
		at += sprintf(at, "%s7", i ? "," : "");
	strcpy(at, "\n");
	table = read_good(text);
	assert_int_equal(table->cells[3].count, count);
	assert_int_equal(table->cells[3].numbers[count - 1], 7);
	pfnscope_table_free(table);
	free(text);
}

/* Whatever is done to a good file, it is read or refused, and nothing else. */
static void damaged_bytes_are_survived(void **state)
{
	static const char bytes[] = "\0\n\t ,-#\\0179az.\x80\xff";
	char text[sizeof(GOOD)];
	size_t at, i;

	(void)state;
	for (at = 0; at < sizeof(GOOD) - 1; at++) {
		for (i = 0; i < sizeof(bytes) - 1; i++) {
			struct pfnscope_table *table;

			memcpy(text, GOOD, sizeof(GOOD));
			text[at] = bytes[i];
			table = read_text(text, sizeof(GOOD) - 1);
			if (!table)
				assert_int_equal(error.status, PFNSCOPE_BAD_DATA);
			pfnscope_table_free(table);
		}
	}
}

static void rows_can_be_limited(void **state)
{
	struct pfnscope_table *table = pfnscope_table_new(&view);
	struct pfnscope_input *input;

	(void)state;
	memset(&error, 0, sizeof(error));
	pfnscope_input_memory("f", GOOD, strlen(GOOD), &input);
	assert_int_equal(pfnscope_view_parse(input, 1, table, &error), 0);
	assert_int_equal(table->nr_rows, 1);
	pfnscope_input_close(input);
	pfnscope_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_is_read),
		cmocka_unit_test(columns_are_found_by_name),
		cmocka_unit_test(remarks_are_kept),
		cmocka_unit_test(damage_is_refused_with_its_place),
		cmocka_unit_test(numbers_are_strict),
		cmocka_unit_test(control_characters_do_not_reach_the_terminal),
		cmocka_unit_test(every_truncation_is_seen),
		cmocka_unit_test(a_very_long_line_is_refused),
		cmocka_unit_test(a_long_list_is_read),
		cmocka_unit_test(damaged_bytes_are_survived),
		cmocka_unit_test(rows_can_be_limited),
	};

	view.major = 2;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
