// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel says little of an OOM kill while it happens. The notifier comes
 * before the victim is chosen, and only when the machine is short: there the
 * tables are taken. The mark on the victim comes later, for cgroups too: there
 * the incident is recorded. Both are called under the kernel's oom_lock.
 *
 * Between the two nothing is allocated, no lock is waited for and no pointer
 * followed that may go away. All else, files and scans, is left to a worker, and
 * so are the long tables wherever preemption is off: up to 6.12 a tracepoint
 * turns it off.
 */
#include <linux/cgroup.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/memcontrol.h>
#include <linux/oom.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "reach/cpuset.h"
#include "reach/memcg.h"
#include "reach/oomtrace.h"
#include "reach/page_cgroup.h"
#include "watch/asks.h"
#include "watch/incident.h"
#include "watch/listen.h"
#include "watch/ring.h"

/* Not more than one failure in this time is recorded. */
#define FAILURE_INTERVAL_NS	NSEC_PER_SEC

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
	if (css && keep && pfnscope_memcg_tryget(css))
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
	incident->mems_known = pfnscope_mems_allowed(&incident->mems_allowed);
	incident->victim_pid = PFNSCOPE_UNKNOWN;
	incident->deferred_ms = PFNSCOPE_UNKNOWN;
}

static void note_moment(struct pfnscope_recorded *place)
{
	place->incident.boot_ns = place->moment->boot_ns;
	place->incident.capture_ns = place->moment->took_ns;
}

static void record(struct pfnscope_watch *w, struct pfnscope_recorded *place)
{
	pfnscope_ring_give(place, atomic64_inc_return(&w->numbers));
	irq_work_queue(&w->recorded);
}

/* Of an OOM of the machine; that of a cgroup is not told. */
static int oom_notified(struct notifier_block *nb, unsigned long unused,
			void *freed)
{
	struct pfnscope_watch *w =
		container_of(nb, struct pfnscope_watch, oom_nb);

	pfnscope_moment_take(w->pending, PFNSCOPE_MOMENT_ALL);
	w->asker = current;
	w->opener = NULL;
	return NOTIFY_OK;
}

static void note_victim(struct pfnscope_incident *incident,
			struct task_struct *task)
{
	incident->victim_pid = task_pid_nr(task);
	strscpy(incident->victim_comm, task->comm,
		sizeof(incident->victim_comm));
	incident->victim_adj = task->signal->oom_score_adj;
	incident->victims = 1;
}

static void record_oom(struct pfnscope_watch *w,
		       struct pfnscope_recorded *place,
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
		pfnscope_asks_tell(w->asks, incident);
		swap(w->pending, place->moment);
	} else {
		incident->kind = PFNSCOPE_INCIDENT_MEMCG;
		incident->constraint = PFNSCOPE_CONSTRAINT_MEMCG;
		pfnscope_moment_take(place->moment, PFNSCOPE_MOMENT_COUNTERS);
	}
	note_moment(place);
}

/*
 * A cgroup may be killed as a whole: one incident with many victims, or none
 * where there was no place for the first of them.
 */
static void victim_marked(void *data, struct task_struct *task)
{
	struct pfnscope_recorded *place;
	struct pfnscope_watch *w = data;

	if (w->opener == current) {
		if (w->open)
			w->open->incident.victims++;
		return;
	}
	place = pfnscope_ring_take(w->rings[w->asker == current ?
					    PFNSCOPE_INCIDENT_OOM :
					    PFNSCOPE_INCIDENT_MEMCG]);
	if (place) {
		record_oom(w, place, task);
		record(w, place);
	}
	w->open = place;
	w->opener = current;
	w->asker = NULL;
}

/*
 * The task asks for something else: what it was out of memory for is over. It
 * does not hold oom_lock: another one may be about to set these.
 */
static void end_oom(struct pfnscope_watch *w)
{
	if (READ_ONCE(w->asker) == current)
		cmpxchg(&w->asker, current, NULL);
	if (READ_ONCE(w->opener) == current)
		cmpxchg(&w->opener, current, NULL);
}

