// SPDX-License-Identifier: GPL-2.0-only
/*
 * The worker has a workqueue of its own, bound to no CPU: what it does takes
 * seconds on a large machine, and a bound queue would let the other works of the
 * CPU wait for it, and with them reclaim, which drains per-CPU lists by works.
 *
 * What is scanned once serves all incidents that have waited for it. A cgroup at
 * its limit can die in a loop, and a driver fail in one: after each step the
 * worker rests for a multiple of what it cost, which bounds its share of a CPU
 * whatever the size of the machine.
 */
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/sched/mm.h>
#include <linux/workqueue.h>

#include "walk/cancel.h"
#include "walk/memory.h"
#include "watch/incident.h"
#include "watch/listen.h"
#include "watch/ring.h"
#include "watch/worker.h"

/**
 * struct pfnscope_worker - the worker and its room
 * @watch: whose
 * @files: how incidents are shown
 * @queue: it alone is on it
 * @work: itself
 * @stop: it ends at the next place, or in a scan at the next block
 * @rest: tables that were left out, for all places that lack them
 * @rest_taken: in this step
 * @scanned: a scan, before all places that wait for it have it
 * @scan_ns: what it took, which its views account for
 */
struct pfnscope_worker {
	struct pfnscope_watch *watch;
	const struct pfnscope_incident_files *files;
	struct workqueue_struct *queue;
	struct delayed_work work;
	bool stop;
	struct pfnscope_moment *rest;
	bool rest_taken;
	struct pfnscope_scanned scanned;
	u64 scan_ns;
};

#define NEVER	U64_MAX

/* --- showing --- */

static bool is_hidden(const struct pfnscope_recorded *place)
{
	return place->shown_number != READ_ONCE(place->number);
}

static bool begin_show(struct pfnscope_worker *worker)
{
	worker->rest_taken = false;
	worker->scan_ns = 0;
	return true;
}

static void add_rest(struct pfnscope_worker *worker,
		     struct pfnscope_recorded *place)
{
	if (pfnscope_moment_complete(place->moment))
		return;
	if (!worker->rest_taken)
		pfnscope_moment_take(worker->rest, PFNSCOPE_MOMENT_REST);
	worker->rest_taken = true;
	pfnscope_moment_add(place->moment, worker->rest);
}

/* Without memory there are no files now; it is tried again. */
static void show(struct pfnscope_worker *worker,
		 struct pfnscope_recorded *place)
{
	add_rest(worker, place);
	if (worker->files->publish(place))
		place->shown_number = place->number;
}

/* --- scanning --- */

static bool is_unfinished(const struct pfnscope_recorded *place)
{
	return !READ_ONCE(place->finished);
}

static bool begin_scan(struct pfnscope_worker *worker)
{
	struct pfnscope_scanned *scanned = &worker->scanned;
	bool done;

	scanned->used = 0;
	scanned->boot_ns = ktime_get_mono_fast_ns();
	pfnscope_walk_begin_cancellable();
	done = worker->files->scan(scanned);
	pfnscope_walk_end_cancellable();
	worker->scan_ns = ktime_get_mono_fast_ns() - scanned->boot_ns;
	return done;
}

static void give_scan(struct pfnscope_worker *worker,
		      struct pfnscope_recorded *place)
{
	const struct pfnscope_scanned *from = &worker->scanned;
	struct pfnscope_scanned *to = &place->scanned;
	unsigned int i;

	memcpy(to->text, from->text, from->used);
	for (i = 0; i < PFNSCOPE_DEFERRED; i++) {
		to->deferred[i].begin = from->deferred[i].begin;
		to->deferred[i].cut = from->deferred[i].cut;
		to->deferred[i].boot_ns = from->deferred[i].boot_ns;
		/* Pairs with the reader's: the text is there. */
		smp_store_release(&to->deferred[i].length,
				  from->deferred[i].length);
	}
	place->incident.deferred_ms =
		div_u64(from->boot_ns - place->incident.boot_ns, NSEC_PER_MSEC);
	WRITE_ONCE(place->finished, true);
}

/* --- the steps, and their pace --- */

/**
 * struct step - something to be done for each place
 * @wants: is it still to be done?
 * @begin: once for all places; false: not now
 * @give: to one of them, which is held
 * @least_ns: rest after it, at least
 * @times: and so many times what it has cost. A machine that is out of memory may
 *	cost a tenth of a CPU for each step, all others 1/500 and 1/125: 1 % in all
 */
struct step {
	bool (*wants)(const struct pfnscope_recorded *place);
	bool (*begin)(struct pfnscope_worker *worker);
	void (*give)(struct pfnscope_worker *worker,
		     struct pfnscope_recorded *place);
	u64 least_ns;
	unsigned int times[PFNSCOPE_INCIDENT_KINDS];
};

static const struct step steps[PFNSCOPE_WORKER_STEPS] = {
	[PFNSCOPE_WORKER_SHOW] = {
		is_hidden, begin_show, show, 100 * NSEC_PER_MSEC,
		{ 9, 499, 499 },
	},
	[PFNSCOPE_WORKER_SCAN] = {
		is_unfinished, begin_scan, give_scan, NSEC_PER_SEC,
		{ 9, 124, 124 },
	},
};

static bool ring_wants(const struct pfnscope_ring *ring,
		       const struct step *step)
{
	unsigned int i;

	for (i = 0; ring && i < ring->size; i++)
		if (READ_ONCE(ring->places[i].number) &&
		    step->wants(&ring->places[i]))
			return true;
	return false;
}

/*
 * Up to incident @until: a later one has happened while the scan was made. A place
 * is held for a moment only, so that an incident that comes now finds it free.
 */
