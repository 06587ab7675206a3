// SPDX-License-Identifier: GPL-2.0-only
/*
 * JSON by json-c. Keys are the names in the field table, numbers are integers,
 * what is not known is null.
 */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "render/parts.h"

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

static struct json_object *json_number(const struct pfnscope_format *format,
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
				      json_number(format, field,
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
		return json_number(format, field, value->number);
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

void pfnscope_json_field(const struct pfnscope_format *format,
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
		pfnscope_json_field(format, table, row, i, object);
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
void pfnscope_json_text(const char *text, size_t length)
{
	const char *end = text + length, *at;
	FILE *out = pfnscope_output();

	for (at = text; at < end; at++) {
		bool c1 = *at == '\xc2' && (unsigned char)at[1] >= 0x80 &&
			  (unsigned char)at[1] <= 0x9f;

		if (*at != 0x7f && !c1)
			continue;
		fwrite(text, 1, (size_t)(at - text), out);
		at += c1;
		fprintf(out, "\\u%04x", *at & 0xffU);
		text = at + 1;
	}
	fwrite(text, 1, (size_t)(end - text), out);
}

void pfnscope_json_put(struct json_object *object, int style)
{
	const char *text = json_object_to_json_string_ext(object, style);

	pfnscope_json_text(text, strlen(text));
	json_object_put(object);
}

/* --- documents --- */

static struct json_object *string_or_null(const char *word)
{
	return *word ? string_of(word) : NULL;
}

/* ISO 8601, in UTC. */
static struct json_object *time_as_text(int64_t seconds)
{
	const time_t moment = (time_t)seconds;
	struct tm utc;
	char text[32];

	if (seconds < 0 || !gmtime_r(&moment, &utc) ||
	    !strftime(text, sizeof(text), "%FT%TZ", &utc))
		return NULL;
	return json_object_new_string(text);
}

char *pfnscope_json_name(const char *name, unsigned int version)
{
	return pfnscope_format("pfnscope/%s/%u", name, version);
}

/*
 * What every document begins with. Where nobody said whose figures they are, that
 * is not known.
 */
struct json_object *pfnscope_json_document(const struct pfnscope_format *format,
					   const char *name, unsigned int version)
{
	static const struct pfnscope_head nobody = { .origin.taken_at = -1 };
	const struct pfnscope_head *head = format->head ? format->head : &nobody;
	struct json_object *object = json_object_new_object();
	char *schema = pfnscope_json_name(name, version);

	json_object_object_add(object, "schema", json_object_new_string(schema));
	json_object_object_add(object, "command",
			       json_object_new_string(head->command ?
						      head->command : name));
	json_object_object_add(object, "host", string_or_null(head->origin.host));
	json_object_object_add(object, "kernel", string_or_null(head->origin.kernel));
	json_object_object_add(object, "taken_at", time_as_text(head->origin.taken_at));
	free(schema);
	return object;
}

/* "partial" or "unavailable": { "zones": "why" } */
void pfnscope_json_remark(struct json_object *document,
			  const struct pfnscope_table *table)
{
	const char *key = table->state == PFNSCOPE_TABLE_PARTIAL ?
			  "partial" : "unavailable";
	struct json_object *reasons;

	if (!table->reason)
		return;
	if (!json_object_object_get_ex(document, key, &reasons)) {
		reasons = json_object_new_object();
		json_object_object_add(document, key, reasons);
	}
	json_object_object_add(reasons, table->view->name,
			       string_of(table->reason));
}
