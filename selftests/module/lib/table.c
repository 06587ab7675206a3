// SPDX-License-Identifier: GPL-2.0-only
/* The strict reader of the module's files. */

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"
#include "text.h"

static bool fail(struct table *t, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(t->error, sizeof(t->error), fmt, args);
	va_end(args);
	return false;
}

bool is_decimal(const char *s)
{
	s += *s == '-';
	if (!isdigit((unsigned char)*s) || (*s == '0' && s[1]))
		return false;
	while (isdigit((unsigned char)*s))
		s++;
	return !*s;
}

static bool is_column_name(const char *s)
{
	if (!islower((unsigned char)*s))
		return false;
	return strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

/* Cuts @line at each blank into at most @max cells; 0 where a cell is empty or there are too many. */
static size_t cut(char *line, char **cells, size_t max)
{
	size_t n = 0;

	for (char *end; line; line = end) {
		end = strchr(line, ' ');
		if (end)
			*end++ = '\0';
		if (!*line || n == max)
			return 0;
		cells[n++] = line;
	}
	return n;
}

static bool parse_version(struct table *t, const char *line)
{
	char again[128];

	if (!line || sscanf(line, "pfnscope %63s %u.%u", t->name, &t->major, &t->minor) != 3)
		return fail(t, "line 1 is not 'pfnscope FILE MAJOR.MINOR': '%.80s'", line ? line : "");
	snprintf(again, sizeof(again), "pfnscope %s %u.%u", t->name, t->major, t->minor);
	if (strcmp(again, line))
		return fail(t, "line 1 has more than 'pfnscope FILE MAJOR.MINOR': '%.80s'", line);
	return true;
}

static bool parse_columns(struct table *t, char *line)
{
	t->columns = line ? cut(line, t->column, TABLE_MAX_COLUMNS) : 0;
	if (!t->columns)
		return fail(t, "line 2 does not name columns with one blank between");
	for (size_t i = 0; i < t->columns; i++) {
		if (!is_column_name(t->column[i]))
			return fail(t, "'%.40s' is not a name of a column", t->column[i]);
		if (table_column(t, t->column[i]) != (int)i)
			return fail(t, "column '%.40s' comes twice", t->column[i]);
	}
	return true;
}

static bool parse_rows(struct table *t, char *at)
{
	static const char reason[] = "# unavailable: ";
	char *line;

	while ((line = text_line(&at))) {
		if (!strncmp(line, reason, strlen(reason))) {
			t->unavailable = line + strlen(reason);
			if (t->rows || (at && *at) || !*t->unavailable)
				return fail(t, "'# unavailable' without a reason, or beside rows");
			return true;
		}
		if (t->remark)
			return fail(t, "a line behind the remark '%.40s'", t->remark);
		if (!strncmp(line, "# ", 2)) {
			t->remark = line + 2;
			continue;
		}
		t->cells = realloc(t->cells, (t->rows + 1) * t->columns * sizeof(*t->cells));
		if (cut(line, t->cells + t->rows * t->columns, t->columns) != t->columns)
			return fail(t, "line %zu: not %zu cells with one blank between: '%.80s'",
				    t->rows + 3, t->columns, line);
		t->rows++;
	}
	return true;
}

bool table_parse(struct table *t, char *text)
{
	size_t len = strlen(text);
	char *at = text, *line;

	memset(t, 0, sizeof(*t));
	t->text = text;
	if (!len || text[len - 1] != '\n')
		return fail(t, len ? "the last line has no newline" : "empty");
	for (size_t i = 0; i < len; i++)
		if (text[i] != '\n' && (text[i] < ' ' || text[i] > '~'))
			return fail(t, "byte %zu is not printable ASCII", i);
	if (strstr(text, "\n\n"))
		return fail(t, "an empty line");
	line = text_line(&at);
	if (!parse_version(t, line))
		return false;
	line = text_line(&at);
	return parse_columns(t, line) && parse_rows(t, at);
}

bool table_read(struct table *t, const char *path)
{
	size_t len;
	char *text = text_read(path, &len);

	if (!text) {
		memset(t, 0, sizeof(*t));
		return fail(t, "%s: %s", path, strerror(errno));
	}
	if (strlen(text) != len) {
		memset(t, 0, sizeof(*t));
		t->text = text;
		return fail(t, "%s: holds a NUL byte", path);
	}
	return table_parse(t, text);
}

void table_need(struct table *t, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), PFNSCOPE_DIR "/%s", name);
	if (!table_read(t, path)) {
		printf("Bail out! %s: %s\n", name, t->error);
		exit(1);
	}
}

void table_free(struct table *t)
{
	free(t->cells);
	free(t->text);
	memset(t, 0, sizeof(*t));
}

int table_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns; i++)
		if (!strcmp(t->column[i], name))
			return (int)i;
	return -1;
}

const char *table_cell(const struct table *t, size_t row, const char *column)
{
	int i = table_column(t, column);

	return i < 0 || row >= t->rows ? NULL : t->cells[row * t->columns + (size_t)i];
}

bool table_number(const struct table *t, size_t row, const char *column, long long *value)
{
	const char *cell = table_cell(t, row, column);

	if (!cell || !is_decimal(cell))
		return false;
	errno = 0;
	*value = strtoll(cell, NULL, 10);
	return !errno;
}

long long table_value(const struct table *t, size_t row, const char *column)
{
	long long value;

	return table_number(t, row, column, &value) ? value : -1;
}

bool table_is(const struct table *t, size_t row, const char *column, const char *value)
{
	return !strcmp(table_cell(t, row, column), value);
}

size_t table_count(const struct table *t, const char *column, const char *value)
{
	size_t count = 0;

	for (size_t row = 0; row < t->rows; row++)
		count += table_is(t, row, column, value);
	return count;
}

static bool row_matches(const struct table *t, size_t row, va_list args)
{
	const char *column, *value, *cell;

	while ((column = va_arg(args, const char *))) {
		value = va_arg(args, const char *);
		cell = table_cell(t, row, column);
		if (!cell || strcmp(cell, value))
			return false;
	}
	return true;
}

long table_find(const struct table *t, ...)
{
	for (size_t row = 0; row < t->rows; row++) {
		va_list args;
		bool hit;

		va_start(args, t);
		hit = row_matches(t, row, args);
		va_end(args);
		if (hit)
			return (long)row;
	}
	return -1;
}
