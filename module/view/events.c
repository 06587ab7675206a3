// SPDX-License-Identifier: GPL-2.0-only
/* Events one by one, while control/events names kinds of them. */
#include "reach/pageblock.h"
#include "view/view.h"
#include "watch/events.h"

static int events_begin(void *cursor)
{
	return pfnscope_events_begin(cursor);
}

static void events_end(void *cursor)
{
	pfnscope_events_end(cursor);
}

static int events_fill(void *cursor, void *record)
{
	return pfnscope_events_fill(cursor, record);
}

static void put_type(struct seq_file *m, u64 type)
{
	pfnscope_put_string(m, type == PFNSCOPE_UNKNOWN ? NULL :
				    pfnscope_migratetype_name(type));
}

static const char *const term_names[] = {
	[PFNSCOPE_TERM_NONE] = "passes",
	[PFNSCOPE_TERM_MARK] = "below_min",
	[PFNSCOPE_TERM_RESERVE] = "lowmem_reserve",
	[PFNSCOPE_TERM_NO_BLOCK] = "no_block",
	[PFNSCOPE_TERM_TYPE] = "no_usable_block",
};

static void put_verdict(struct seq_file *m,
			const struct pfnscope_event_verdict *verdict)
{
	if (!verdict->zone) {
		seq_puts(m, " - - - - - - - -");
		return;
	}
	pfnscope_put_string(m, term_names[verdict->term]);
	pfnscope_put_number(m, verdict->node);
	pfnscope_put_string(m, verdict->zone);
	pfnscope_put_number(m, verdict->free);
	pfnscope_put_number(m, verdict->min);
	pfnscope_put_number(m, verdict->reserve);
	pfnscope_put_number(m, verdict->unusable);
	pfnscope_put_number(m, verdict->blocks);
}

static void events_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_event_row *row = record;
	const struct pfnscope_event *event = &row->event;

	if (*row->remark) {
		seq_printf(m, "# %s\n", row->remark);
		return;
	}
	seq_printf(m, "%llu", event->cpu);
	pfnscope_put_number(m, event->number);
	pfnscope_put_number(m, event->boot_ns);
	pfnscope_put_string(m, pfnscope_event_name(event->kind));
	pfnscope_put_number(m, event->asked.node);
	pfnscope_put_string(m, event->asked.zone);
	pfnscope_put_number(m, event->asked.order);
	pfnscope_put_number(m, event->asked.gfp);
	pfnscope_put_number(m, event->pid);
	pfnscope_put_string(m, event->comm);
	pfnscope_put_number(m, event->ns);
	pfnscope_put_number(m, event->pages);
	pfnscope_put_string(m, event->result);
	pfnscope_put_number(m, event->block_order);
	put_type(m, event->from);
	put_type(m, event->to);
	pfnscope_put_number(m, event->pfn);
	put_verdict(m, &event->verdict);
	pfnscope_put_string(m, row->cgroup);
	pfnscope_put_number(m, event->cgroup_id);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_events = {
	.name = "events",
	.major = 1,
	.minor = 2,
	.columns = PFNSCOPE_COLUMNS(cpu number boot_ns event node zone order
				    gfp_mask pid comm took_ns
				    reclaimed_pages result block_order from to
				    start_pfn term checked_node checked_zone
				    free_pages min_pages reserve_pages
				    unusable_pages fitting_blocks cgroup
				    cgroup_id),
	.record_size = sizeof(struct pfnscope_event_row),
	.cursor_size = sizeof(struct pfnscope_events_cursor),
	.unavailable = pfnscope_events_unavailable,
	.begin = events_begin,
	.fill = events_fill,
	.end = events_end,
	.show = events_show,
};
