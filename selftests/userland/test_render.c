// SPDX-License-Identifier: GPL-2.0-only
/* Units, raw cells and JSON, on cells whose right text is known. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "render/parts.h"
#include "table/fields.h"

#define THINGS_ROW "a thing"
#define THINGS_FIELDS(F, V) \
	F(V, STRING, name, SHOWN, NULL, "n") \
	F(V, PAGES, free_pages, SHOWN, NULL, "f") \
	F(V, NS, spent_ns, 0, NULL, "t") \
	F(V, NUMBERS_PAGES, list_pages, 0, NULL, "l") \
	F(V, WORDS, flags, 0, NULL, "w") \
	F(V, SIGNED, change, 0, "DELTA", "s") \
	F(V, MASK, gfp_mask, 0, NULL, "m")

PFNSCOPE_COLUMNS(THINGS);

static const struct pfnscope_view view = PFNSCOPE_VIEW(THINGS, "things");

static const uint64_t numbers[] = { 0, 256, UINT64_MAX };
static const char *const words[] = { "a", "b c" };

static struct pfnscope_table *sample(void)
{
	struct pfnscope_table *table = pfnscope_table_new(&view);
	struct pfnscope_value *row = pfnscope_table_add(table);

	pfnscope_table_set_string(table, row, THINGS_name, "say \"hi\"\\\n\xff\xc3\xa9");
	pfnscope_table_set_number(table, row, THINGS_free_pages, UINT64_MAX);
	pfnscope_table_set_number(table, row, THINGS_spent_ns, 1500);
	pfnscope_table_set_numbers(table, row, THINGS_list_pages, numbers, 2);
	row[THINGS_flags].known = true;
	row[THINGS_flags].count = 2;
	row[THINGS_flags].words = words;
	row[THINGS_change].known = true;
	row[THINGS_change].integer = INT64_MIN;
	pfnscope_table_add(table);
	return table;
}

static void cell_is(const struct pfnscope_format *format, int field,
		    uint64_t number, const char *text)
{
	struct pfnscope_value value = { .known = true, .number = number };
	char *cell = pfnscope_render_cell(format, &view.fields[field], &value);

	assert_string_equal(cell, text);
	free(cell);
}

static void sizes_have_units(void **state)
{
	const struct pfnscope_format format = { .page_size_bytes = 4096 };
	const struct pfnscope_format large = { .page_size_bytes = 65536 };

	(void)state;
	cell_is(&format, THINGS_free_pages, 0, "0");
	cell_is(&format, THINGS_free_pages, 1, "4K");
	cell_is(&format, THINGS_free_pages, 255, "1020K");
	cell_is(&format, THINGS_free_pages, 256, "1M");
	cell_is(&format, THINGS_free_pages, 257, "1M");
	cell_is(&format, THINGS_free_pages, 282, "1.1M");
	cell_is(&format, THINGS_free_pages, 262143, "1023.9M");
	cell_is(&format, THINGS_free_pages, 262144, "1G");
	cell_is(&format, THINGS_free_pages, 1ULL << 28, "1T");
	cell_is(&format, THINGS_free_pages, UINT64_MAX, "63.9Z");
	cell_is(&large, THINGS_free_pages, 1, "64K");
	cell_is(&format, THINGS_gfp_mask, 0x100cca, "0x100cca");
}

static void times_have_units(void **state)
{
	const struct pfnscope_format format = { .page_size_bytes = 4096 };

	(void)state;
	cell_is(&format, THINGS_spent_ns, 999, "999ns");
	cell_is(&format, THINGS_spent_ns, 1000, "1us");
	cell_is(&format, THINGS_spent_ns, 1500000, "1.5ms");
	cell_is(&format, THINGS_spent_ns, 12000000000, "12s");
}

static void bytes_are_exact_or_unknown(void **state)
{
	const struct pfnscope_format format = {
		.bytes = true, .page_size_bytes = 4096,
	};

	(void)state;
	cell_is(&format, THINGS_free_pages, 257, "1052672");
	cell_is(&format, THINGS_free_pages, UINT64_MAX >> 12, "18446744073709547520");
	cell_is(&format, THINGS_free_pages, (UINT64_MAX >> 12) + 1, "-");
	cell_is(&format, THINGS_spent_ns, 1500, "1.5us");
}

static void raw_is(const struct pfnscope_table *table, int field,
		   const char *text)
{
	const struct pfnscope_format format = { .page_size_bytes = 4096 };
	struct pfnscope_text cell = { 0 };

	pfnscope_cell_put(&cell, &format, &view.fields[field],
			  &table->cells[field], true);
	assert_string_equal(cell.data, text);
	free(cell.data);
}

/* Raw text can be read by the reader of the module's files. */
static void raw_cells_follow_the_grammar(void **state)
{
	struct pfnscope_table *table = sample();

	(void)state;
	raw_is(table, THINGS_name, "say\\040\"hi\"\\134\\012\\377\xc3\xa9");
	raw_is(table, THINGS_free_pages, "18446744073709551615");
	raw_is(table, THINGS_spent_ns, "1500");
	raw_is(table, THINGS_list_pages, "0,256");
	raw_is(table, THINGS_flags, "a,b\\040c");
	raw_is(table, THINGS_change, "-9223372036854775808");
	raw_is(table, THINGS_gfp_mask, "-");
	table->cells[THINGS_list_pages].count = 0;
	raw_is(table, THINGS_list_pages, "none");
	pfnscope_table_free(table);
}

