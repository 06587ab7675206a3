// SPDX-License-Identifier: GPL-2.0-only
/*
 * A kind is switched on and off by itself, and what is known of the others stays. What
 * was begun while a kind was off, or before it was on again, has no length.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "reach/compact.h"
#include "reach/eventtrace.h"
#include "reach/pageblock.h"
#include "uapi/pfnscope.h"
#include "walk/memory.h"
#include "watch/begun.h"
#include "watch/events.h"
#include "watch/log.h"
#include "watch/verdict.h"

/**
 * struct pfnscope_events - all that there is while any kind is on
 * @kref: it is on, or somebody reads
 * @kinds: a bit for each that is on
 * @on_ns: when each was switched on
 * @begun: what has not ended yet
 * @logs: what has
 */
struct pfnscope_events {
	struct kref kref;
	unsigned long kinds;
	u64 on_ns[PFNSCOPE_EVENT_KINDS];
	struct pfnscope_begun *begun;
	struct pfnscope_logs *logs;
};

static const char *const kind_names[PFNSCOPE_EVENT_KINDS] = {
	[PFNSCOPE_EVENT_DIRECT_RECLAIM] = "direct_reclaim",
	[PFNSCOPE_EVENT_MEMCG_RECLAIM] = "memcg_reclaim",
	[PFNSCOPE_EVENT_COMPACTION] = "compaction",
	[PFNSCOPE_EVENT_KCOMPACTD] = "kcompactd",
	[PFNSCOPE_EVENT_STEAL] = "steal",
	[PFNSCOPE_EVENT_OOM] = "oom",
};

/* Guards the switch. Never taken where something happens. */
static DEFINE_MUTEX(switch_mutex);
static struct pfnscope_events *events;

/**
 * pfnscope_event_name - a kind in a word
 * @kind: of events
 */
const char *pfnscope_event_name(enum pfnscope_event_kind kind)
{
	return kind_names[kind];
}

/* --- what happens --- */

static bool is_on(const struct pfnscope_events *e, enum pfnscope_event_kind kind)
{
	return READ_ONCE(e->kinds) & BIT(kind);
}

/* All unknown but when, what and who. */
static void note(struct pfnscope_event *event, enum pfnscope_event_kind kind,
		 const struct task_struct *task)
{
	*event = (struct pfnscope_event){
		.boot_ns = ktime_get_mono_fast_ns(),
		.kind = kind,
		.pid = task->pid,
		.asked = { PFNSCOPE_UNKNOWN, PFNSCOPE_UNKNOWN,
			   PFNSCOPE_UNKNOWN, NULL },
		.ns = PFNSCOPE_UNKNOWN,
		.pages = PFNSCOPE_UNKNOWN,
		.block_order = PFNSCOPE_UNKNOWN,
		.from = PFNSCOPE_UNKNOWN,
		.to = PFNSCOPE_UNKNOWN,
		.pfn = PFNSCOPE_UNKNOWN,
	};
	memcpy(event->comm, task->comm, sizeof(event->comm));
	event->comm[sizeof(event->comm) - 1] = '\0';
}

static void asked(void *data, gfp_t gfp, unsigned int order)
{
	struct pfnscope_events *e = data;

	pfnscope_begun_ask(e->begun, gfp, order);
}

static void begun(void *data, enum pfnscope_event_kind kind,
		  const struct pfnscope_event_asked *what)
{
	struct pfnscope_begun_thing thing = { .asked = *what };
	struct pfnscope_events *e = data;

	if (!is_on(e, kind))
		return;
	if (kind == PFNSCOPE_EVENT_COMPACTION && pfnscope_compacts_for_itself())
		pfnscope_begun_asked(e->begun, &thing.asked);
	/* A cgroup at its limit is no matter of zones. */
	if (kind != PFNSCOPE_EVENT_MEMCG_RECLAIM)
		pfnscope_verdict_take(&thing.asked, &thing.verdict);
	thing.since_ns = ktime_get_mono_fast_ns();
	pfnscope_begun_add(e->begun, kind, &thing);
}

