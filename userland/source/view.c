// SPDX-License-Identifier: GPL-2.0-only
/* Reads the module's files: header, columns by name, typed cells. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/parse.h"
#include "source/redact.h"
#include "source/view.h"
#include "table/bound.h"
#include "uapi/pfnscope.h"
#include "view/summary.h"

#define REMARK	"# "

/**
 * struct columns - which column of the file is which field
 * @field: index of the field, or -1 for a column nobody knows
 * @count: columns of the file
 */
struct columns {
	int *field;
	size_t count;
};

static int parse_version(struct pfnscope_parser *parser,
			 const struct pfnscope_token *token,
			 const struct pfnscope_view *view)
{
	const char *dot = strchr(token->text, '.');
	uint64_t major, minor;

	if (!dot || pfnscope_digits(token->text, (size_t)(dot - token->text),
				    &major) ||
	    pfnscope_digits(dot + 1, strlen(dot + 1), &minor))
		return pfnscope_parse_fail(parser, token->column,
					   "not a version: \"%.60s\"",
					   token->text);
	if (major > view->major)
		return pfnscope_parse_fail(parser, token->column,
			"version %s of this file is newer than this command, which understands %u.x: install the pfnscope that came with the module",
			token->text, view->major);
	return 0;
}

/* "pfnscope <file> <major>.<minor>" */
static int parse_header(struct pfnscope_parser *parser,
			const struct pfnscope_view *view)
{
	const char *const expected[] = { PFNSCOPE_MAGIC, view->name };
	struct pfnscope_token token;
	size_t i;
	int more = pfnscope_parse_line(parser);

	if (more < 0)
		return -1;
	if (!more)
		return pfnscope_parse_fail(parser, 1, "the file is empty");
	for (i = 0; i < 2; i++)
		if (pfnscope_parse_cell(parser, &token) != 1 ||
		    strcmp(token.text, expected[i]))
			return pfnscope_parse_fail(parser, 1,
				"does not begin with \"" PFNSCOPE_MAGIC " %s\"",
				view->name);
	if (pfnscope_parse_cell(parser, &token) != 1)
		return pfnscope_parse_fail(parser, 1, "has no version");
	if (parse_version(parser, &token, view))
		return -1;
	return pfnscope_parse_cell(parser, &token) ?
	       pfnscope_parse_fail(parser, token.column,
				   "something behind the version") : 0;
}

static bool has_column(const struct columns *columns, int field)
{
	size_t i;

	for (i = 0; i < columns->count; i++)
		if (columns->field[i] == field)
			return true;
	return false;
}

static int parse_columns(struct pfnscope_parser *parser,
			 const struct pfnscope_view *view,
			 struct columns *columns)
{
	struct pfnscope_token token;
	int more = pfnscope_parse_line(parser);

	if (more <= 0)
		return more ? -1 : pfnscope_parse_fail(parser, 1,
			"the line of column names is missing");
	while ((more = pfnscope_parse_cell(parser, &token)) > 0) {
		int field = pfnscope_view_field(view, token.text);

		if (field >= 0 && has_column(columns, field))
			return pfnscope_parse_fail(parser, token.column,
						   "column \"%s\" comes twice",
						   token.text);
		columns->field = pfnscope_realloc(columns->field,
						  columns->count + 1,
						  sizeof(*columns->field));
		columns->field[columns->count++] = field;
	}
	if (!more && !columns->count)
		return pfnscope_parse_fail(parser, 1, "no column names");
	return more;
}

static int parse_numbers(struct pfnscope_parser *parser,
			 const struct pfnscope_token *token,
			 struct pfnscope_table *table,
			 struct pfnscope_value *value)
{
	struct pfnscope_token element = { 0 };
	uint64_t *numbers;
	int more;

	numbers = pfnscope_table_keep(table, (token->length / 2 + 1) *
				      sizeof(*numbers));
	value->numbers = numbers;
	while ((more = pfnscope_parse_element(parser, token, &element)) > 0)
		if (pfnscope_parse_number(parser, &element,
					  &numbers[value->count++]))
			return -1;
	return more;
}

static const char *keep_text(struct pfnscope_table *table,
			     const struct pfnscope_token *token)
{
	return memcpy(pfnscope_table_keep(table, token->length + 1),
		      token->text, token->length + 1);
}

static int parse_words(struct pfnscope_parser *parser,
		       const struct pfnscope_token *token,
		       struct pfnscope_table *table,
		       struct pfnscope_value *value)
{
	struct pfnscope_token element = { 0 };
	const char **words;
	int more;

