// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel says little of an OOM kill while it happens. The notifier comes
 * before the victim is chosen, and only when the machine is short: there the
 * tables are taken. The mark on the victim comes later, for cgroups too: there
 * the incident is recorded. Both are called under the kernel's oom_lock.
 *
 * Between the two nothing is allocated, no lock is waited for and no pointer
 * followed that may go away. All else, files and scans, is left to a worker.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cgroup.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/memcontrol.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/oom.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "reach/memcg.h"
#include "reach/oomtrace.h"
#include "reach/page_cgroup.h"
#include "watch/asks.h"
#include "watch/incident.h"
#include "watch/ring.h"

/* Not more than one failure in this time is recorded. */
#define FAILURE_INTERVAL_NS	NSEC_PER_SEC

/**
 * struct watch - what is there while incidents are on
 * @oom: the ring of OOM kills
 * @failures: that of failed allocations; NULL unless asked for
 * @asks: what the tasks ask for
 * @pending: the tables of an OOM whose victim is not known yet
 * @asker: whose OOM that is, NULL for none. Never followed
 * @open: where the kills of the same OOM are counted
 * @opener: the task that kills, NULL for none. Never followed
 * @numbers: of incidents so far
 * @last_failure_ns: when one was recorded
 * @suppressed: since then
 */
struct watch {
	struct pfnscope_ring *oom;
	struct pfnscope_ring *failures;
	struct pfnscope_asks *asks;
	struct pfnscope_moment *pending;
	struct task_struct *asker;
	struct pfnscope_recorded *open;
	struct task_struct *opener;
	atomic64_t numbers;
	atomic64_t last_failure_ns;
	atomic64_t suppressed;
};

/* Guards the switches. Never taken where something is recorded. */
static DEFINE_MUTEX(switch_mutex);
static struct watch *watch;
static bool failures_wanted;
static const struct pfnscope_incident_files *files;

/* --- what is done later --- */

static void publish_ring(struct pfnscope_ring *ring)
{
	unsigned int i;

	for (i = 0; ring && i < ring->size; i++) {
		files->publish(&ring->places[i]);
		cond_resched();
	}
}

static void publish_all(struct work_struct *work)
{
	publish_ring(watch->oom);
	/* Pairs with failures_switch_to(): the ring is ready. */
	publish_ring(smp_load_acquire(&watch->failures));
}

static DECLARE_WORK(publish_work, publish_all);

/* The locks of a workqueue may be held where an incident happens; not here. */
static void wake_worker(struct irq_work *work)
{
	schedule_work(&publish_work);
}

static struct irq_work wake_work;

/* --- what is done at once --- */

static enum pfnscope_context context_now(void)
{
	if (in_nmi())
		return PFNSCOPE_CONTEXT_NMI;
	if (hardirq_count())
		return PFNSCOPE_CONTEXT_HARDIRQ;
	if (in_serving_softirq())
		return PFNSCOPE_CONTEXT_SOFTIRQ;
	return PFNSCOPE_CONTEXT_TASK;
}

static bool may_try_mutex(void)
{
	return context_now() == PFNSCOPE_CONTEXT_TASK && !irqs_disabled();
}

/* Its path is asked for later, with @keep: a name may change and has a lock. */
static void note_cgroup(struct pfnscope_recorded *place, bool keep)
{
	struct cgroup_subsys_state *css;

	place->incident.cgroup_id = PFNSCOPE_UNKNOWN;
	place->incident.cgroup[0] = '\0';
	rcu_read_lock();
	css = pfnscope_memcg_of(current);
	if (css)
		place->incident.cgroup_id = pfnscope_memcg_id(css);
	if (css && keep && css_tryget(css))
		place->css = css;
	rcu_read_unlock();
}

static void note_asker(struct pfnscope_incident *incident)
{
	memset(incident, 0, sizeof(*incident));
	incident->boot_ns = ktime_get_mono_fast_ns();
	incident->real_ns = ktime_get_real_fast_ns();
	incident->context = context_now();
	incident->pid = task_pid_nr(current);
	strscpy(incident->comm, current->comm, sizeof(incident->comm));
	incident->cpu = raw_smp_processor_id();
	incident->gfp = PFNSCOPE_UNKNOWN;
	incident->order = PFNSCOPE_UNKNOWN;
	incident->mems_allowed = current->mems_allowed;
	incident->victim_pid = PFNSCOPE_UNKNOWN;
	incident->deferred_ms = PFNSCOPE_UNKNOWN;
}

static void record(struct watch *w, struct pfnscope_recorded *place)
{
	pfnscope_ring_give(place, atomic64_inc_return(&w->numbers));
	irq_work_queue(&wake_work);
}

/* Of an OOM of the machine; that of a cgroup is not told. */
static int oom_notified(struct notifier_block *nb, unsigned long unused,
			void *freed)
{
	struct watch *w = watch;

	pfnscope_moment_take(w->pending, may_try_mutex());
	w->asker = current;
	w->opener = NULL;
	return NOTIFY_OK;
}