static void ended(void *data, enum pfnscope_event_kind kind, u64 pages,
		  const char *result)
{
	struct pfnscope_begun_thing thing;
	struct pfnscope_events *e = data;
	struct pfnscope_event event;

	if (!is_on(e, kind) || !pfnscope_begun_take(e->begun, kind, &thing) ||
	    thing.since_ns < READ_ONCE(e->on_ns[kind]))
		return;
	note(&event, kind, current);
	event.asked = thing.asked;
	event.verdict = thing.verdict;
	event.ns = event.boot_ns - min(event.boot_ns, thing.since_ns);
	event.pages = pages;
	event.result = result;
	pfnscope_logs_add(e->logs, &event);
}

/* Whether the block has become one of those asked for, or is one of two kinds now. */
static const char *stolen_how(unsigned long pfn, unsigned int to)
{
	unsigned long flags = pfnscope_pageblock_flags(pfn);

	return pfnscope_pageblock_migratetype(flags) == to ? "claimed" : "mixed";
}

static void stolen(void *data, struct page *page, unsigned int order,
		   unsigned int block_order, unsigned int to, unsigned int from)
{
	struct pfnscope_events *e = data;
	struct pfnscope_event event;

	note(&event, PFNSCOPE_EVENT_STEAL, current);
	event.asked.order = order;
	event.asked.node = page_to_nid(page);
	event.asked.zone = page_zone(page)->name;
	event.block_order = block_order;
	event.from = from;
	event.to = to;
	event.pfn = page_to_pfn(page);
	event.result = stolen_how(event.pfn, to);
	pfnscope_logs_add(e->logs, &event);
}

static void killed(void *data, struct task_struct *task)
{
	struct pfnscope_events *e = data;
	struct pfnscope_event event;

	note(&event, PFNSCOPE_EVENT_OOM, task);
	event.result = "killed";
	pfnscope_logs_add(e->logs, &event);
}

static const struct pfnscope_eventtrace listener = {
	.asked = asked,
	.begun = begun,
	.ended = ended,
	.stolen = stolen,
	.killed = killed,
};

/* --- the switch --- */

/**
 * pfnscope_events_available - the kinds this kernel can tell of, a bit each
 */
unsigned long pfnscope_events_available(void)
{
	unsigned long available = 0;
	unsigned int kind;

	for (kind = 0; kind < PFNSCOPE_EVENT_KINDS; kind++)
		if (!pfnscope_eventtrace_unavailable(kind))
			available |= BIT(kind);
	return available;
}

/**
 * pfnscope_events_unavailable - can this kernel tell of no kind?
 *
 * Return: why not, NULL if it can tell of one.
 */
const char *pfnscope_events_unavailable(void)
{
	if (pfnscope_events_available())
		return NULL;
	return pfnscope_eventtrace_unavailable(PFNSCOPE_EVENT_DIRECT_RECLAIM);
}

static void events_release(struct kref *kref)
{
	struct pfnscope_events *e = container_of(kref, struct pfnscope_events,
						 kref);

	pfnscope_begun_free(e->begun);
	pfnscope_logs_free(e->logs);
	kfree(e);
}

static void events_put(struct pfnscope_events *e)
{
	if (e)
		kref_put(&e->kref, events_release);
}

static struct pfnscope_events *events_get(void)
{
	struct pfnscope_events *e;

	mutex_lock(&switch_mutex);
	e = events;
	if (e)
		kref_get(&e->kref);
	mutex_unlock(&switch_mutex);
	return e;
}

static struct pfnscope_events *events_alloc(void)
{
	struct pfnscope_events *e = kzalloc(sizeof(*e), PFNSCOPE_GFP);

