// SPDX-License-Identifier: GPL-2.0-only
/* The hugetlb pools. A count is of huge pages, each of size_bytes. */
#include "reach/hugepage.h"
#include "view/view.h"
#include "walk/hugepages.h"

static int hugepages_fill(void *cursor, void *record)
{
	return pfnscope_hugepages_fill(cursor, record);
}

static void hugepages_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_hugepage *pool = record;

	seq_puts(m, pool->host ? "host" : "node");
	pfnscope_put_number(m, pool->host ? PFNSCOPE_UNKNOWN : pool->node);
	pfnscope_put_number(m, pool->size);
	pfnscope_put_number(m, pool->total);
	pfnscope_put_number(m, pool->free);
	pfnscope_put_number(m, pool->reserved);
	pfnscope_put_number(m, pool->surplus);
	pfnscope_put_number(m, pool->overcommit);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_hugepages = {
	.name = "hugepages",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(scope node size_bytes total_hugepages
				    free_hugepages reserved_hugepages
				    surplus_hugepages overcommit_hugepages),
	.record_size = sizeof(struct pfnscope_hugepage),
	.cursor_size = sizeof(struct pfnscope_hugepages_cursor),
	.unavailable = pfnscope_hugepage_unavailable,
	.fill = hugepages_fill,
	.show = hugepages_show,
};
