// SPDX-License-Identifier: GPL-2.0-only
/*
 * JSON by json-c. Keys are the names in the field table, numbers are integers,
 * what is not known is null. One row a line, so that a long table is never
 * held a second time.
 */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "render/parts.h"

#define SCHEMA	1
#define STYLE	PFNSCOPE_JSON_STYLE

/* A kernel string may hold any bytes, JSON must be UTF-8. */
static struct json_object *string_of(const char *text)
{
	char *clean = pfnscope_calloc(strlen(text) + 1, 3);
	struct json_object *string;
	char *to = clean;

	while (*text) {
		size_t length = pfnscope_utf8_length(text);

		if (length)
			to = mempcpy(to, text, length);
		else
			to = mempcpy(to, "\xef\xbf\xbd", 3);
		text += length ? length : 1;
	}
	string = json_object_new_string_len(clean, (int)(to - clean));
	free(clean);
	return string;
}

static struct json_object *number_of(const struct pfnscope_format *format,
				     const struct pfnscope_field *field,
				     uint64_t number)
{
	uint64_t shown;

	if (!pfnscope_cell_number(format, field, number, &shown))
		return NULL;
	return json_object_new_uint64(shown);
}

static struct json_object *list_of(const struct pfnscope_format *format,
				   const struct pfnscope_field *field,
				   const struct pfnscope_value *value)
{
	struct json_object *list = json_object_new_array();
	uint32_t i;

	for (i = 0; i < value->count; i++)
		json_object_array_add(list, field->type == PFNSCOPE_WORDS ?
				      string_of(value->words[i]) :
				      number_of(format, field,
						value->numbers[i]));
	return list;
}

static struct json_object *value_of(const struct pfnscope_format *format,
				    const struct pfnscope_field *field,
				    const struct pfnscope_value *value)
{
	if (!value->known)
		return NULL;
	switch (field->type) {
	case PFNSCOPE_NUMBER:
		return number_of(format, field, value->number);
	case PFNSCOPE_SIGNED:
		return json_object_new_int64(value->integer);
	case PFNSCOPE_STRING:
		return string_of(value->string);
	case PFNSCOPE_NUMBERS:
	case PFNSCOPE_WORDS:
		break;
	}
	return list_of(format, field, value);
}

static void add_field(const struct pfnscope_format *format,
		      const struct pfnscope_table *table, size_t row,
		      size_t index, struct json_object *object)
{
	const struct pfnscope_field *field = &table->view->fields[index];
	char *name = pfnscope_cell_name(format, field);

	json_object_object_add(object, name,
			       value_of(format, field,
					pfnscope_table_value(table, row, index)));
	free(name);
}

struct json_object *pfnscope_json_row(const struct pfnscope_format *format,
				      const struct pfnscope_table *table,
				      size_t row)
{
	struct json_object *object = json_object_new_object();
	size_t i;

	for (i = 0; i < table->view->nr_fields; i++)
		add_field(format, table, row, i, object);
	return object;
}

struct json_object *pfnscope_json_rows(const struct pfnscope_format *format,
				       const struct pfnscope_table *table)
{
	struct json_object *rows = json_object_new_array();
	size_t row;

	for (row = 0; row < table->nr_rows; row++)
		json_object_array_add(rows, pfnscope_json_row(format, table, row));
	return rows;
}

/*
 * json-c escapes what JSON wants escaped; DEL and the controls U+0080 to U+009F
 * it lets through, and some terminals obey them.
 */
void pfnscope_json_put(struct json_object *object, int style)
{
	const char *text = json_object_to_json_string_ext(object, style), *at;

	while ((at = strpbrk(text, "\x7f\xc2"))) {
		unsigned char next = (unsigned char)at[1];

		fwrite(text, 1, (size_t)(at - text), stdout);
		text = at + 1;
		if (*at == 0x7f)
			fputs("\\u007f", stdout);
		else if (next < 0x80 || next > 0x9f)
			putchar(*at);
		else
			printf("\\u%04x", *text++ & 0xffU);
	}
	fputs(text, stdout);
	json_object_put(object);
}

static void put(struct json_object *object)
{
	pfnscope_json_put(object, STYLE);
}

static void put_key(const char *key)
{
	fputs(", ", stdout);
	put(json_object_new_string(key));
	fputs(": ", stdout);
}

static void put_rows(const struct pfnscope_format *format,
		     const struct pfnscope_columns *columns,
		     const struct pfnscope_table *table)
{
	size_t row, i;

	putchar('[');
	for (row = 0; row < table->nr_rows; row++) {
		struct json_object *object = json_object_new_object();

		for (i = 0; i < columns->count; i++)
			add_field(format, table, row, columns->fields[i],
				  object);
		fputs(row ? ",\n" : "\n", stdout);
		put(object);
	}
	fputs(table->nr_rows ? "\n]" : "]", stdout);
}

/* "partial" or "unavailable": { "zones": "why" } */
static void put_reason(const struct pfnscope_table *table)
{
	struct json_object *reason = json_object_new_object();

	json_object_object_add(reason, table->view->name,
			       string_of(table->reason));
	put_key(table->state == PFNSCOPE_TABLE_PARTIAL ?
		"partial" : "unavailable");
	put(reason);
}

void pfnscope_json_print(const struct pfnscope_format *format,
			 const struct pfnscope_columns *columns,
			 const struct pfnscope_table *table)
{
	printf("{\"schema\": %d", SCHEMA);
	put_key(table->view->name);
	if (table->state == PFNSCOPE_TABLE_UNAVAILABLE)
		fputs("null", stdout);
	else
		put_rows(format, columns, table);
	if (table->reason)
		put_reason(table);
	puts("}");
}

/**
 * pfnscope_render_json() - print an answer of more than one table
 * @document: an object; its keys follow "schema"; taken over
 * @error: where failures go
 *
 * Return: 0 or -1.
 */
int pfnscope_render_json(struct json_object *document,
			 struct pfnscope_error *error)
{
	struct json_object *whole = json_object_new_object();
	struct json_object_iterator at = json_object_iter_begin(document);
	struct json_object_iterator end = json_object_iter_end(document);

	json_object_object_add(whole, "schema", json_object_new_int(SCHEMA));
	for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at))
		json_object_object_add(whole, json_object_iter_peek_name(&at),
			json_object_get(json_object_iter_peek_value(&at)));
	json_object_put(document);
	pfnscope_json_put(whole, STYLE | JSON_C_TO_STRING_PRETTY);
	putchar('\n');
	return pfnscope_render_finish(error);
}