static struct notifier_block oom_nb = {
	.notifier_call = oom_notified,
};

static void note_victim(struct pfnscope_incident *incident,
			struct task_struct *task)
{
	incident->victim_pid = task_pid_nr(task);
	strscpy(incident->victim_comm, task->comm,
		sizeof(incident->victim_comm));
	incident->victim_adj = task->signal->oom_score_adj;
	incident->victims = 1;
}

static void record_oom(struct watch *w, struct pfnscope_recorded *place,
		       struct task_struct *task)
{
	struct pfnscope_incident *incident = &place->incident;

	if (place->css)
		css_put(place->css);
	place->css = NULL;
	note_asker(incident);
	note_cgroup(place, true);
	note_victim(incident, task);
	if (w->asker == current) {
		incident->kind = PFNSCOPE_INCIDENT_OOM;
		incident->boot_ns = w->pending->boot_ns;
		pfnscope_asks_tell(w->asks, incident);
		swap(w->pending, place->moment);
	} else {
		incident->kind = PFNSCOPE_INCIDENT_MEMCG;
		incident->constraint = PFNSCOPE_CONSTRAINT_MEMCG;
		pfnscope_moment_take(place->moment, may_try_mutex());
	}
}

/* A cgroup may be killed as a whole: one incident with many victims. */
static void victim_marked(void *data, struct task_struct *task)
{
	struct pfnscope_recorded *place;
	struct watch *w = data;

	if (w->opener == current) {
		w->open->incident.victims++;
		return;
	}
	place = pfnscope_ring_take(w->oom);
	if (place) {
		record_oom(w, place, task);
		record(w, place);
		w->open = place;
		w->opener = current;
	}
	w->asker = NULL;
}

/*
 * The task asks for something else: what it was out of memory for is over. It
 * does not hold oom_lock: another one may be about to set these.
 */
static void end_oom(struct watch *w)
{
	if (READ_ONCE(w->asker) == current)
		cmpxchg(&w->asker, current, NULL);
	if (READ_ONCE(w->opener) == current)
		cmpxchg(&w->opener, current, NULL);
}

static void reclaim_begun(void *data, gfp_t gfp, int order)
{
	struct watch *w = data;

	end_oom(w);
	pfnscope_asks_reclaim(w->asks, gfp, order);
}

static void memcg_reclaim_begun(void *data)
{
	end_oom(data);
}

static const struct pfnscope_oomtrace listener = {
	.reclaim = reclaim_begun,
	.memcg_reclaim = memcg_reclaim_begun,
	.victim = victim_marked,
};

/* Who wins the exchange may record. */
static bool is_too_soon(struct watch *w)
{
	s64 last = atomic64_read(&w->last_failure_ns);
	s64 now = ktime_get_mono_fast_ns();

	return (last && now - last < FAILURE_INTERVAL_NS) ||
	       atomic64_cmpxchg(&w->last_failure_ns, last, now) != last;
}

/* In any context. What the caller said would not matter is not recorded. */
static void allocation_failed(void *data, gfp_t gfp, int order)
{
	struct pfnscope_incident *incident;
	struct pfnscope_recorded *place;
	struct watch *w = data;

	if (gfp & __GFP_NOWARN)
		return;
	if (is_too_soon(w)) {
		atomic64_inc(&w->suppressed);
		return;
	}
	place = pfnscope_ring_take(w->failures);
	if (!place)
		return;
	incident = &place->incident;
	note_asker(incident);
	note_cgroup(place, false);
	incident->kind = PFNSCOPE_INCIDENT_FAILURE;
	incident->gfp = (__force u64)gfp;
	incident->order = order;
	incident->suppressed = atomic64_xchg(&w->suppressed, 0);
	pfnscope_moment_take(place->moment, may_try_mutex());
	incident->boot_ns = place->moment->boot_ns;
	record(w, place);
}

/* --- the switches --- */

static void watch_free(struct watch *w)
{
	if (!w)
		return;
	pfnscope_ring_free(w->oom);
	pfnscope_ring_free(w->failures);
	pfnscope_asks_free(w->asks);
	pfnscope_moment_free(w->pending);
	kfree(w);
}

static struct watch *watch_alloc(unsigned int size)
{
	struct watch *w = kzalloc(sizeof(*w), GFP_KERNEL);

	if (!w)
		return NULL;
	w->oom = pfnscope_ring_alloc(size);
	w->asks = pfnscope_asks_alloc();
	w->pending = pfnscope_moment_alloc();
	if (failures_wanted)
		w->failures = pfnscope_ring_alloc(size);
	if (w->oom && w->asks && w->pending && (w->failures || !failures_wanted))
		return w;
	watch_free(w);
	return NULL;
}

