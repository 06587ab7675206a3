// SPDX-License-Identifier: GPL-2.0-only
/* How long events took, since control/events has named them. */
#include "view/view.h"
#include "watch/events.h"

static int latency_begin(void *cursor)
{
	pfnscope_latency_begin(cursor);
	return 0;
}

static void latency_end(void *cursor)
{
	pfnscope_latency_end(cursor);
}

static int latency_fill(void *cursor, void *record)
{
	return pfnscope_latency_fill(cursor, record);
}

static void latency_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_latency_row *row = record;
	const struct pfnscope_latency *latency = &row->latency;

	if (*row->remark) {
		seq_printf(m, "# %s\n", row->remark);
		return;
	}
	seq_puts(m, pfnscope_event_name(latency->kind));
	pfnscope_put_string(m, pfnscope_event_class_name(latency->class));
	pfnscope_put_number(m, latency->count);
	pfnscope_put_number(m, latency->sum_ns);
	pfnscope_put_number(m, latency->longest.ns);
	pfnscope_put_number(m, latency->longest.boot_ns);
	pfnscope_put_number(m, latency->longest.asked.order);
	pfnscope_put_number(m, latency->longest.asked.gfp);
	pfnscope_put_number(m, latency->longest.pid);
	pfnscope_put_string(m, latency->longest.comm);
	pfnscope_put_numbers(m, latency->buckets, PFNSCOPE_EVENT_BUCKETS);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_latency = {
	.name = "latency",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(event orders count total_ns longest_ns
				    boot_ns order gfp_mask pid comm buckets),
	.record_size = sizeof(struct pfnscope_latency_row),
	.cursor_size = sizeof(struct pfnscope_latency_cursor),
	.unavailable = pfnscope_events_unavailable,
	.begin = latency_begin,
	.fill = latency_fill,
	.end = latency_end,
	.show = latency_show,
};