/* What @format prints of @table, to be freed. */
static char *printed(const struct pfnscope_format *format,
		     const struct pfnscope_table *table)
{
	struct pfnscope_error error = { 0 };
	FILE *file = tmpfile();
	int saved = dup(STDOUT_FILENO);
	char *text = calloc(1, 65536);

	assert_non_null(file);
	fflush(stdout);
	dup2(fileno(file), STDOUT_FILENO);
	assert_int_equal(pfnscope_render_table(format, table, &error), 0);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	rewind(file);
	assert_true(fread(text, 1, 65535, file) > 0);
	fclose(file);
	return text;
}

/* A strict parser's view of it, to be released. */
static struct json_object *parsed(const struct pfnscope_format *format,
				  const struct pfnscope_table *table)
{
	struct json_tokener *tokener = json_tokener_new();
	char *text = printed(format, table);
	struct json_object *object;

	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT |
			       JSON_TOKENER_VALIDATE_UTF8);
	object = json_tokener_parse_ex(tokener, text, (int)strlen(text));
	if (!object)
		fail_msg("%s: %s", json_tokener_error_desc(
			 json_tokener_get_error(tokener)), text);
	json_tokener_free(tokener);
	free(text);
	return object;
}

static struct json_object *member(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value))
		fail_msg("no key \"%s\"", key);
	return value;
}

static void json_is_strict(void **state)
{
	const struct pfnscope_format format = {
		.kind = PFNSCOPE_FORMAT_JSON, .page_size_bytes = 4096,
	};
	struct pfnscope_table *table = sample();
	struct json_object *document = parsed(&format, table);
	struct json_object *rows = member(document, "things");
	struct json_object *row = json_object_array_get_idx(rows, 0);

	(void)state;
	assert_string_equal(json_object_get_string(member(document, "schema")),
			    "pfnscope/things/1");
	assert_null(member(document, "host"));
	assert_null(member(document, "kernel"));
	assert_null(member(document, "taken_at"));
	assert_int_equal(json_object_array_length(rows), 2);
	assert_string_equal(json_object_get_string(member(row, "name")),
			    "say \"hi\"\\\n\xef\xbf\xbd\xc3\xa9");
	assert_true(json_object_get_uint64(member(row, "free_pages")) == UINT64_MAX);
	assert_true(json_object_get_int64(member(row, "change")) == INT64_MIN);
	assert_int_equal(json_object_array_length(member(row, "list_pages")), 2);
	assert_string_equal(json_object_get_string(
		json_object_array_get_idx(member(row, "flags"), 1)), "b c");
	assert_null(member(row, "gfp_mask"));
	json_object_put(document);
	pfnscope_table_free(table);
}

static void json_in_bytes_says_so(void **state)
{
	const struct pfnscope_format format = {
		.kind = PFNSCOPE_FORMAT_JSON, .bytes = true,
		.page_size_bytes = 4096, .columns = "free,list,spent",
	};
	struct pfnscope_table *table = sample();
	struct json_object *document = parsed(&format, table);
	struct json_object *row;

	(void)state;
	row = json_object_array_get_idx(member(document, "things"), 0);
	assert_int_equal(json_object_object_length(row), 3);
	assert_null(member(row, "free_bytes"));
	assert_int_equal(json_object_get_int(member(row, "spent_ns")), 1500);
	assert_int_equal(json_object_get_int64(json_object_array_get_idx(
		member(row, "list_bytes"), 1)), 1048576);
	json_object_put(document);
	pfnscope_table_free(table);
}

