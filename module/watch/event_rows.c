// SPDX-License-Identifier: GPL-2.0-only
/* What was noted, for the files: readers look at what the probes go on writing to. */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "uapi/pfnscope.h"
#include "walk/cancel.h"
#include "walk/memory.h"
#include "watch/begun.h"
#include "watch/events.h"
#include "watch/ledger.h"
#include "watch/log.h"
#include "watch/note.h"

static void say_off(char *remark, size_t size)
{
	strscpy(remark, PFNSCOPE_SWITCHED_OFF ": control/events", size);
}

/**
 * struct pfnscope_events_next - the next event of a CPU
 * @last: beyond it the walk does not go
 * @number: of @event, 0 where there is none
 * @event: itself
 */
struct pfnscope_events_next {
	u64 last;
	u64 number;
	struct pfnscope_event event;
};

/* The first from @number on; 0 where there is none that is old enough. */
static void look_from(struct pfnscope_events_cursor *cursor, unsigned int cpu,
		      u64 number)
{
	struct pfnscope_events_next *next = &cursor->next[cpu];

	next->number = pfnscope_log_next(cursor->events->logs, cpu, number,
					 &next->event);
	if (next->number > next->last)
		next->number = 0;
}

static void look_at_all(struct pfnscope_events_cursor *cursor)
{
	struct pfnscope_events_next *next;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		next = &cursor->next[cpu];
		next->last = pfnscope_log_last(cursor->events->logs, cpu);
		look_from(cursor, cpu, 1);
		cursor->over += next->number ? next->number - 1 : next->last;
	}
}

/**
 * pfnscope_events_begin - see what there is now
 * @cursor: zeroed
 *
 * Return: 0, -ENOMEM, or -EINTR when the walk is cancelled.
 */
int pfnscope_events_begin(struct pfnscope_events_cursor *cursor)
{
	int ret;

	cursor->events = pfnscope_events_take();
	if (!cursor->events)
		return 0;
	ret = pfnscope_cgroup_names_collect(&cursor->names);
	if (!ret)
		cursor->next = __vmalloc(array_size(nr_cpu_ids,
						    sizeof(*cursor->next)),
					 PFNSCOPE_GFP | __GFP_ZERO);
	if (!cursor->next) {
		pfnscope_events_end(cursor);
		return ret ?: -ENOMEM;
	}
	look_at_all(cursor);
	return 0;
}

/**
 * pfnscope_events_end - give back what begin took
 * @cursor: the walk
 */
void pfnscope_events_end(struct pfnscope_events_cursor *cursor)
{
	vfree(cursor->next);
	pfnscope_cgroup_names_free(&cursor->names);
	pfnscope_events_put(cursor->events);
}

static struct pfnscope_events_next *
oldest(const struct pfnscope_events_cursor *cursor)
{
	struct pfnscope_events_next *next, *found = NULL;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		next = &cursor->next[cpu];
		if (next->number &&
		    (!found || next->event.boot_ns < found->event.boot_ns))
			found = next;
	}
	return found;
}

static bool fill_remark(struct pfnscope_events_cursor *cursor,
			struct pfnscope_event_row *row)
{
	struct pfnscope_events *e = cursor->events;
	u64 lost = pfnscope_logs_lost(e->logs) + pfnscope_begun_lost(e->begun);

	if (lost)
		snprintf(row->remark, sizeof(row->remark),
			 "%llu events have given way to newer ones, %llu found no room",
			 cursor->over, lost);
	else if (cursor->over)
		snprintf(row->remark, sizeof(row->remark),
			 "%llu events have given way to newer ones",
			 cursor->over);
	return *row->remark;
}

/**
 * pfnscope_events_fill - the next event, by the time of its end
 * @cursor: the walk
 * @row: filled
 *
 * Return: 1, 0 after the last one.
 */
int pfnscope_events_fill(struct pfnscope_events_cursor *cursor,
			 struct pfnscope_event_row *row)
{
	struct pfnscope_events_next *next;

	row->remark[0] = '\0';
	next = cursor->events ? oldest(cursor) : NULL;
	if (next) {
		row->event = next->event;
		row->cgroup = pfnscope_cgroup_name(&cursor->names,
						   row->event.cgroup_id);
		look_from(cursor, row->event.cpu, next->number + 1);
		return 1;
	}
	if (cursor->said)
		return 0;
	cursor->said = true;
	if (cursor->events)
		return fill_remark(cursor, row);
	say_off(row->remark, sizeof(row->remark));
	return 1;
}

