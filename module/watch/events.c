// SPDX-License-Identifier: GPL-2.0-only
/*
 * A kind is switched on and off by itself, and what is known of the others stays. What
 * was begun while a kind was off, or before it was on again, has no length.
 *
 * Who only looks on for a while holds kinds: they are on beside those of the switch, and
 * several who do so do not switch each other off.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "reach/eventtrace.h"
#include "walk/memory.h"
#include "watch/begun.h"
#include "watch/events.h"
#include "watch/ledger.h"
#include "watch/log.h"
#include "watch/note.h"

static const char *const kind_names[PFNSCOPE_EVENT_KINDS] = {
	[PFNSCOPE_EVENT_DIRECT_RECLAIM] = "direct_reclaim",
	[PFNSCOPE_EVENT_MEMCG_RECLAIM] = "memcg_reclaim",
	[PFNSCOPE_EVENT_NODE_RECLAIM] = "node_reclaim",
	[PFNSCOPE_EVENT_THROTTLE] = "throttle",
	[PFNSCOPE_EVENT_COMPACTION] = "compaction",
	[PFNSCOPE_EVENT_KSWAPD] = "kswapd",
	[PFNSCOPE_EVENT_KCOMPACTD] = "kcompactd",
	[PFNSCOPE_EVENT_STEAL] = "steal",
	[PFNSCOPE_EVENT_OOM] = "oom",
};

static const char *const class_names[PFNSCOPE_EVENT_CLASSES] = {
	[PFNSCOPE_CLASS_0] = "0",
	[PFNSCOPE_CLASS_1_3] = "1-3",
	[PFNSCOPE_CLASS_4_8] = "4-8",
	[PFNSCOPE_CLASS_9] = "9",
	[PFNSCOPE_CLASS_10] = "10+",
};

/* Guards all of the switch. Never taken where something happens. */
static DEFINE_MUTEX(switch_mutex);
static unsigned long switched;
static unsigned int holders[PFNSCOPE_EVENT_KINDS];
static struct pfnscope_events *events;

/**
 * pfnscope_event_name - a kind in a word
 * @kind: of events
 */
const char *pfnscope_event_name(enum pfnscope_event_kind kind)
{
	return kind_names[kind];
}

/**
 * pfnscope_event_class_of - among which orders one is
 * @order: of an event, or unknown
 */
enum pfnscope_event_class pfnscope_event_class_of(u64 order)
{
	if (order == PFNSCOPE_UNKNOWN)
		return PFNSCOPE_CLASS_NONE;
	if (!order)
		return PFNSCOPE_CLASS_0;
	if (order <= 3)
		return PFNSCOPE_CLASS_1_3;
	if (order <= 8)
		return PFNSCOPE_CLASS_4_8;
	return order == 9 ? PFNSCOPE_CLASS_9 : PFNSCOPE_CLASS_10;
}

/**
 * pfnscope_event_class_name - the orders of a class
 * @class: of events
 *
 * Return: NULL for what has no order.
 */
const char *pfnscope_event_class_name(enum pfnscope_event_class class)
{
	return class_names[class];
}

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
	pfnscope_ledger_free(e->ledger);
	kfree(e);
}

/**
 * pfnscope_events_put - let it go
 * @e: or NULL
 */
void pfnscope_events_put(struct pfnscope_events *e)
{
	if (e)
		kref_put(&e->kref, events_release);
}

/**
 * pfnscope_events_take - what there is now
 *
 * Return: NULL while all is off; to be given to pfnscope_events_put().
 */
struct pfnscope_events *pfnscope_events_take(void)
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
	e->ledger = pfnscope_ledger_alloc();
	if (e->begun && e->logs && e->ledger)
		return e;
	pfnscope_events_put(e);
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
	ret = pfnscope_eventtrace_set(kinds, &pfnscope_note, e);
	WRITE_ONCE(e->kinds, ret ? before & kinds : kinds);
	return ret;
}

static int switch_to(unsigned long kinds)
{
	int ret;

	if (kinds == (events ? events->kinds : 0))
		return 0;
	if (!events)
		events = events_alloc();
	if (!events)
		return -ENOMEM;
	ret = listen_to(events, kinds);
	if (events->kinds)
		return ret;
	pfnscope_events_put(events);
	events = NULL;
	return ret;
}

/* What the switch says, and what is held. */
static unsigned long kinds_of_all(void)
{
	unsigned long kinds = switched;
	unsigned int kind;

	for (kind = 0; kind < PFNSCOPE_EVENT_KINDS; kind++)
		if (holders[kind])
			kinds |= BIT(kind);
	return kinds;
}

/**
 * pfnscope_events_set - which kinds are noted from now on
 * @kinds: a bit for each; 0 gives up what was noted, unless somebody holds kinds
 *
 * Return: 0 or a negative errno, and then nothing has changed unless the probes could
 * not be registered.
 */
int pfnscope_events_set(unsigned long kinds)
{
	unsigned long before;
	int ret;

	if (kinds & ~pfnscope_events_available())
		return -ENODEV;
	mutex_lock(&switch_mutex);
	before = switched;
	switched = kinds;
	ret = switch_to(kinds_of_all());
	if (ret)
		switched = before & (events ? events->kinds : 0);
	mutex_unlock(&switch_mutex);
	return ret;
}

static void count_holders(unsigned long kinds, int one)
{
	unsigned int kind;

	for (kind = 0; kind < PFNSCOPE_EVENT_KINDS; kind++)
		if (kinds & BIT(kind))
			holders[kind] += one;
}

/**
 * pfnscope_events_hold - note these kinds too, as long as somebody looks on
 * @held: what he holds, 0 at first
 * @kinds: a bit for each that he holds from now on; 0 at the end
 *
 * The switch is not touched, nor what others hold.
 *
 * Return: 0 or a negative errno, and then he holds what he held before.
 */
int pfnscope_events_hold(unsigned long *held, unsigned long kinds)
{
	int ret;

	if (kinds & ~pfnscope_events_available())
		return -ENODEV;
	mutex_lock(&switch_mutex);
	count_holders(kinds, 1);
	count_holders(*held, -1);
	ret = switch_to(kinds_of_all());
	if (ret) {
		count_holders(*held, 1);
		count_holders(kinds, -1);
	} else {
		*held = kinds;
	}
	mutex_unlock(&switch_mutex);
	return ret;
}

/**
 * pfnscope_events_get - which kinds are switched on, whatever is held beside them
 */
unsigned long pfnscope_events_get(void)
{
	unsigned long kinds;

	mutex_lock(&switch_mutex);
	kinds = switched;
	mutex_unlock(&switch_mutex);
	return kinds;
}

/**
 * pfnscope_events_exit - off, for good; nobody holds any
 */
void pfnscope_events_exit(void)
{
	pfnscope_events_set(0);
}
