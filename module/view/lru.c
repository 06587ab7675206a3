// SPDX-License-Identifier: GPL-2.0-only
/* The pages on the LRU lists of every memory cgroup. */
#include "view/cgroup.h"
#include "view/view.h"
#include "walk/lru.h"

static int lru_fill(void *cursor, void *record)
{
	return pfnscope_lru_fill(cursor, record);
}

static void lru_end(void *cursor)
{
	pfnscope_cgroups_end(cursor);
}

static void lru_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_lru *lru = record;
	enum lru_list i;

	seq_printf(m, "%d %s", lru->node, lru->zone);
	pfnscope_put_cgroup(m, &lru->cgroup);
	for_each_lru(i)
		pfnscope_put_number(m, lru->pages[i]);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_lru = {
	.name = "lru",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone cgroup cgroup_id state
				    inactive_anon_pages active_anon_pages
				    inactive_file_pages active_file_pages
				    unevictable_pages),
	.record_size = sizeof(struct pfnscope_lru),
	.cursor_size = sizeof(struct pfnscope_cgroups),
	.fill = lru_fill,
	.end = lru_end,
	.show = lru_show,
};
