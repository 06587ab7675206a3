// SPDX-License-Identifier: GPL-2.0-only
/* Zones from /proc/pfnscope: the columns that both files have. */
#include <stdlib.h>

#include "source/summary.h"
#include "source/view.h"
#include "view/summary.h"

static void copy_row(const struct pfnscope_table *from, size_t row,
		     struct pfnscope_table *to)
{
	struct pfnscope_value *cells = pfnscope_table_add(to);

	for (size_t i = 0; i < from->view->nr_fields; i++) {
		const struct pfnscope_field *field = &from->view->fields[i];
		uint64_t number;
		const char *word;

		if (field->type == PFNSCOPE_STRING) {
			word = pfnscope_table_string(from, row, field->name);
			if (word)
				pfnscope_table_set_string(to, cells, field->name,
							  word);
		} else if (pfnscope_table_number(from, row, field->name, &number)) {
			pfnscope_table_set_number(to, cells, field->name, number);
		}
	}
}

int pfnscope_summary_zones(const struct pfnscope_source *source,
			   struct pfnscope_table *table,
			   struct pfnscope_error *error)
{
	struct pfnscope_table *summary;
	char *why;

	if (pfnscope_view_read(source, &pfnscope_view_summary, &summary, error))
		return -1;
	for (size_t row = 0; row < summary->nr_rows; row++)
		copy_row(summary, row, table);
	if (summary->nr_rows) {
		why = table->reason;
		table->reason = NULL;
		pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL,
				     "read from /proc/" PFNSCOPE_PROC_FILE
				     ", which has no boost, reserves and flags (the module's own file: %s)",
				     why);
		free(why);
	}
	pfnscope_table_free(summary);
	return 0;
}
