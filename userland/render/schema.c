// SPDX-License-Identifier: GPL-2.0-only
/*
 * JSON Schema 2020-12 of every document, from the declarations of its keys. No
 * key may be there that is not declared. Of a table -o may choose columns, so its
 * rows have any of them; $defs/whole_row is a row without -o.
 */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "render/parts.h"
#include "render/schema.h"

#define DIALECT	"https://json-schema.org/draft/2020-12/schema"
#define MOMENT	"^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"

static struct json_object *schema_word(const char *string)
{
	return json_object_new_string(string);
}

static void schema_add(struct json_object *object, const char *key,
		       struct json_object *value)
{
	json_object_object_add(object, key, value);
}

/* { "type": TYPE } or { "type": [ TYPE, "null" ] } */
static struct json_object *typed(const char *type, bool or_null, const char *help)
{
	struct json_object *schema = json_object_new_object(), *types;

	if (or_null) {
		types = json_object_new_array();
		json_object_array_add(types, schema_word(type));
		json_object_array_add(types, schema_word("null"));
		schema_add(schema, "type", types);
	} else {
		schema_add(schema, "type", schema_word(type));
	}
	if (help)
		schema_add(schema, "description", schema_word(help));
	return schema;
}

static struct json_object *schema_list(struct json_object *items, bool or_null,
				       const char *help)
{
	struct json_object *schema = typed("array", or_null, help);

	schema_add(schema, "items", items);
	return schema;
}

static struct json_object *map_to(const char *type, bool or_null, const char *help)
{
	struct json_object *schema = typed("object", false, help);

	schema_add(schema, "additionalProperties", typed(type, or_null, NULL));
	return schema;
}

static struct json_object *counted(const char *help)
{
	struct json_object *schema = typed("integer", true, help);

	schema_add(schema, "minimum", json_object_new_int(0));
	return schema;
}

/* --- columns --- */

static struct json_object *of_field(const struct pfnscope_field *field)
{
	switch (field->type) {
	case PFNSCOPE_NUMBER:
		return counted(field->help);
	case PFNSCOPE_SIGNED:
		return typed("integer", true, field->help);
	case PFNSCOPE_STRING:
		return typed("string", true, field->help);
	case PFNSCOPE_NUMBERS:
		return schema_list(counted(NULL), true, field->help);
	case PFNSCOPE_WORDS:
		break;
	}
	return schema_list(typed("string", false, NULL), true, field->help);
}

/* With -b, pages are bytes, and so are their keys. */
static const struct pfnscope_format forms[] = {
	{ .bytes = false }, { .bytes = true },
};

#define FORMS	ARRAY_SIZE(forms)

static bool has_pages(const struct pfnscope_view *view)
{
	for (size_t i = 0; i < view->nr_fields; i++)
		if (view->fields[i].unit == PFNSCOPE_UNIT_PAGES)
			return true;
	return false;
}

static void schema_columns(const struct pfnscope_view *view,
			   struct json_object *properties)
{
	for (size_t i = 0; i < view->nr_fields; i++) {
		for (size_t form = 0; form < FORMS; form++) {
			char *name = pfnscope_cell_name(&forms[form],
							&view->fields[i]);

			schema_add(properties, name, of_field(&view->fields[i]));
			free(name);
		}
	}
}

static void add_names(const struct pfnscope_view *view,
		      const struct pfnscope_format *form, struct json_object *names)
{
	for (size_t i = 0; i < view->nr_fields; i++) {
		char *name = pfnscope_cell_name(form, &view->fields[i]);

		json_object_array_add(names, schema_word(name));
		free(name);
	}
}

/* One more set of columns that may be the whole of an object. */
static void add_whole(const struct pfnscope_view *view,
		      const struct pfnscope_format *form, struct json_object *wholes)
{
	struct json_object *rule = json_object_new_object();
	struct json_object *names = json_object_new_array();

	add_names(view, form, names);
	schema_add(rule, "required", names);
	json_object_array_add(wholes, rule);
}

/* All columns have to be there: of one view, in one form. */
static void require_columns(const struct pfnscope_view *view,
			    const struct pfnscope_view *other,
			    struct json_object *schema, struct json_object *required)
{
	struct json_object *wholes;