static void reclaim_begun(void *data, gfp_t gfp, int order)
{
	struct pfnscope_watch *w = data;

	end_oom(w);
	pfnscope_asks_reclaim(w->asks, gfp, order);
}

static void memcg_reclaim_begun(void *data)
{
	struct pfnscope_watch *w = data;

	end_oom(w);
	pfnscope_asks_forget(w->asks);
}

static const struct pfnscope_oomtrace listener = {
	.reclaim = reclaim_begun,
	.memcg_reclaim = memcg_reclaim_begun,
	.victim = victim_marked,
};

/* Who wins the exchange may record. */
static bool is_too_soon(struct pfnscope_watch *w)
{
	s64 last = atomic64_read(&w->last_failure_ns);
	s64 now = ktime_get_mono_fast_ns();

	return (last && now - last < FAILURE_INTERVAL_NS) ||
	       atomic64_cmpxchg(&w->last_failure_ns, last, now) != last;
}

/*
 * The allocator tells a page that could be had but not be charged to a cgroup as a
 * failure too, of which the kernel does not complain. Both look alike; but before
 * a charge fails the task reclaims from the cgroup, and before a request fails
 * from the zones. In an interrupt nothing is charged.
 */
static bool may_be_charge(struct pfnscope_watch *w, gfp_t gfp, int order)
{
	return gfp & __GFP_ACCOUNT &&
	       context_now() == PFNSCOPE_CONTEXT_TASK &&
	       !pfnscope_asks_reclaimed(w->asks, order);
}

/* In any context. What the caller said would not matter is not recorded. */
static void allocation_failed(void *data, gfp_t gfp, int order)
{
	struct pfnscope_incident *incident;
	struct pfnscope_recorded *place;
	struct pfnscope_watch *w = data;

	if (gfp & __GFP_NOWARN || may_be_charge(w, gfp, order))
		return;
	if (is_too_soon(w)) {
		atomic64_inc(&w->suppressed);
		return;
	}
	place = pfnscope_ring_take(w->rings[PFNSCOPE_INCIDENT_FAILURE]);
	if (!place)
		return;
	incident = &place->incident;
	note_asker(incident);
	note_cgroup(place, false);
	incident->kind = PFNSCOPE_INCIDENT_FAILURE;
	incident->gfp = (__force u64)gfp;
	incident->order = order;
	incident->suppressed = atomic64_xchg(&w->suppressed, 0);
	pfnscope_moment_take(place->moment, PFNSCOPE_MOMENT_SHORT);
	note_moment(place);
	record(w, place);
}

/**
 * pfnscope_listen_failures - to failed allocations, where there is a ring
 * @watch: where they are recorded
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_listen_failures(struct pfnscope_watch *watch)
{
	return watch->rings[PFNSCOPE_INCIDENT_FAILURE] ?
	       pfnscope_failtrace_on(allocation_failed, watch) : 0;
}

/**
 * pfnscope_listen - to OOM kills, and to failures if they are asked for
 * @watch: where they are recorded
 *
 * Return: 0 or a negative errno; pfnscope_listen_end() is due in any case.
 */
int pfnscope_listen(struct pfnscope_watch *watch)
{
	int ret;

	watch->oom_nb.notifier_call = oom_notified;
	ret = register_oom_notifier(&watch->oom_nb);
	if (!ret)
		ret = pfnscope_oomtrace_on(&listener, watch);
	return ret ? ret : pfnscope_listen_failures(watch);
}

/**
 * pfnscope_listen_end - no more, and nothing is being recorded either
 * @watch: of pfnscope_listen()
 */
void pfnscope_listen_end(struct pfnscope_watch *watch)
{
	pfnscope_failtrace_off();
	pfnscope_oomtrace_off();
	unregister_oom_notifier(&watch->oom_nb);
	irq_work_sync(&watch->recorded);
}
