// SPDX-License-Identifier: GPL-2.0-only
/* How long the tasks of each cgroup have waited for memory, and for which cause. */
#include "view/cgroup.h"
#include "view/view.h"
#include "watch/events.h"

static int stalls_begin(void *cursor)
{
	return pfnscope_stalls_begin(cursor);
}

static void stalls_end(void *cursor)
{
	pfnscope_stalls_end(cursor);
}

static int stalls_fill(void *cursor, void *record)
{
	return pfnscope_stalls_fill(cursor, record);
}

static bool gives_pages(enum pfnscope_event_kind kind)
{
	return kind != PFNSCOPE_EVENT_THROTTLE &&
	       kind != PFNSCOPE_EVENT_COMPACTION;
}

/* Paths begin with a slash: nobody's is "others". */
static void put_whose(struct seq_file *m, const struct pfnscope_stall_row *row)
{
	u64 id = row->stall.cgroup_id;

	if (*row->cgroup.path) {
		pfnscope_put_cgroup(m, &row->cgroup);
	} else if (id == PFNSCOPE_NO_CGROUP) {
		seq_puts(m, " others - -");
	} else {
		pfnscope_put_string(m, NULL);
		pfnscope_put_number(m, id);
		seq_puts(m, " -");
	}
}

static void stalls_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_stall_row *row = record;
	const struct pfnscope_stall *stall = &row->stall;

	if (*row->remark) {
		seq_printf(m, "# %s\n", row->remark);
		return;
	}
	seq_puts(m, pfnscope_event_name(stall->kind));
	pfnscope_put_string(m, pfnscope_event_class_name(stall->class));
	put_whose(m, row);
	pfnscope_put_number(m, stall->count);
	pfnscope_put_number(m, stall->sum_ns);
	pfnscope_put_number(m, stall->longest_ns);
	pfnscope_put_number(m, gives_pages(stall->kind) ? stall->pages :
							  PFNSCOPE_UNKNOWN);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_stalls = {
	.name = "stalls",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(event orders cgroup cgroup_id state count
				    total_ns longest_ns reclaimed_pages),
	.record_size = sizeof(struct pfnscope_stall_row),
	.cursor_size = sizeof(struct pfnscope_stalls_cursor),
	.unavailable = pfnscope_events_unavailable,
	.begin = stalls_begin,
	.fill = stalls_fill,
	.end = stalls_end,
	.show = stalls_show,
};