	if (!other && !has_pages(view)) {
		add_names(view, &forms[0], required);
		return;
	}
	wholes = json_object_new_array();
	for (; view; view = other, other = NULL) {
		add_whole(view, &forms[0], wholes);
		if (has_pages(view))
			add_whole(view, &forms[1], wholes);
	}
	schema_add(schema, "anyOf", wholes);
}

/* --- objects --- */

static struct json_object *of_shape(const struct pfnscope_shape *shape);

static void add_keys(const struct pfnscope_shape *keys,
		     struct json_object *properties, struct json_object *required)
{
	for (; keys && keys->key; keys++) {
		schema_add(properties, keys->key, of_shape(keys));
		if (!(keys->flags & PFNSCOPE_OR_ABSENT))
			json_object_array_add(required, schema_word(keys->key));
	}
}

/* The columns and keys of @shape, behind what is in @properties and @required. */
static void fill_object(struct json_object *schema, const struct pfnscope_shape *shape,
			struct json_object *properties, struct json_object *required)
{
	if (shape->view) {
		schema_columns(shape->view, properties);
		require_columns(shape->view, shape->other_view, schema, required);
	}
	if (shape->other_view)
		schema_columns(shape->other_view, properties);
	add_keys(shape->keys, properties, required);
	schema_add(schema, "properties", properties);
	schema_add(schema, "required", required);
	schema_add(schema, "additionalProperties", json_object_new_boolean(false));
}

static struct json_object *of_object(const struct pfnscope_shape *shape, bool or_null,
				     const char *help)
{
	struct json_object *schema = typed("object", or_null, help);

	fill_object(schema, shape, json_object_new_object(), json_object_new_array());
	return schema;
}

static struct json_object *of_rows(const struct pfnscope_shape *shape)
{
	struct json_object *row = json_object_new_object();

	schema_add(row, "$ref", schema_word("#/$defs/row"));
	return schema_list(row, shape->flags & PFNSCOPE_OR_NULL, shape->help);
}

static struct json_object *of_documents(const struct pfnscope_shape *shape)
{
	struct json_object *document = typed("object", false, NULL);
	struct json_object *required = json_object_new_array();

	json_object_array_add(required, schema_word("schema"));
	schema_add(document, "required", required);
	return schema_list(document, shape->flags & PFNSCOPE_OR_NULL, shape->help);
}

/* Its shape is told by a schema of its own, whose name it bears. */
static struct json_object *of_other(const char *name, bool or_null, const char *help)
{
	struct json_object *schema = typed("object", or_null, help);
	struct json_object *properties = json_object_new_object();
	struct json_object *required = json_object_new_array();
	struct json_object *title = typed("string", false, "its shape");
	char *pattern = pfnscope_format("^pfnscope/%s/[0-9]+$", name);

	schema_add(title, "pattern", schema_word(pattern));
	schema_add(properties, "schema", title);
	json_object_array_add(required, schema_word("schema"));
	schema_add(schema, "properties", properties);
	schema_add(schema, "required", required);
	free(pattern);
	return schema;
}

static struct json_object *of_shape(const struct pfnscope_shape *shape)
{
	bool or_null = shape->flags & PFNSCOPE_OR_NULL;

	switch (shape->kind) {
	case PFNSCOPE_SHAPE_INTEGER:
		return typed("integer", true, shape->help);
	case PFNSCOPE_SHAPE_STRING:
		return typed("string", or_null, shape->help);
	case PFNSCOPE_SHAPE_BOOLEAN:
		return typed("boolean", or_null, shape->help);
	case PFNSCOPE_SHAPE_INTEGERS:
		return schema_list(typed("integer", true, NULL), or_null, shape->help);
	case PFNSCOPE_SHAPE_STRINGS:
		return schema_list(typed("string", false, NULL), or_null, shape->help);
	case PFNSCOPE_SHAPE_OBJECTS:
		return schema_list(of_object(shape, false, NULL), or_null, shape->help);
	case PFNSCOPE_SHAPE_DOCUMENTS:
		return of_documents(shape);
	case PFNSCOPE_SHAPE_DOCUMENT:
		return of_other(shape->key, or_null, shape->help);
	case PFNSCOPE_SHAPE_ROWS:
		return of_rows(shape);
	case PFNSCOPE_SHAPE_INTEGER_OF:
		return map_to("integer", true, shape->help);
	case PFNSCOPE_SHAPE_STRING_OF:
		return map_to("string", false, shape->help);
	case PFNSCOPE_SHAPE_OBJECT:
		break;
	}
	return of_object(shape, or_null, shape->help);
}