static void json_says_why_there_is_nothing(void **state)
{
	const struct pfnscope_format format = { .kind = PFNSCOPE_FORMAT_JSON };
	struct pfnscope_table *table = pfnscope_table_new(&view);
	struct json_object *document;

	(void)state;
	document = parsed(&format, table);
	assert_int_equal(json_object_array_length(member(document, "things")), 0);
	json_object_put(document);
	pfnscope_table_limit(table, PFNSCOPE_TABLE_UNAVAILABLE, "no \"x\"");
	document = parsed(&format, table);
	assert_null(member(document, "things"));
	assert_string_equal(json_object_get_string(member(
		member(document, "unavailable"), "things")), "no \"x\"");
	json_object_put(document);
	pfnscope_table_free(table);
}

static void member_is(struct json_object *object, const char *key,
		      const char *text)
{
	assert_string_equal(json_object_get_string(member(object, key)), text);
}

/* A host may be called anything, and the last row may have a bracket in it. */
static void json_says_whose_it_is(void **state)
{
	const struct pfnscope_head head = {
		.command = "list", .origin = { "a[\x7f\xc2\x9b\xff", "6.1.0", 1700000000 },
	};
	const struct pfnscope_format format = {
		.kind = PFNSCOPE_FORMAT_JSON, .head = &head, .columns = "name",
	};
	struct pfnscope_table *table = sample();
	struct json_object *document;
	char *text;

	(void)state;
	pfnscope_table_set_string(table, table->cells, THINGS_name, "[");
	pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL, "[ half");
	text = printed(&format, table);
	assert_string_equal(text,
		"{ \"schema\": \"pfnscope/things/1\", \"command\": \"list\", "
		"\"host\": \"a[\\u007f\\u009b\xef\xbf\xbd\", \"kernel\": \"6.1.0\", "
		"\"taken_at\": \"2023-11-14T22:13:20Z\", "
		"\"partial\": { \"things\": \"[ half\" }, \"things\": [\n"
		"{ \"name\": \"[\" },\n{ \"name\": null }\n] }\n");
	free(text);
	document = parsed(&format, table);
	member_is(document, "host", "a[\x7f\xc2\x9b\xef\xbf\xbd");
	member_is(member(document, "partial"), "things", "[ half");
	json_object_put(document);
	pfnscope_table_free(table);
}

static void columns_are_chosen(void **state)
{
	struct pfnscope_format format = { .columns = "+flags,name,DELTA" };
	struct pfnscope_error error = { 0 };
	struct pfnscope_columns columns;

	(void)state;
	assert_int_equal(pfnscope_columns_select(&format, &view, &columns,
						 &error), 0);
	assert_int_equal(columns.count, 4);
	assert_int_equal(columns.fields[0], THINGS_name);
	assert_int_equal(columns.fields[1], THINGS_free_pages);
	assert_int_equal(columns.fields[2], THINGS_flags);
	assert_int_equal(columns.fields[3], THINGS_change);
	free(columns.fields);
	format.columns = "flags,name";
	assert_int_equal(pfnscope_columns_select(&format, &view, &columns,
						 &error), 0);
	assert_int_equal(columns.count, 2);
	assert_int_equal(columns.fields[0], THINGS_flags);
	free(columns.fields);
	format.columns = "name,,free";
	assert_int_equal(pfnscope_columns_check(&format, &view, &error), -1);
	assert_int_equal(error.status, PFNSCOPE_USAGE);
}

static void a_table_is_aligned(void **state)
{
	const struct pfnscope_format format = { .page_size_bytes = 4096,
						.columns = "free,change" };
	struct pfnscope_table *table = sample();
	char *text;

	(void)state;
	table->cells[THINGS_free_pages].number = 3;
	table->cells[THINGS_change].integer = -7;
	text = printed(&format, table);
	assert_string_equal(text, "FREE DELTA\n 12K    -7\n   -     -\n");
	free(text);
	pfnscope_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_have_units),
		cmocka_unit_test(times_have_units),
		cmocka_unit_test(bytes_are_exact_or_unknown),
		cmocka_unit_test(raw_cells_follow_the_grammar),
		cmocka_unit_test(json_is_strict),
		cmocka_unit_test(json_in_bytes_says_so),
		cmocka_unit_test(json_says_why_there_is_nothing),
		cmocka_unit_test(json_says_whose_it_is),
		cmocka_unit_test(columns_are_chosen),
		cmocka_unit_test(a_table_is_aligned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