	words = pfnscope_table_keep(table, (token->length / 2 + 1) *
				    sizeof(*words));
	value->words = words;
	while ((more = pfnscope_parse_element(parser, token, &element)) > 0) {
		struct pfnscope_token word = element;

		if (pfnscope_parse_escapes(parser, &word))
			return -1;
		words[value->count++] = keep_text(table, &word);
	}
	return more;
}

/* Asked of every cell: the first character mostly answers it. */
static bool is_cell(const struct pfnscope_token *token, const char *word)
{
	return token->text[0] == word[0] && !strcmp(token->text, word);
}

static int parse_value(struct pfnscope_parser *parser,
		       struct pfnscope_token *token,
		       const struct pfnscope_field *field,
		       struct pfnscope_table *table,
		       struct pfnscope_value *value)
{
	if (is_cell(token, PFNSCOPE_CELL_UNKNOWN))
		return 0;
	value->known = true;
	switch (field->type) {
	case PFNSCOPE_NUMBER:
		return pfnscope_parse_number(parser, token, &value->number);
	case PFNSCOPE_SIGNED:
		return pfnscope_parse_signed(parser, token, &value->integer);
	case PFNSCOPE_NUMBERS:
		return is_cell(token, PFNSCOPE_CELL_NONE) ? 0 :
		       parse_numbers(parser, token, table, value);
	case PFNSCOPE_WORDS:
		return is_cell(token, PFNSCOPE_CELL_NONE) ? 0 :
		       parse_words(parser, token, table, value);
	case PFNSCOPE_STRING:
		break;
	}
	if (pfnscope_parse_escapes(parser, token))
		return -1;
	value->string = keep_text(table, token);
	return 0;
}

static int parse_row(struct pfnscope_parser *parser,
		     const struct columns *columns,
		     struct pfnscope_table *table)
{
	struct pfnscope_value *row = pfnscope_table_add(table);
	struct pfnscope_token token;
	size_t i;
	int more;

	for (i = 0; i < columns->count; i++) {
		int field = columns->field[i];

		more = pfnscope_parse_cell(parser, &token);
		if (more <= 0)
			return more ? -1 : pfnscope_parse_fail(parser,
				(size_t)(parser->end - parser->text) + 1,
				"the row ends after %zu of %zu cells", i,
				columns->count);
		if (field >= 0 &&
		    parse_value(parser, &token, &table->view->fields[field],
				table, &row[field]))
			return -1;
	}
	more = pfnscope_parse_cell(parser, &token);
	return more <= 0 ? more : pfnscope_parse_fail(parser, token.column,
		"the row has more cells than there are columns");
}

/* "# unavailable: reason" in place of all rows, or another remark. */
static int parse_remark(struct pfnscope_parser *parser,
			struct pfnscope_table *table)
{
	size_t length = strlen(PFNSCOPE_UNAVAILABLE);

	if (strncmp(parser->text, PFNSCOPE_UNAVAILABLE, length)) {
		pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL, "%s",
				     parser->text + strlen(REMARK));
		return 0;
	}
	if (table->nr_rows)
		return pfnscope_parse_fail(parser, 1,
			"\"unavailable\" behind the first row");
	pfnscope_table_limit(table, PFNSCOPE_TABLE_UNAVAILABLE, "%s",
			     parser->text + length);
	return 0;
}

/* Who gets the rows, and the key by which names in them become numbers; both may be NULL. */
struct rows_for {
	const struct pfnscope_row_taker *taker;
	const struct pfnscope_key *redaction;
};

static int parse_rows(struct pfnscope_parser *parser,
		      const struct columns *columns,
		      struct pfnscope_table *table, size_t limit,
		      const struct rows_for *who)
{
	const struct pfnscope_row_taker *taker = who->taker;

	int more = 0;

	while (table->nr_rows < limit &&
	       (more = pfnscope_parse_line(parser)) > 0) {
		if (table->state == PFNSCOPE_TABLE_UNAVAILABLE)
			return pfnscope_parse_fail(parser, 1,
				"a line behind \"unavailable\"");
		if (!strncmp(parser->text, REMARK, strlen(REMARK)))
			more = parse_remark(parser, table);
		else
			more = parse_row(parser, columns, table);
		if (more)
			return -1;
		if (who->redaction && table->nr_rows)
			pfnscope_redact_row(who->redaction, table, table->nr_rows - 1);
		if (taker && table->nr_rows) {
			taker->take(taker->context, table);
			table->nr_rows = 0;
		}
	}
	return more > 0 ? 0 : more;
}

