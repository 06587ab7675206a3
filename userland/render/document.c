// SPDX-License-Identifier: GPL-2.0-only
/* Documents on standard output: a table one row a line, so that it is never held twice. */
#include <json-c/json.h>
#include <stdio.h>

#include "render/list.h"
#include "render/parts.h"
#include "render/shape.h"

static struct json_object *row_of(const struct pfnscope_format *format,
				  const struct pfnscope_columns *columns,
				  const struct pfnscope_table *table, size_t row)
{
	struct json_object *object = json_object_new_object();
	size_t i;

	for (i = 0; i < columns->count; i++)
		pfnscope_json_field(format, table, row, columns->fields[i], object);
	return object;
}

static void put_rows(const struct pfnscope_format *format,
		     const struct pfnscope_columns *columns,
		     const struct pfnscope_table *table,
		     struct json_object *document)
{
	struct pfnscope_list list;
	size_t row;

	pfnscope_list_begin(&list, document, table->view->name);
	for (row = 0; row < table->nr_rows; row++)
		pfnscope_list_element(&list, row_of(format, columns, table, row));
	pfnscope_list_end(&list);
}

void pfnscope_json_print_rows(const struct pfnscope_format *format,
			      const struct pfnscope_columns *columns,
			      const struct pfnscope_table *table)
{
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		pfnscope_json_put(row_of(format, columns, table, row),
				  PFNSCOPE_JSON_STYLE);
		putc('\n', pfnscope_output());
	}
}

void pfnscope_json_print(const struct pfnscope_format *format,
			 const struct pfnscope_columns *columns,
			 const struct pfnscope_table *table)
{
	const struct pfnscope_view *view = table->view;
	struct json_object *document =
		pfnscope_json_document(format, view->name, view->major);

	pfnscope_json_remark(document, table);
	if (table->state != PFNSCOPE_TABLE_UNAVAILABLE) {
		put_rows(format, columns, table, document);
		return;
	}
	json_object_object_add(document, view->name, NULL);
	pfnscope_json_put(document, PFNSCOPE_JSON_STYLE);
	putc('\n', pfnscope_output());
}

static int put_document(const struct pfnscope_format *format,
			const struct pfnscope_document *shape, int style,
			struct json_object *answer, struct pfnscope_error *error)
{
	struct json_object *document =
		pfnscope_json_document(format, shape->name, shape->version);
	struct json_object_iterator at = json_object_iter_begin(answer);
	struct json_object_iterator end = json_object_iter_end(answer);

	for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at))
		json_object_object_add(document, json_object_iter_peek_name(&at),
			json_object_get(json_object_iter_peek_value(&at)));
	json_object_put(answer);
	pfnscope_json_put(document, PFNSCOPE_JSON_STYLE | style);
	putc('\n', pfnscope_output());
	return pfnscope_render_finish(error);
}

int pfnscope_render_json(const struct pfnscope_format *format,
			 const struct pfnscope_document *shape,
			 struct json_object *answer, struct pfnscope_error *error)
{
	return put_document(format, shape, JSON_C_TO_STRING_PRETTY, answer, error);
}

int pfnscope_render_json_line(const struct pfnscope_format *format,
			      const struct pfnscope_document *shape,
			      struct json_object *answer, struct pfnscope_error *error)
{
	return put_document(format, shape, 0, answer, error);
}
