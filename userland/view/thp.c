// SPDX-License-Identifier: GPL-2.0-only
/* The fields of thp, which the kernel itself shows to everybody. */
#include <stdio.h>
#include <string.h>

#include "table/fields.h"
#include "view/brief.h"

static const struct pfnscope_field fields[] = {
	BYTES("size_bytes", SHOWN, NULL,
	      "size of the huge pages, where it is counted by size"),
	STRING("name", SHOWN, NULL, "name of the counter"),
	COUNT("count", SHOWN, NULL, "since boot; nr_ is a number of now"),
};

const struct pfnscope_view pfnscope_view_thp = {
	.name = "thp",
	.major = 1,
	.row = "a counter of transparent huge pages",
	PFNSCOPE_FIELDS(fields),
};

/* --- for people: a line a counter that counted, a column a size --- */

#define SIZES	24

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
static size_t sizes_of(const struct pfnscope_table *table, uint64_t sizes[SIZES])
{
	size_t row, count = 0, i;
	uint64_t size, number;

	for (row = 0; row < table->nr_rows; row++) {
		if (!pfnscope_table_number(table, row, "size_bytes", &size) ||
		    !pfnscope_table_number(table, row, "count", &number) || !number)
			continue;
		for (i = 0; i < count && sizes[i] != size; i++)
			;
		if (i == count && count < SIZES)
			sizes[count++] = size;
	}
	return count;
}

static struct pfnscope_table *by_size(const uint64_t *sizes, size_t count)
{
	static const struct pfnscope_field first[] = {
		STRING("name", SHOWN, "COUNTER", "name of the counter"),
		COUNT("all", SHOWN, "ALL", "not counted by size"),
	};
	static const struct pfnscope_view none = { .name = "" };
	struct pfnscope_table *table = pfnscope_table_new(&none);
	struct pfnscope_field *fields;
	struct pfnscope_view *view;
	size_t i;

	view = pfnscope_table_keep(table, sizeof(*view));
	fields = pfnscope_table_keep(table, (count + 2) * sizeof(*fields));
	fields[0] = first[0];
	fields[1] = first[1];
	for (i = 0; i < count; i++) {
		char *name = size_name(table, sizes[i]);

		fields[i + 2] = (struct pfnscope_field)
			COUNT(name, SHOWN, name + sizeof("size_") - 1,
			      "of huge pages of this size");
	}
	*view = pfnscope_view_thp;
	view->fields = fields;
	view->nr_fields = count + 2;
	table->view = view;
	return table;
}

static struct pfnscope_value *line_of(struct pfnscope_table *out, const char *name)
{
	struct pfnscope_value *cells;
	size_t i;

	for (i = 0; i < out->nr_rows; i++) {
		cells = out->cells + i * out->view->nr_fields;
		if (!strcmp(cells[0].string, name))
			return cells;
	}
	cells = pfnscope_table_add(out);
	pfnscope_table_set_string(out, cells, "name", name);
	return cells;
}

struct pfnscope_table *pfnscope_thp_brief(const struct pfnscope_table *table)
{
	uint64_t sizes[SIZES], size, number;
	size_t count = sizes_of(table, sizes), row, column;
	struct pfnscope_table *out = by_size(sizes, count);

	for (row = 0; row < table->nr_rows; row++) {
		const char *name = pfnscope_table_string(table, row, "name");
		struct pfnscope_value *line;

		if (!name || !pfnscope_table_number(table, row, "count", &number) ||
		    !number)
			continue;
		column = 1;
		if (pfnscope_table_number(table, row, "size_bytes", &size))
			for (column = 2; column < count + 2; column++)
				if (sizes[column - 2] == size)
					break;
		if (column == count + 2)
			continue;
		line = line_of(out, name);
		line[column].known = true;
		line[column].number = number;
	}
	return out;
}
