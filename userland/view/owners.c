// SPDX-License-Identifier: GPL-2.0-only
/* Owners by name: what tells more than the class of a page. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "table/select.h"
#include "view/owners.h"

/* A cgroup of its own, a cache, a function, a part of the kernel, a holder. */
static bool is_owner_name(const struct pfnscope_table *any, size_t row, const void *nothing)
{
	const struct OWNERS_table *table = OWNERS_OF(any);
	static const char *const others[] = { "class", "state", "order", "counter" };
	const char *kind = pfnscope_table_string(CELL(table, row, OWNERS_kind));
	const char *name = pfnscope_table_string(CELL(table, row, OWNERS_owner));
	size_t i;

	(void)nothing;
	if (!kind || !name || !strcmp(name, "/"))
		return false;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (!strcmp(kind, others[i]))
			return false;
	return true;
}

/* Its kind where the row before is of another one. */
static void put_name(struct pfnscope_text *text, const struct OWNERS_table *table,
		     size_t row, uint64_t page_size)
{
	int field = pfnscope_view_column(table->all.view, OWNERS_pages);
	const char *kind = pfnscope_table_string(CELL(table, row, OWNERS_kind));
	uint64_t pages = 0;

	pfnscope_table_number(CELL(table, row, OWNERS_pages), &pages);
	if (!row || strcmp(kind, pfnscope_table_string(CELL(table, row - 1, OWNERS_kind)))) {
		pfnscope_text_put_printable(text, kind, "");
		pfnscope_text_put_char(text, ' ');
	}
	pfnscope_text_put_printable(text, pfnscope_table_string(CELL(table, row, OWNERS_owner)), "");
	pfnscope_text_put_char(text, ' ');
	pfnscope_field_put(text, &table->all.view->fields[field], pages, page_size);
}

char *pfnscope_owners_names(struct pfnscope_table *table, size_t count, uint64_t page_size)
{
	char *sort = pfnscope_strdup(PFNSCOPE_NAME(OWNERS, pages));
	struct pfnscope_text text = { 0 };
	size_t row;

	pfnscope_table_filter(table, is_owner_name, NULL);
	pfnscope_table_sort(table, table->view, sort);
	for (row = 0; row < table->nr_rows && row < count; row++) {
		pfnscope_text_put_string(&text, row ? ", " : "");
		put_name(&text, OWNERS_OF(table), row, page_size);
	}
	free(sort);
	return text.data;
}