static void give_ring(struct pfnscope_worker *worker, const struct step *step,
		      struct pfnscope_ring *ring, u64 until)
{
	unsigned int i;

	for (i = 0; ring && i < ring->size && !READ_ONCE(worker->stop); i++) {
		struct pfnscope_recorded *place = &ring->places[i];

		if (!step->wants(place) || !pfnscope_incident_get(place, 0))
			continue;
		if (place->number <= until && step->wants(place))
			step->give(worker, place);
		pfnscope_incident_put(place);
		cond_resched();
	}
}

/*
 * Which rings want the step, as a bit each; those that have to rest raise none but
 * shorten @wait.
 */
static unsigned int rings_due(struct pfnscope_worker *worker,
			      enum pfnscope_worker_step which, u64 now,
			      u64 *wait)
{
	struct pfnscope_ring *ring;
	unsigned int kind, due = 0;

	for (kind = 0; kind < PFNSCOPE_INCIDENT_KINDS; kind++) {
		ring = pfnscope_ring_of(worker->watch, kind);
		if (!ring_wants(ring, &steps[which]))
			continue;
		if (ring->next_ns[which] <= now)
			due |= BIT(kind);
		else
			*wait = min(*wait, ring->next_ns[which] - now);
	}
	return due;
}

/* Those for which it was done rest, in the measure of what it has cost. */
static void rest(struct pfnscope_worker *worker,
		 enum pfnscope_worker_step which, unsigned int due, u64 begun)
{
	const struct step *step = &steps[which];
	u64 now = ktime_get_mono_fast_ns();
	unsigned int kind;

	worker->files->charge(now - begun - worker->scan_ns);
	for (kind = 0; kind < PFNSCOPE_INCIDENT_KINDS; kind++)
		if (due & BIT(kind))
			worker->watch->rings[kind]->next_ns[which] = now +
				max(step->least_ns,
				    step->times[kind] * (now - begun));
}

static void do_step(struct pfnscope_worker *worker,
		    enum pfnscope_worker_step which, u64 *wait)
{
	u64 until = atomic64_read(&worker->watch->numbers);
	u64 begun = ktime_get_mono_fast_ns();
	unsigned int kind, due = rings_due(worker, which, begun, wait);

	if (!due || READ_ONCE(worker->stop) || !steps[which].begin(worker))
		return;
	for (kind = 0; kind < PFNSCOPE_INCIDENT_KINDS; kind++)
		give_ring(worker, &steps[which],
			  pfnscope_ring_of(worker->watch, kind), until);
	rest(worker, which, due, begun);
	/* What is still wanted has happened meanwhile, or found no memory. */
	rings_due(worker, which, begun, wait);
}

/*
 * Requests for the sake of files and scans do not call the OOM killer:
 * out_of_memory() refuses those that may not enter a file system.
 */
static void work(struct work_struct *work)
{
	struct pfnscope_worker *worker =
		container_of(to_delayed_work(work), struct pfnscope_worker, work);
	unsigned int nofs = memalloc_nofs_save();
	u64 wait = NEVER;

	do_step(worker, PFNSCOPE_WORKER_SHOW, &wait);
	do_step(worker, PFNSCOPE_WORKER_SCAN, &wait);
	memalloc_nofs_restore(nofs);
	if (wait != NEVER && !READ_ONCE(worker->stop))
		queue_delayed_work(worker->queue, &worker->work,
				   nsecs_to_jiffies(wait) + 1);
}

/* --- begin and end --- */

/**
 * pfnscope_worker_wake - there is an incident
 * @worker: in any context but that of an NMI
 */
void pfnscope_worker_wake(struct pfnscope_worker *worker)
{
	mod_delayed_work(worker->queue, &worker->work, 0);
}

/**
 * pfnscope_worker_cancel - let it end what it does, and do nothing any more
 * @worker: it may still be woken
 *
 * It sees so at the next block of a scan, while the caller ends what wakes it.
 */
void pfnscope_worker_cancel(struct pfnscope_worker *worker)
{
	WRITE_ONCE(worker->stop, true);
	pfnscope_walk_cancel(true);
}

/**
 * pfnscope_worker_stop - wait until it has ended
 * @worker: cancelled, and nobody wakes it any more
 */
void pfnscope_worker_stop(struct pfnscope_worker *worker)
{
	cancel_delayed_work_sync(&worker->work);
	pfnscope_walk_cancel(false);
}

/**
 * pfnscope_worker_free - give it back
 * @worker: stopped, or never woken; or NULL
 */
void pfnscope_worker_free(struct pfnscope_worker *worker)
{
	if (!worker)
		return;
	if (worker->queue)
		destroy_workqueue(worker->queue);
	pfnscope_moment_free(worker->rest);
	vfree(worker->scanned.text);
	kfree(worker);
}

/**
 * pfnscope_worker_alloc - a worker, not woken yet
 * @watch: whose
 * @files: how incidents are shown
 *
 * Return: NULL without memory.
 */
struct pfnscope_worker *
pfnscope_worker_alloc(struct pfnscope_watch *watch,
		      const struct pfnscope_incident_files *files)
{
	struct pfnscope_worker *worker = kzalloc(sizeof(*worker), PFNSCOPE_GFP);

	if (!worker)
		return NULL;
	worker->watch = watch;
	worker->files = files;
	INIT_DELAYED_WORK(&worker->work, work);
	worker->queue = alloc_workqueue("pfnscope", WQ_UNBOUND, 1);
	worker->rest = pfnscope_moment_alloc();
	worker->scanned.text = __vmalloc(PFNSCOPE_INCIDENT_TEXT,
					 PFNSCOPE_GFP | __GFP_ZERO);
	if (worker->queue && worker->rest && worker->scanned.text)
		return worker;
	pfnscope_worker_free(worker);
	return NULL;
}