/**
 * pfnscope_latency_begin - see what there is now
 * @cursor: zeroed
 */
void pfnscope_latency_begin(struct pfnscope_latency_cursor *cursor)
{
	cursor->events = pfnscope_events_take();
}

/**
 * pfnscope_latency_end - give back what begin took
 * @cursor: the walk
 */
void pfnscope_latency_end(struct pfnscope_latency_cursor *cursor)
{
	pfnscope_events_put(cursor->events);
}

/**
 * pfnscope_latency_fill - the next kind and class of which there were any
 * @cursor: the walk
 * @row: filled
 *
 * Return: 1, 0 after the last one.
 */
int pfnscope_latency_fill(struct pfnscope_latency_cursor *cursor,
			  struct pfnscope_latency_row *row)
{
	const unsigned int places = PFNSCOPE_EVENT_KINDS *
				    PFNSCOPE_EVENT_CLASSES;

	row->remark[0] = '\0';
	while (cursor->events && cursor->place < places) {
		row->latency.kind = cursor->place / PFNSCOPE_EVENT_CLASSES;
		row->latency.class = cursor->place % PFNSCOPE_EVENT_CLASSES;
		cursor->place++;
		if (pfnscope_logs_latency(cursor->events->logs, &row->latency))
			return 1;
	}
	if (cursor->events || cursor->said)
		return 0;
	cursor->said = true;
	say_off(row->remark, sizeof(row->remark));
	return 1;
}

/**
 * pfnscope_stalls_begin - see what there is now
 * @cursor: zeroed
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_stalls_begin(struct pfnscope_stalls_cursor *cursor)
{
	int ret;

	cursor->events = pfnscope_events_take();
	if (!cursor->events)
		return 0;
	ret = pfnscope_ledger_sum(cursor->events->ledger, &cursor->sums);
	if (ret)
		pfnscope_events_put(cursor->events);
	return ret;
}

/**
 * pfnscope_stalls_end - give back what begin took
 * @cursor: the walk
 */
void pfnscope_stalls_end(struct pfnscope_stalls_cursor *cursor)
{
	pfnscope_cgroups_end(&cursor->cgroups);
	pfnscope_ledger_sums_free(&cursor->sums);
	pfnscope_events_put(cursor->events);
}

/* One that was given has no count any more. */
static bool take_stall(struct pfnscope_stalls_cursor *cursor,
		       struct pfnscope_stall *stall)
{
	struct pfnscope_stall *next = &cursor->sums.stalls[cursor->next];

	*stall = *next;
	next->count = 0;
	cursor->next++;
	return stall->count;
}

static bool next_of_cgroup(struct pfnscope_stalls_cursor *cursor,
			   struct pfnscope_stall_row *row)
{
	return cursor->cgroups.begun && cursor->next < cursor->sums.count &&
	       cursor->sums.stalls[cursor->next].cgroup_id == row->cgroup.id &&
	       take_stall(cursor, &row->stall);
}

static bool next_gone(struct pfnscope_stalls_cursor *cursor,
		      struct pfnscope_stall_row *row)
{
	row->cgroup.path[0] = '\0';
	while (cursor->next < cursor->sums.count)
		if (take_stall(cursor, &row->stall))
			return true;
	return false;
}

/*
 * In the order of the cgroups. There may be thousands without a row, so that it looks
 * out for being killed.
 */
static bool next_stall(struct pfnscope_stalls_cursor *cursor,
		       struct pfnscope_stall_row *row)
{
	while (!cursor->gone) {
		if (next_of_cgroup(cursor, row))
			return true;
		if (pfnscope_walk_cancelled())
			return false;
		cursor->gone = !pfnscope_cgroups_next(&cursor->cgroups,
						      &row->cgroup);
		cursor->next = cursor->gone ? 0 :
			pfnscope_ledger_first_of(&cursor->sums, row->cgroup.id);
		cond_resched();
	}
	return next_gone(cursor, row);
}

/**
 * pfnscope_stalls_fill - the next cgroup and cause
 * @cursor: the walk
 * @row: filled; without a path where the cgroup is gone
 *
 * Return: 1, 0 after the last one.
 */
int pfnscope_stalls_fill(struct pfnscope_stalls_cursor *cursor,
			 struct pfnscope_stall_row *row)
{
	row->remark[0] = '\0';
	if (cursor->events)
		return next_stall(cursor, row);
	if (cursor->said)
		return 0;
	cursor->said = true;
	say_off(row->remark, sizeof(row->remark));
	return 1;
}
