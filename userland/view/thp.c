// SPDX-License-Identifier: GPL-2.0-only
/* thp for people: a line a counter that counted, a column a size. */
#include <stdio.h>
#include <string.h>

#include "table/fields.h"
#include "view/brief.h"
#include "view/thp.h"

#define SIZES	24

#define SIZE_HELP "of huge pages of this size"
#define THP_BRIEF_FIELDS(F, V) \
	F(V, STRING, name, SHOWN, "COUNTER", "name of the counter") \
	F(V, COUNT, all, SHOWN, "ALL", "not counted by size")

PFNSCOPE_COLUMNS(THP_BRIEF);
#define SIZE(i)	(THP_BRIEF_COLUMNS + (unsigned int)(i))

#define THP_HELP_ROW "a counter that has counted something"
#define THP_HELP_FIELDS(F, V) \
	THP_BRIEF_FIELDS(F, V) \
	F(V, COUNT, size_2M, SHOWN, "64K, 2M...", SIZE_HELP ", a column a size")

PFNSCOPE_COLUMNS(THP_HELP);

const struct pfnscope_view pfnscope_view_thp_brief = PFNSCOPE_VIEW(THP_HELP, "thp");
PFNSCOPE_TABLE(THP_HELP, pfnscope_view_thp_brief);

static const struct pfnscope_field brief_fields[] = {
	THP_BRIEF_FIELDS(PFNSCOPE_FIELD, THP_BRIEF)
};

/* "64K" of bytes; sizes of huge pages are powers of two from 8 KiB. */
static char *size_name(struct pfnscope_table *table, uint64_t bytes)
{
	static const char units[] = "KMGT";
	size_t unit = 0;
	char *name = pfnscope_table_keep(table, sizeof("size_1024K"));

	for (bytes /= 1024; bytes >= 1024 && units[unit + 1]; bytes /= 1024)
		unit++;
	snprintf(name, sizeof("size_1024K"), "size_%u%c",
		 (unsigned int)(bytes % 10000), units[unit]);
	return name;
}

/* The sizes that some counter is of, in the order of the rows. */
static size_t sizes_of(const struct THP_table *table, uint64_t sizes[SIZES])
{
	size_t row, count = 0, i;
	uint64_t size, number;

	for (row = 0; row < table->all.nr_rows; row++) {
		if (!pfnscope_table_number(CELL(table, row, THP_size_bytes), &size) ||
		    !pfnscope_table_number(CELL(table, row, THP_count), &number) || !number)
			continue;
		for (i = 0; i < count && sizes[i] != size; i++)
			;
		if (i == count && count < SIZES)
			sizes[count++] = size;
	}
	return count;
}

static struct pfnscope_table *view_by_size(const uint64_t *sizes, size_t count)
{
	static const struct pfnscope_view none = { .name = "" };
	struct pfnscope_table *table = pfnscope_table_new(&none);
	struct pfnscope_field *fields;
	struct pfnscope_view *view;
	size_t i;

	view = pfnscope_table_keep(table, sizeof(*view));
	fields = pfnscope_table_keep(table, SIZE(count) * sizeof(*fields));
	memcpy(fields, brief_fields, sizeof(brief_fields));
	for (i = 0; i < count; i++) {
		char *name = size_name(table, sizes[i]);

		fields[SIZE(i)] = (struct pfnscope_field) {
			name, PFNSCOPE_KIND_COUNT, SHOWN, SIZE_HELP,
			name + sizeof("size_") - 1, SIZE(i),
		};
	}
	*view = pfnscope_view_thp;
	view->fields = fields;
	view->nr_fields = SIZE(count);
	table->view = view;
	return table;
}

static struct pfnscope_value *line_of(struct pfnscope_table *out, const char *name)
{
	struct pfnscope_value *cells;
	size_t i;

	for (i = 0; i < out->nr_rows; i++) {
		cells = out->cells + i * out->view->nr_fields;
		if (!strcmp(cells[THP_BRIEF_name].string, name))
			return cells;
	}
	cells = pfnscope_table_add(out);
	pfnscope_table_set_string(out, cells, THP_BRIEF_name, name);
	return cells;
}

struct pfnscope_table *pfnscope_thp_brief(const struct pfnscope_table *any)
{
	const struct THP_table *table = THP_OF(any);
	uint64_t sizes[SIZES], size, number;
	size_t count = sizes_of(table, sizes), row;
	struct pfnscope_table *out = view_by_size(sizes, count);

	for (row = 0; row < table->all.nr_rows; row++) {
		const char *name = pfnscope_table_string(CELL(table, row, THP_name));
		struct pfnscope_value *line;
		unsigned int column;

		if (!name || !pfnscope_table_number(CELL(table, row, THP_count), &number) ||
		    !number)
			continue;
		column = THP_BRIEF_all;
		if (pfnscope_table_number(CELL(table, row, THP_size_bytes), &size))
			for (column = SIZE(0); column < SIZE(count); column++)
				if (sizes[column - SIZE(0)] == size)
					break;
		if (column == SIZE(count))
			continue;
		line = line_of(out, name);
		pfnscope_table_set_number(out, line, column, number);
	}
	return out;
}
