// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hugetlb pools, and what the zones could add to them. A count is of huge
 * pages, each of size_bytes.
 */
#include "reach/hugepage.h"
#include "view/view.h"
#include "walk/hugepages.h"

static int hugepages_begin(void *cursor)
{
	return pfnscope_hugepages_begin(cursor);
}

static int hugepages_fill(void *cursor, void *record)
{
	return pfnscope_hugepages_fill(cursor, record);
}

static void hugepages_end(void *cursor)
{
	pfnscope_hugepages_end(cursor);
}

static struct pfnscope_cost *hugepages_cost(void *cursor)
{
	struct pfnscope_hugepages_cursor *hugepages = cursor;

	return &hugepages->zones.scan.cost;
}

static void put_chances(struct seq_file *m,
			const struct pfnscope_hugepage_chances *chances)
{
	pfnscope_put_number(m, chances->now);
	pfnscope_put_number(m, chances->drained);
	pfnscope_put_number(m, chances->reclaimed);
	pfnscope_put_number(m, chances->compacted);
	pfnscope_put_number(m, chances->obtainable);
	pfnscope_put_number(m, chances->never);
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
	put_chances(m, &pool->chances);
	pfnscope_put_number(m, pool->chances.written);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_hugepages = {
	.name = "hugepages",
	.major = 1,
	.minor = 2,
	.columns = PFNSCOPE_COLUMNS(scope node size_bytes total_hugepages
				    free_hugepages reserved_hugepages
				    surplus_hugepages overcommit_hugepages
				    now_hugepages drained_hugepages
				    reclaimed_hugepages compacted_hugepages
				    obtainable_hugepages never_hugepages
				    written_hugepages),
	.record_size = sizeof(struct pfnscope_hugepage),
	.cursor_size = sizeof(struct pfnscope_hugepages_cursor),
	.unavailable = pfnscope_hugepage_unavailable,
	.begin = hugepages_begin,
	.fill = hugepages_fill,
	.end = hugepages_end,
	.cost = hugepages_cost,
	.show = hugepages_show,
};
