// SPDX-License-Identifier: GPL-2.0-only
/* Samples from the tails of the LRU lists. */
#include "view/cgroup.h"
#include "view/view.h"
#include "walk/lrutail.h"

static const char *const list_names[PFNSCOPE_LRUTAIL_LISTS] = {
	[PFNSCOPE_LRUTAIL_INACTIVE_ANON]	= "inactive_anon",
	[PFNSCOPE_LRUTAIL_ACTIVE_ANON]		= "active_anon",
	[PFNSCOPE_LRUTAIL_INACTIVE_FILE]	= "inactive_file",
	[PFNSCOPE_LRUTAIL_ACTIVE_FILE]		= "active_file",
	[PFNSCOPE_LRUTAIL_OLDEST_ANON]		= "oldest_anon",
	[PFNSCOPE_LRUTAIL_OLDEST_FILE]		= "oldest_file",
};

static const char *const stop_names[PFNSCOPE_LRUTAIL_STOPS] = {
	[PFNSCOPE_LRUTAIL_END]	= "end",
	[PFNSCOPE_LRUTAIL_CAP]	= "cap",
	[PFNSCOPE_LRUTAIL_LOST]	= "lost",
};

static int lrutail_fill(void *cursor, void *record)
{
	return pfnscope_lrutail_fill(cursor, record);
}

static void lrutail_end(void *cursor)
{
	struct pfnscope_lrutail_cursor *lrutail = cursor;

	pfnscope_cgroups_end(&lrutail->cgroups);
}

static struct pfnscope_cost *lrutail_cost(void *cursor)
{
	return &((struct pfnscope_lrutail_cursor *)cursor)->cost;
}

static void lrutail_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_lrutail *tail = record;
	unsigned int class;

	seq_printf(m, "%d %s", tail->node, list_names[tail->list]);
	pfnscope_put_string(m, tail->zone);
	pfnscope_put_cgroup(m, &tail->cgroup);
	pfnscope_put_number(m, tail->seq);
	pfnscope_put_number(m, tail->pages);
	pfnscope_put_number(m, tail->entries);
	pfnscope_put_number(m, tail->sampled);
	for (class = 0; class < PFNSCOPE_LRUTAIL_CLASSES; class++)
		pfnscope_put_number(m, tail->classes[class]);
	seq_printf(m, " %s\n", stop_names[tail->stop]);
}

const struct pfnscope_view pfnscope_view_lrutail = {
	.name = "lrutail",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node list zone cgroup cgroup_id state
				    generation list_pages sampled_entries
				    sampled_pages dirty_pages writeback_pages
				    referenced_pages mapped_pages
				    unevictable_pages pinned_pages clean_pages
				    stop),
	.record_size = sizeof(struct pfnscope_lrutail),
	.cursor_size = sizeof(struct pfnscope_lrutail_cursor),
	.fill = lrutail_fill,
	.end = lrutail_end,
	.cost = lrutail_cost,
	.show = lrutail_show,
};