static int failures_begin(struct watch *w)
{
	return w->failures ? pfnscope_failtrace_on(allocation_failed, w) : 0;
}

/* The probes first, then what they wake, then what they write to. */
static void watch_off(void)
{
	if (!watch)
		return;
	pfnscope_failtrace_off();
	pfnscope_oomtrace_off();
	unregister_oom_notifier(&oom_nb);
	irq_work_sync(&wake_work);
	cancel_work_sync(&publish_work);
	files->close();
	watch_free(watch);
	watch = NULL;
}

/* Takes @w over. */
static int watch_on(struct watch *w)
{
	int ret;

	watch = w;
	ret = files->open();
	if (ret) {
		watch = NULL;
		watch_free(w);
		return ret;
	}
	ret = register_oom_notifier(&oom_nb);
	if (!ret)
		ret = pfnscope_oomtrace_on(&listener, w);
	if (!ret)
		ret = failures_begin(w);
	if (ret)
		watch_off();
	return ret;
}

static int switch_to(unsigned int size)
{
	struct watch *w = NULL;

	if (size) {
		if (pfnscope_oomtrace_unavailable())
			return -ENODEV;
		w = watch_alloc(size);
		if (!w)
			return -ENOMEM;
	}
	watch_off();
	return w ? watch_on(w) : 0;
}

/**
 * pfnscope_incidents_set - how many incidents are kept
 * @size: 0 is off; what was kept is given up whenever the number changes
 *
 * Return: 0, -EINVAL above PFNSCOPE_INCIDENTS_MAX, or another negative errno.
 */
int pfnscope_incidents_set(unsigned int size)
{
	int ret = 0;

	if (size > PFNSCOPE_INCIDENTS_MAX)
		return -EINVAL;
	mutex_lock(&switch_mutex);
	if (size != (watch ? watch->oom->size : 0))
		ret = switch_to(size);
	mutex_unlock(&switch_mutex);
	return ret;
}

/**
 * pfnscope_incidents_size - the number set
 */
unsigned int pfnscope_incidents_size(void)
{
	unsigned int size;

	mutex_lock(&switch_mutex);
	size = watch ? watch->oom->size : 0;
	mutex_unlock(&switch_mutex);
	return size;
}

static int failures_switch_to(bool on)
{
	struct pfnscope_ring *ring;

	if (!on) {
		/* What was kept stays until incidents are switched off. */
		pfnscope_failtrace_off();
		return 0;
	}
	if (!watch->failures) {
		ring = pfnscope_ring_alloc(watch->oom->size);
		if (!ring)
			return -ENOMEM;
		/* Pairs with the worker's look at it. */
		smp_store_release(&watch->failures, ring);
	}
	return failures_begin(watch);
}

/**
 * pfnscope_failures_set - whether failed allocations are incidents too
 * @on: while incidents are kept
 *
 * Return: 0 or a negative errno, and then nothing has changed.
 */
int pfnscope_failures_set(bool on)
{
	int ret = 0;

	mutex_lock(&switch_mutex);
	if (watch && on != failures_wanted)
		ret = failures_switch_to(on);
	if (!ret)
		failures_wanted = on;
	mutex_unlock(&switch_mutex);
	return ret;
}

/**
 * pfnscope_failures_on - what was set
 */
bool pfnscope_failures_on(void)
{
	return READ_ONCE(failures_wanted);
}

/* --- for the files, which are there only while incidents are on --- */

/**
 * pfnscope_incident_nth - the places one by one
 * @index: from 0
 *
 * Return: the place, NULL after the last one.
 */
struct pfnscope_recorded *pfnscope_incident_nth(unsigned int index)
{
	/* Pairs with failures_switch_to(): the ring is ready. */
	struct pfnscope_ring *failures = smp_load_acquire(&watch->failures);

	if (index < watch->oom->size)
		return &watch->oom->places[index];
	index -= watch->oom->size;
	return failures && index < failures->size ?
	       &failures->places[index] : NULL;
}

/**
 * pfnscope_incidents_lost - those that found their place in use
 */
u64 pfnscope_incidents_lost(void)
{
	/* Pairs with failures_switch_to(): the ring is ready. */
	struct pfnscope_ring *failures = smp_load_acquire(&watch->failures);

	return atomic64_read(&watch->oom->lost) +
	       (failures ? atomic64_read(&failures->lost) : 0);
}

/**
 * pfnscope_incidents_init - be ready to be switched on
 * @how: the files are made
 */
void pfnscope_incidents_init(const struct pfnscope_incident_files *how)
{
	files = how;
	init_irq_work(&wake_work, wake_worker);
}

/**
 * pfnscope_incidents_exit - off, for good
 */
void pfnscope_incidents_exit(void)
{
	mutex_lock(&switch_mutex);
	watch_off();
	mutex_unlock(&switch_mutex);
}
