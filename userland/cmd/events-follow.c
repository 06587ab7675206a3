// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events as they happen, or those of some time from now on. The ring is read again and
 * again, and numbers tell what was not seen before. The kinds are on as long as the switch
 * is held open: however the command ends, the kernel closes it.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cmd/events.h"
#include "cmd/stay.h"
#include "cmd/switch.h"
#include "source/view.h"
#include "table/select.h"
#include "view/events.h"

#define EVERY_NS	1000000000ULL

/**
 * struct follow - what was read, and what is to be shown
 * @run: the command
 * @seen: up to which events it was read
 * @without_room: that found none, when it began
 * @fresh: the rows of one reading
 * @left: rows to show, at most
 */
struct follow {
	struct pfnscope_run *run;
	struct pfnscope_events_seen seen;
	uint64_t without_room;
	struct pfnscope_table *fresh;
	uint64_t left;
};

static void take_events(void *context, const struct pfnscope_table *table)
{
	struct follow *follow = context;

	pfnscope_events_see(&follow->seen, table, follow->fresh);
}

/* What is new comes into @fresh, where there is one. Return: 0, 1 it was off, or -1. */
static int read_new(struct follow *follow, uint64_t *without_room)
{
	const struct pfnscope_row_taker taker = { take_events, follow };
	struct pfnscope_run *run = follow->run;
	struct pfnscope_table *table;
	int status;

	if (pfnscope_view_each(run->source, run->command->view, &taker, &table, &run->error))
		return -1;
	*without_room = pfnscope_events_without_room(table);
	if (table->state == PFNSCOPE_TABLE_ABSENT || table->state == PFNSCOPE_TABLE_UNAVAILABLE)
		status = pfnscope_run_absent(run, table);
	else
		status = pfnscope_switch_is_off(table);
	pfnscope_table_free(table);
	return status;
}

/* The rows of a reading, with what they say; those that are lost are said by who shows them. */
static int read_fresh(struct follow *follow, uint64_t *lost)
{
	struct pfnscope_run *run = follow->run;
	uint64_t without;

	follow->fresh = pfnscope_table_new(run->command->view);
	follow->seen.lost = 0;
	if (read_new(follow, &without) < 0)
		return -1;
	*lost = follow->seen.lost;
	if (without > follow->without_room)
		*lost += without - follow->without_room;
	follow->without_room = without;
	pfnscope_events_tell(follow->fresh, run->format.page_size_bytes);
	return 0;
}

static void forget(struct follow *follow)
{
	pfnscope_table_free(follow->fresh);
	follow->fresh = NULL;
}

/* --- as they happen --- */

static int show_fresh(struct follow *follow, size_t *widths)
{
	struct pfnscope_run *run = follow->run;
	struct pfnscope_table *table = follow->fresh;

	free(pfnscope_where_apply(&run->where, table, run->format.page_size_bytes));
	if (follow->left < table->nr_rows)
		pfnscope_table_limit_rows(table, (size_t)follow->left);
	follow->left -= table->nr_rows;
	if (!table->nr_rows)
		return 0;
	run->format.widths = widths;
	if (pfnscope_render_rows(&run->format, table, &run->error))
		return -1;
	/* Once is enough. */
	run->format.no_headings = true;
	return 0;
}

static int follow_on(struct follow *follow, const struct pfnscope_stay *stay)
{
	size_t *widths = pfnscope_calloc(follow->run->command->view->nr_fields, sizeof(*widths));
	uint64_t lost = 0, all_lost = 0;
	bool more = true;
	int failed = 0;

	while (more && follow->left && !failed) {
		more = pfnscope_stay_on(stay, EVERY_NS);
		failed = read_fresh(follow, &lost) || show_fresh(follow, widths);
		forget(follow);
		if (!failed && lost)
			pfnscope_run_remark(follow->run, "%llu events came faster than they are kept: lost",
					    (unsigned long long)lost);
		all_lost += lost;
	}
	free(widths);
	if (failed)
		return -1;
	return all_lost ? PFNSCOPE_PARTIAL : PFNSCOPE_OK;
}

/* --- those of some time --- */

static int wait_and_show(struct follow *follow, const struct pfnscope_stay *stay)
{
	uint64_t lost = 0;
	int status;

	while (pfnscope_stay_on(stay, EVERY_NS))
		;
	status = read_fresh(follow, &lost);
	if (!status && lost)
		pfnscope_table_limit(follow->fresh, PFNSCOPE_TABLE_PARTIAL,
				     "%llu events more have given way to newer ones (-f reads them as they come)",
				     (unsigned long long)lost);
	if (!status)
		status = pfnscope_run_show(follow->run, follow->fresh);
	forget(follow);
	return status;
}

/* --- both --- */

static int begin_following(struct follow *follow, int *held)
{
	const char *kind = pfnscope_run_value(follow->run, "kind");
	int status = read_new(follow, &follow->without_room);
	bool was_off = status > 0;

	if (status < 0 || pfnscope_switch_hold(follow->run, "events", kind ? kind : "all",
					       PFNSCOPE_EVENTS_TAKES, held))
		return -1;
	/* What is in the ring was before, unless there was none. */
	if (was_off || read_new(follow, &follow->without_room) >= 0)
		return 0;
	close(*held);
	return -1;
}

int pfnscope_events_stay(struct pfnscope_run *run, uint64_t ns, bool as_they_come)
{
	struct follow follow = { .run = run, .left = run->top };
	struct pfnscope_stay stay;
	int held, status = begin_following(&follow, &held);

	if (!status) {
		pfnscope_stay_begin(&stay, ns);
		status = as_they_come ? follow_on(&follow, &stay) : wait_and_show(&follow, &stay);
		pfnscope_stay_end(&stay);
		close(held);
	}
	free(follow.seen.last);
	return status;
}
