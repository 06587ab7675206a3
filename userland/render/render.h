/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Turns tables into what the user asked for. Asks the field table, never knows
 * a view. All output of data passes here; it begins only when the answer is
 * complete, so nothing is on stdout when a command fails.
 */
#ifndef PFNSCOPE_RENDER_RENDER_H
#define PFNSCOPE_RENDER_RENDER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/origin.h"
#include "table/changes.h"
#include "table/table.h"

struct json_object;
struct pfnscope_document;

enum pfnscope_format_kind {
	PFNSCOPE_FORMAT_TABLE,
	PFNSCOPE_FORMAT_RAW,
	PFNSCOPE_FORMAT_JSON,
};

/**
 * struct pfnscope_head - what every JSON document says of itself
 * @command: that answers
 * @origin: whose figures they are
 */
struct pfnscope_head {
	const char *command;
	struct pfnscope_origin origin;
};

/**
 * struct pfnscope_format - how to show it
 * @kind: table, raw cells or JSON
 * @bytes: sizes in bytes
 * @no_headings: leave out the line of column names
 * @all: every column
 * @colours: numbers past their limits are coloured, as on a terminal
 * @columns: argument of -o, or NULL
 * @page_size_bytes: turns pages into bytes
 * @head: of a JSON document; NULL: nobody knows
 * @changes: since the reading before, which then stand behind each number; or NULL
 * @widths: by column, of a table that is printed in pieces: each is at least as wide as
 *	the one before, and kept whole; or NULL
 */
struct pfnscope_format {
	enum pfnscope_format_kind kind;
	bool bytes;
	bool no_headings;
	bool all;
	bool colours;
	const char *columns;
	uint64_t page_size_bytes;
	const struct pfnscope_head *head;
	struct pfnscope_changes *changes;
	size_t *widths;
};

/* Checks -o against a view; to be called before anything is read. */
int pfnscope_columns_check(const struct pfnscope_format *format,
			   const struct pfnscope_view *view,
			   struct pfnscope_error *error);

/* A view without the fields that will be neither shown nor are @needed. */
int pfnscope_columns_narrow(const struct pfnscope_format *format,
			    const struct pfnscope_view *view,
			    const char *const *needed,
			    struct pfnscope_view *narrow,
			    struct pfnscope_error *error);

/* The whole answer is one table, or the same rows as a JSON document. */
int pfnscope_render_table(const struct pfnscope_format *format,
			  const struct pfnscope_table *table,
			  struct pfnscope_error *error);

/* The same of rows that are an answer each: as JSON one a line, without a document. */
int pfnscope_render_rows(const struct pfnscope_format *format,
			 const struct pfnscope_table *table,
			 struct pfnscope_error *error);

/*
 * For answers of more than one part. Lines of text for people, in which words of
 * others cannot steer the terminal: */
void pfnscope_render_text(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
/* a size as a table shows it, in the unit of @field, to be freed: */
char *pfnscope_render_cell(const struct pfnscope_format *format,
			   const struct pfnscope_field *field,
			   const struct pfnscope_value *value);
/* a row, or all rows, as JSON with the keys of the field table: */
struct json_object *pfnscope_json_row(const struct pfnscope_format *format,
				      const struct pfnscope_table *table,
				      size_t row);
struct json_object *pfnscope_json_rows(const struct pfnscope_format *format,
				       const struct pfnscope_table *table);
/* why a table is not complete, in a document that has its rows: */
void pfnscope_json_remark(struct json_object *document,
			  const struct pfnscope_table *table);
/* a whole document of that shape, whose keys follow the head; takes over @answer: */
int pfnscope_render_json(const struct pfnscope_format *format,
			 const struct pfnscope_document *shape,
			 struct json_object *answer,
			 struct pfnscope_error *error);
/* the same on one line, for a document among others: */
int pfnscope_render_json_line(const struct pfnscope_format *format,
			      const struct pfnscope_document *shape,
			      struct json_object *answer,
			      struct pfnscope_error *error);
/* and the head alone, for a document that is printed in parts. */
struct json_object *pfnscope_json_document(const struct pfnscope_format *format,
					   const char *name,
					   unsigned int version);

/* Where answers go. */
FILE *pfnscope_output(void);
/* Keeps what is rendered from now on, in place of stdout; NULL ends that. */
void pfnscope_render_keep(FILE *file);

/* Flushes stdout. A full disk is a failure, so every command ends with it. */
/* Where standard output and standard error went before they were turned away. */
struct pfnscope_hushed {
	int out;
	int err;
};

/* What is printed goes to @nowhere, until pfnscope_render_speak(). */
struct pfnscope_hushed pfnscope_render_hush(int nowhere);
void pfnscope_render_speak(const struct pfnscope_hushed *hushed);
int pfnscope_render_finish(struct pfnscope_error *error);

#endif