static int parse(struct pfnscope_input *input, size_t limit,
		 struct pfnscope_table *table, const struct rows_for *who,
		 struct pfnscope_error *error)
{
	struct pfnscope_parser parser = { .input = input, .error = error };
	struct columns columns = { 0 };
	int result;

	result = parse_header(&parser, table->view);
	if (!result)
		result = parse_columns(&parser, table->view, &columns);
	if (!result)
		result = parse_rows(&parser, &columns, table, limit, who);
	free(columns.field);
	return result;
}

/**
 * pfnscope_view_parse() - read a file of the module
 * @input: its text; closing it is the caller's
 * @limit: rows to stop after, SIZE_MAX for all
 * @table: empty; rows and state are filled in
 * @error: filled as file:line:column: why
 *
 * Return: 0 or -1.
 */
int pfnscope_view_parse(struct pfnscope_input *input, size_t limit,
			struct pfnscope_table *table,
			struct pfnscope_error *error)
{
	return parse(input, limit, table, &(struct rows_for){ 0 }, error);
}

/* Nobody can load a module into a recording, or mount debugfs in it. */
static const char *why_not_recorded(const struct pfnscope_source *source)
{
	if (pfnscope_source_is_incident(source))
		return "it is not recorded with an incident";
	return pfnscope_source_has(source, PFNSCOPE_DEBUGFS) ?
	       "its file was not recorded" :
	       "the module is not loaded, or its files were not recorded";
}

/* Why the module's file could not be opened, in words that help. */
static void say_absent(const struct pfnscope_source *source,
		       struct pfnscope_table *table, int failure)
{
	const char *why = strerror(failure);

	if (failure == ENOENT && !pfnscope_source_is_live(source))
		why = why_not_recorded(source);
	else if (failure == ENOENT && table->view == &pfnscope_view_summary)
		why = "the module is not loaded";
	else if (failure == ENOENT)
		why = pfnscope_source_has(source, PFNSCOPE_DEBUGFS) ?
		      "the loaded module has no such file" :
		      "the module is not loaded or debugfs is not mounted";
	else if (failure == EACCES && pfnscope_source_is_live(source))
		why = "only root may read it";
	else if (failure == EPERM && pfnscope_source_is_live(source))
		why = "the kernel is locked down";
	pfnscope_table_limit(table, PFNSCOPE_TABLE_ABSENT, "%s", why);
}

/* The module's file of a view: in debugfs, but for the one that everybody may read. */
static char *view_path(const struct pfnscope_view *view, const char *file)
{
	if (view == &pfnscope_view_summary)
		return pfnscope_strdup("proc/" PFNSCOPE_PROC_FILE);
	return pfnscope_format(PFNSCOPE_DEBUGFS "/%s", file);
}

static int view_read_module(const struct pfnscope_source *source, const char *file,
			    size_t limit, struct pfnscope_table *table,
			    const struct pfnscope_row_taker *taker,
			    struct pfnscope_error *error)
{
	const struct rows_for who = { taker, pfnscope_source_redaction(source) };
	char *path = view_path(table->view, file);
	struct pfnscope_input *input;
	int failure = pfnscope_source_input(source, path, &input);

	free(path);
	if (failure) {
		say_absent(source, table, failure);
		return 0;
	}
	failure = parse(input, limit, table, &who, error);
	pfnscope_input_close(input);
	return failure;
}

int pfnscope_view_read_file(const struct pfnscope_source *source,
			    const struct pfnscope_view *view, const char *file,
			    struct pfnscope_table **table,
			    struct pfnscope_error *error)
{
	*table = pfnscope_table_new(view);
	if (!view_read_module(source, file, SIZE_MAX, *table, NULL, error)) {
		pfnscope_bound_mark(*table);
		return 0;
	}
	pfnscope_table_free(*table);
	*table = NULL;
	return -1;
}

int pfnscope_view_each(const struct pfnscope_source *source,
		       const struct pfnscope_view *view,
		       const struct pfnscope_row_taker *taker,
		       struct pfnscope_table **table,
		       struct pfnscope_error *error)
{
	*table = pfnscope_table_new(view);
	if (!view_read_module(source, view->name, SIZE_MAX, *table, taker, error))
		return 0;
	pfnscope_table_free(*table);
	*table = NULL;
	return -1;
}

void pfnscope_view_probe(const struct pfnscope_source *source,
			 const struct pfnscope_view *view,
			 struct pfnscope_table **table)
{
	struct pfnscope_error error = { 0 };

	*table = pfnscope_table_new(view);
	if (view_read_module(source, view->name, 1, *table, NULL, &error))
		pfnscope_table_limit(*table, PFNSCOPE_TABLE_UNAVAILABLE, "%s",
				     error.text);
}
