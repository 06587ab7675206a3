// SPDX-License-Identifier: GPL-2.0-only
/* Processes: what all of them have. */
#include "base/array.h"
#include "view/processes.h"

struct pfnscope_table *pfnscope_processes_brief(const struct pfnscope_table *table)
{
	static const unsigned int columns[] = {
		PROCESSES_pid, PROCESSES_comm, PROCESSES_pss_bytes, PROCESSES_anon_bytes,
		PROCESSES_file_bytes, PROCESSES_shmem_bytes, PROCESSES_swap_bytes,
		PROCESSES_huge_bytes, PROCESSES_table_bytes, PROCESSES_locked_bytes,
	};
	/* What several map is counted once only where it is divided among them. */
	static const unsigned int sums[] = {
		PROCESSES_pss_bytes, PROCESSES_table_bytes,
	};
	struct PROCESSES_table *out = PROCESSES_FROM(pfnscope_table_part(table,
		"a process, or all of them", columns, ARRAY_SIZE(columns)));
	/* A sum of some would be taken for that of all. */
	const bool whole = table->state == PFNSCOPE_TABLE_COMPLETE;
	size_t row;

	if (table->nr_rows && whole)
		pfnscope_table_set_string(CELL(out, pfnscope_table_add(&out->all), PROCESSES_comm),
					  "(all processes)");
	for (row = 0; row < table->nr_rows; row++) {
		pfnscope_table_copy(&out->all, pfnscope_table_add(&out->all), table, row);
		if (whole)
			pfnscope_table_sum_up(&out->all, pfnscope_table_row(&out->all, 0), table,
					      row, sums, ARRAY_SIZE(sums));
	}
	return &out->all;
}
