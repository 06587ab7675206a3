// SPDX-License-Identifier: GPL-2.0-only
/* Which rows of sample people see. */
#include "view/sample.h"

bool pfnscope_sample_shown(const struct pfnscope_table *table, size_t row,
			   const void *nothing)
{
	uint64_t pages;

	(void)nothing;
	return pfnscope_table_number(CELL(SAMPLE_OF(table), row, SAMPLE_pages), &pages) && pages;
}