/* --- documents --- */

static struct json_object *constant(const char *word, const char *help)
{
	struct json_object *schema = typed("string", false, help);

	schema_add(schema, "const", schema_word(word));
	return schema;
}

static struct json_object *moment(void)
{
	struct json_object *schema = typed("string", true, "when the figures were taken");

	schema_add(schema, "format", schema_word("date-time"));
	schema_add(schema, "pattern", schema_word(MOMENT));
	return schema;
}

/* What pfnscope_json_document() and pfnscope_json_remark() put in. */
static void add_head(const char *command, const char *title,
		     struct json_object *properties, struct json_object *required)
{
	static const char *const always[] = {
		"schema", "command", "host", "kernel", "taken_at",
	};

	schema_add(properties, "schema", constant(title, "this shape, and its version"));
	schema_add(properties, "command", constant(command, "what was asked"));
	schema_add(properties, "host", typed("string", true, "machine that the figures are of"));
	schema_add(properties, "kernel", typed("string", true, "release of its kernel"));
	schema_add(properties, "taken_at", moment());
	schema_add(properties, "partial",
		   map_to("string", false, "by table, why it is not whole"));
	schema_add(properties, "unavailable",
		   map_to("string", false, "by table, why it has no rows"));
	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		json_object_array_add(required, schema_word(always[i]));
}

static void put_command_schema(const char *command,
			       const struct pfnscope_document *document,
			       struct json_object *definitions)
{
	const struct pfnscope_shape answer = {
		.view = document->view, .keys = document->keys,
	};
	struct json_object *schema = json_object_new_object();
	struct json_object *properties = json_object_new_object();
	struct json_object *required = json_object_new_array();
	char *title = pfnscope_json_name(document->name, document->version);

	schema_add(schema, "$schema", schema_word(DIALECT));
	schema_add(schema, "title", schema_word(title));
	schema_add(schema, "description", schema_word(document->help));
	schema_add(schema, "type", schema_word("object"));
	add_head(command, title, properties, required);
	fill_object(schema, &answer, properties, required);
	if (definitions)
		schema_add(schema, "$defs", definitions);
	free(title);
	pfnscope_json_put(schema, PFNSCOPE_JSON_STYLE | JSON_C_TO_STRING_PRETTY);
	putchar('\n');
}

void pfnscope_schema_of_document(const char *command,
				 const struct pfnscope_document *document)
{
	put_command_schema(command, document, NULL);
}

/* "row" and "whole_row" */
static struct json_object *definitions_of(const struct pfnscope_view *view)
{
	struct json_object *definitions = json_object_new_object();
	struct json_object *row = typed("object", false, view->row);
	struct json_object *whole = json_object_new_object();
	struct json_object *properties = json_object_new_object();
	struct json_object *required = json_object_new_array();

	schema_columns(view, properties);
	schema_add(row, "properties", properties);
	schema_add(row, "additionalProperties", json_object_new_boolean(false));
	schema_add(whole, "description", schema_word("a row without -o: it has all columns"));
	schema_add(whole, "$ref", schema_word("#/$defs/row"));
	schema_add(whole, "required", required);
	require_columns(view, NULL, whole, required);
	schema_add(definitions, "row", row);
	schema_add(definitions, "whole_row", whole);
	return definitions;
}

void pfnscope_schema_of_table(const char *command, const struct pfnscope_view *view)
{
	const struct pfnscope_shape keys[] = {
		PFNSCOPE_KEY(ROWS, view->name, PFNSCOPE_OR_NULL, "a row each"),
		PFNSCOPE_KEYS_END
	};
	const struct pfnscope_document document = {
		.name = view->name, .version = view->major, .help = view->row,
		.keys = keys,
	};

	put_command_schema(command, &document, definitions_of(view));
}
