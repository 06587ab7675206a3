/* SPDX-License-Identifier: GPL-2.0-only */
/* What the renderers share among themselves. */
#ifndef PFNSCOPE_RENDER_PARTS_H
#define PFNSCOPE_RENDER_PARTS_H

#include <json-c/json.h>
#include <stdio.h>

#include "render/render.h"
#include "base/text.h"

/**
 * struct pfnscope_columns - the columns to show, in order
 * @fields: indices into the fields of the view
 * @count: how many; 0 until pfnscope_columns_select()
 */
struct pfnscope_columns {
	size_t *fields;
	size_t count;
};

int pfnscope_columns_select(const struct pfnscope_format *format,
			    const struct pfnscope_view *view,
			    struct pfnscope_columns *columns,
			    struct pfnscope_error *error);

/* Name of a column in raw text and JSON: with -b, sizes are in bytes. */
char *pfnscope_cell_name(const struct pfnscope_format *format,
			 const struct pfnscope_field *field);
/* Its heading in a table. */
char *pfnscope_cell_heading(const struct pfnscope_field *field);
/* A number in the unit that the format asks for; false beyond 64 bits. */
bool pfnscope_cell_number(const struct pfnscope_format *format,
			  const struct pfnscope_field *field, uint64_t number,
			  uint64_t *shown);
/* Appends a cell: for people, or in the grammar of the module's files. */
void pfnscope_cell_put(struct pfnscope_text *out,
		       const struct pfnscope_format *format,
		       const struct pfnscope_field *field,
		       const struct pfnscope_value *value, bool raw);

int pfnscope_table_print(const struct pfnscope_format *format,
			 const struct pfnscope_columns *columns,
			 const struct pfnscope_table *table,
			 struct pfnscope_error *error);
void pfnscope_raw_print(const struct pfnscope_format *format,
			const struct pfnscope_columns *columns,
			const struct pfnscope_table *table);
/* One line; more with JSON_C_TO_STRING_PRETTY. */
#define PFNSCOPE_JSON_STYLE \
	(JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE)
/* "pfnscope/zones/1", to be freed. */
char *pfnscope_json_name(const char *name, unsigned int version);
/* Adds a cell, by the place of its field in the view. */
void pfnscope_json_field(const struct pfnscope_format *format,
			 const struct pfnscope_table *table, size_t row,
			 size_t index, struct json_object *object);
/* Prints text of json-c. */
void pfnscope_json_text(const char *text, size_t length);
/* Prints a value that is then given back: takes over @object. */
void pfnscope_json_put(struct json_object *object, int style);
/* A row a line, for pfnscope_render_rows(). */
void pfnscope_json_print_rows(const struct pfnscope_format *format,
			      const struct pfnscope_columns *columns,
			      const struct pfnscope_table *table);
void pfnscope_json_print(const struct pfnscope_format *format,
			 const struct pfnscope_columns *columns,
			 const struct pfnscope_table *table);

#endif
