// SPDX-License-Identifier: GPL-2.0-only
/* Free blocks of every zone by order and migratetype. */
#include "reach/pageblock.h"
#include "view/view.h"
#include "walk/freelists.h"

static int freelists_fill(void *cursor, void *record)
{
	return pfnscope_freelists_fill(cursor, record);
}

static void freelists_end(void *cursor)
{
	struct pfnscope_freelist_cursor *freelists = cursor;

	pfnscope_scan_end(&freelists->scan);
}

static struct pfnscope_cost *freelists_cost(void *cursor)
{
	struct pfnscope_freelist_cursor *freelists = cursor;

	return &freelists->scan.cost;
}

static void freelists_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_freelist *list = record;

	seq_printf(m, "%d", list->node);
	pfnscope_put_string(m, list->zone);
	pfnscope_put_number(m, list->order);
	pfnscope_put_string(m, pfnscope_migratetype_name(list->migratetype));
	pfnscope_put_number(m, list->blocks);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_freelists = {
	.name = "freelists",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone order migratetype blocks),
	.record_size = sizeof(struct pfnscope_freelist),
	.cursor_size = sizeof(struct pfnscope_freelist_cursor),
	.fill = freelists_fill,
	.end = freelists_end,
	.cost = freelists_cost,
	.show = freelists_show,
};