	if (!e)
		return NULL;
	kref_init(&e->kref);
	e->begun = pfnscope_begun_alloc();
	e->logs = pfnscope_logs_alloc();
	if (e->begun && e->logs)
		return e;
	events_put(e);
	return NULL;
}

/* What was begun before it was on again does not count. */
static void mark_on(struct pfnscope_events *e, unsigned long kinds)
{
	u64 now_ns = ktime_get_mono_fast_ns();
	unsigned int kind;

	for (kind = 0; kind < PFNSCOPE_EVENT_KINDS; kind++)
		if (kinds & BIT(kind))
			WRITE_ONCE(e->on_ns[kind], now_ns);
	if (kinds & BIT(PFNSCOPE_EVENT_COMPACTION))
		pfnscope_begun_forget(e->begun);
}

static int listen_to(struct pfnscope_events *e, unsigned long kinds)
{
	unsigned long before = e->kinds;
	int ret;

	mark_on(e, kinds & ~before);
	WRITE_ONCE(e->kinds, before | kinds);
	ret = pfnscope_eventtrace_set(kinds, &listener, e);
	WRITE_ONCE(e->kinds, ret ? before & kinds : kinds);
	return ret;
}

static int switch_to(unsigned long kinds)
{
	int ret;

	if (kinds & ~pfnscope_events_available())
		return -ENODEV;
	if (!events)
		events = events_alloc();
	if (!events)
		return -ENOMEM;
	ret = listen_to(events, kinds);
	if (events->kinds)
		return ret;
	events_put(events);
	events = NULL;
	return ret;
}

/**
 * pfnscope_events_set - which kinds are noted from now on
 * @kinds: a bit for each; 0 gives up what was noted
 *
 * Return: 0 or a negative errno, and then nothing has changed unless the probes could
 * not be registered.
 */
int pfnscope_events_set(unsigned long kinds)
{
	int ret = 0;

	mutex_lock(&switch_mutex);
	if (kinds != (events ? events->kinds : 0))
		ret = switch_to(kinds);
	mutex_unlock(&switch_mutex);
	return ret;
}

/**
 * pfnscope_events_get - which kinds are noted
 */
unsigned long pfnscope_events_get(void)
{
	unsigned long kinds;

	mutex_lock(&switch_mutex);
	kinds = events ? events->kinds : 0;
	mutex_unlock(&switch_mutex);
	return kinds;
}

/**
 * pfnscope_events_exit - off, for good
 */
void pfnscope_events_exit(void)
{
	pfnscope_events_set(0);
}

/* --- for the files --- */

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

/**
 * pfnscope_events_begin - see what there is now
 * @cursor: zeroed
 *
 * Return: 0 or -ENOMEM.
 */
int pfnscope_events_begin(struct pfnscope_events_cursor *cursor)
{
	struct pfnscope_events_next *next;
	unsigned int cpu;

	cursor->events = events_get();
	if (!cursor->events)
		return 0;
	next = __vmalloc(array_size(nr_cpu_ids, sizeof(*next)),
			 PFNSCOPE_GFP | __GFP_ZERO);
	if (!next) {
		events_put(cursor->events);
		return -ENOMEM;
	}
	cursor->next = next;
	for_each_possible_cpu(cpu) {
		next[cpu].last = pfnscope_log_last(cursor->events->logs, cpu);
		look_from(cursor, cpu, 1);
		cursor->over += next[cpu].number ? next[cpu].number - 1 :
						   next[cpu].last;
	}
	return 0;
}

/**
 * pfnscope_events_end - give back what begin took
 * @cursor: the walk
 */
void pfnscope_events_end(struct pfnscope_events_cursor *cursor)
{
	vfree(cursor->next);
	events_put(cursor->events);
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
	cursor->events = events_get();
}

/**
 * pfnscope_latency_end - give back what begin took
 * @cursor: the walk
 */
void pfnscope_latency_end(struct pfnscope_latency_cursor *cursor)
{
	events_put(cursor->events);
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
