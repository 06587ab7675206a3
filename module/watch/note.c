// SPDX-License-Identifier: GPL-2.0-only
/* Called where something happens: nothing is allocated here, and no lock is taken. */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "reach/compact.h"
#include "reach/memcg.h"
#include "reach/pageblock.h"
#include "watch/begun.h"
#include "watch/ledger.h"
#include "watch/log.h"
#include "watch/note.h"
#include "watch/verdict.h"

static bool is_on(const struct pfnscope_events *e, enum pfnscope_event_kind kind)
{
	return READ_ONCE(e->kinds) & BIT(kind);
}

/* The number alone, which stays true when the cgroup is gone. */
static u64 cgroup_of(struct task_struct *task)
{
	struct cgroup_subsys_state *css;
	u64 id = PFNSCOPE_UNKNOWN;

	rcu_read_lock();
	css = pfnscope_memcg_of(task);
	if (css)
		id = pfnscope_memcg_id(css);
	rcu_read_unlock();
	return id;
}

/* All unknown but when, what and who. */
static void note(struct pfnscope_event *event, enum pfnscope_event_kind kind,
		 struct task_struct *task)
{
	*event = (struct pfnscope_event){
		.boot_ns = ktime_get_mono_fast_ns(),
		.kind = kind,
		.pid = task->pid,
		.cgroup_id = cgroup_of(task),
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

/* A cgroup at its limit is no matter of zones, and kswapd waits for none. */
static bool waits_for_zone(enum pfnscope_event_kind kind)
{
	return kind == PFNSCOPE_EVENT_DIRECT_RECLAIM ||
	       kind == PFNSCOPE_EVENT_COMPACTION;
}

/* The kernel says that kswapd sets to work also where it has not slept since. */
static bool is_at_it(struct pfnscope_events *e, enum pfnscope_event_kind kind)
{
	return kind == PFNSCOPE_EVENT_KSWAPD &&
	       pfnscope_begun_since(e->begun, kind) >=
	       READ_ONCE(e->on_ns[kind]);
}

static void begun(void *data, enum pfnscope_event_kind kind,
		  const struct pfnscope_event_asked *what)
{
	struct pfnscope_begun_thing thing = { .asked = *what };
	struct pfnscope_events *e = data;

	if (!is_on(e, kind) || is_at_it(e, kind))
		return;
	if (kind == PFNSCOPE_EVENT_COMPACTION && pfnscope_compacts_for_itself())
		pfnscope_begun_asked(e->begun, &thing.asked);
	if (waits_for_zone(kind))
		pfnscope_verdict_take(&thing.asked, &thing.verdict);
	thing.since_ns = ktime_get_mono_fast_ns();
	pfnscope_begun_add(e->begun, kind, &thing);
}

/*
 * Whether the kernel's pressure counts it as waiting for memory: not what works for
 * others, nor compaction that somebody has asked for by writing to a file.
 */
static bool is_stall(const struct pfnscope_event *event)
{
	switch (event->kind) {
	case PFNSCOPE_EVENT_DIRECT_RECLAIM:
	case PFNSCOPE_EVENT_MEMCG_RECLAIM:
	case PFNSCOPE_EVENT_NODE_RECLAIM:
	case PFNSCOPE_EVENT_THROTTLE:
		return true;
	case PFNSCOPE_EVENT_COMPACTION:
		return event->asked.order != PFNSCOPE_UNKNOWN;
	default:
		return false;
	}
}

static void keep(struct pfnscope_events *e, struct pfnscope_event *event,
		 u64 own_ns)
{
	pfnscope_logs_add(e->logs, event);
	if (is_stall(event))
		pfnscope_ledger_add(e->ledger, event, own_ns);
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
	keep(e, &event, event.ns - min(event.ns, thing.slept_ns));
}

static void slept(void *data, int node, u64 ns, const char *why)
{
	struct pfnscope_events *e = data;
	struct pfnscope_event event;

	note(&event, PFNSCOPE_EVENT_THROTTLE, current);
	event.asked.node = node;
	event.ns = ns;
	event.result = why;
	pfnscope_begun_slept(e->begun, ns);
	keep(e, &event, ns);
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

const struct pfnscope_eventtrace pfnscope_note = {
	.asked = asked,
	.begun = begun,
	.ended = ended,
	.slept = slept,
	.stolen = stolen,
	.killed = killed,
};
