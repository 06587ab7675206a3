// SPDX-License-Identifier: GPL-2.0-only
/* Zones from /proc/pfnscope: the columns that both files have. */
#include <stdlib.h>

#include "source/summary.h"
#include "source/view.h"
#include "view/summary.h"

int pfnscope_summary_zones(const struct pfnscope_source *source,
			   struct pfnscope_table *table,
			   struct pfnscope_error *error)
{
	struct pfnscope_table *summary;
	char *why;

	if (pfnscope_view_read_file(source, &pfnscope_view_summary,
				    PFNSCOPE_PROC_FILE, &summary, error))
		return -1;
	for (size_t row = 0; row < summary->nr_rows; row++)
		pfnscope_table_copy(table, pfnscope_table_add(table), summary, row);
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
