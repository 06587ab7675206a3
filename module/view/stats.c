// SPDX-License-Identifier: GPL-2.0-only
/* What the views themselves have cost since the module was loaded. */
#include "view/view.h"

struct stats_record {
	const char *file;
	struct pfnscope_cost cost;
};

static int stats_fill(void *cursor, void *record)
{
	unsigned int *index = cursor;
	struct stats_record *stats = record;
	const struct pfnscope_view *view = pfnscope_view_at(*index);

	if (!view)
		return 0;
	stats->file = view->name;
	pfnscope_view_cost((*index)++, &stats->cost);
	return 1;
}

static void stats_show(struct seq_file *m, const void *record)
{
	const struct stats_record *stats = record;

	seq_puts(m, stats->file);
	pfnscope_put_number(m, stats->cost.opens);
	pfnscope_put_number(m, stats->cost.rows);
	pfnscope_put_number(m, stats->cost.spent_ns);
	pfnscope_put_number(m, stats->cost.longest_hold_ns);
	pfnscope_put_number(m, stats->cost.visited_pages);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_stats = {
	.name = "stats",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(file opens rows spent_ns longest_hold_ns
				    visited_pages),
	.record_size = sizeof(struct stats_record),
	.cursor_size = sizeof(unsigned int),
	.fill = stats_fill,
	.show = stats_show,
};
