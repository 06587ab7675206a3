// SPDX-License-Identifier: GPL-2.0-only
/* Which columns are shown: the defaults, all, or what -o names. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/nearest.h"
#include "render/parts.h"

static void add_column(struct pfnscope_columns *columns, size_t field)
{
	size_t i;

	for (i = 0; i < columns->count; i++)
		if (columns->fields[i] == field)
			return;
	columns->fields[columns->count++] = field;
}

static void add_all(struct pfnscope_columns *columns, const struct pfnscope_view *view,
		    unsigned int flags, unsigned int without)
{
	size_t i;

	for (i = 0; i < view->nr_fields; i++)
		if ((view->fields[i].flags & flags) == flags &&
		    !(view->fields[i].flags & without))
			add_column(columns, i);
}

static int unknown_column(const struct pfnscope_view *view, const char *word,
			  struct pfnscope_error *error)
{
	struct pfnscope_nearest nearest = { .word = word };
	size_t i;

	for (i = 0; i < view->nr_fields; i++)
		pfnscope_nearest_try(&nearest, view->fields[i].name);
	if (!nearest.found)
		return pfnscope_fail(error, PFNSCOPE_USAGE,
			"%s has no column \"%s\" (pfnscope %s --help lists them)",
			view->name, word, view->name);
	return pfnscope_fail(error, PFNSCOPE_USAGE,
			     "%s has no column \"%s\", did you mean \"%s\"?",
			     view->name, word, nearest.found);
}

/* "COL,COL" replaces the defaults, a leading '+' adds to them. */
static int add_named(struct pfnscope_columns *columns,
		     const struct pfnscope_view *view, char *list,
		     struct pfnscope_error *error)
{
	char *word;

	while ((word = strsep(&list, ","))) {
		int field;

		word += *word == '+';
		field = pfnscope_view_find(view, word);
		if (field < 0)
			return unknown_column(view, word, error);
		add_column(columns, (size_t)field);
	}
	return 0;
}

/* JSON and raw text are for programs, which want all there is: raw, in the files. */
static unsigned int default_flags(const struct pfnscope_format *format)
{
	return format->all || format->kind != PFNSCOPE_FORMAT_TABLE ?
	       0 : PFNSCOPE_SHOWN;
}

int pfnscope_columns_select(const struct pfnscope_format *format,
			    const struct pfnscope_view *view,
			    struct pfnscope_columns *columns,
			    struct pfnscope_error *error)
{
	char *list;
	int result;

	columns->fields = pfnscope_calloc(view->nr_fields,
					  sizeof(*columns->fields));
	columns->count = 0;
	if (!format->columns || *format->columns == '+')
		add_all(columns, view, default_flags(format),
			format->kind == PFNSCOPE_FORMAT_RAW ? PFNSCOPE_COMPUTED : 0);
	if (!format->columns)
		return 0;
	list = pfnscope_strdup(format->columns);
	result = add_named(columns, view, list, error);
	free(list);
	if (result) {
		free(columns->fields);
		columns->fields = NULL;
	}
	return result;
}

int pfnscope_columns_check(const struct pfnscope_format *format,
			   const struct pfnscope_view *view,
			   struct pfnscope_error *error)
{
	struct pfnscope_columns columns;

	if (pfnscope_columns_select(format, view, &columns, error))
		return -1;
	free(columns.fields);
	return 0;
}

/**
 * pfnscope_columns_narrow() - a view without the fields that will not be shown
 * @format: how its table will be printed
 * @view: all of it
 * @needed: names of fields to keep none the less, ended by NULL
 * @narrow: the result; its fields are to be freed
 * @error: where failures go
 *
 * A cell takes 16 bytes, and a table may have half a million rows.
 *
 * Return: 0 or -1.
 */
int pfnscope_columns_narrow(const struct pfnscope_format *format,
			    const struct pfnscope_view *view,
			    const char *const *needed,
			    struct pfnscope_view *narrow,
			    struct pfnscope_error *error)
{
	struct pfnscope_columns columns;
	struct pfnscope_field *fields;
	size_t i;
	int field;

	if (pfnscope_columns_select(format, view, &columns, error))
		return -1;
	for (; *needed; needed++) {
		field = pfnscope_view_field(view, *needed);
		if (field >= 0)
			add_column(&columns, (size_t)field);
	}
	fields = pfnscope_calloc(columns.count, sizeof(*fields));
	for (i = 0; i < columns.count; i++)
		fields[i] = view->fields[columns.fields[i]];
	*narrow = *view;
	narrow->fields = fields;
	narrow->nr_fields = columns.count;
	free(columns.fields);
	return 0;
}
