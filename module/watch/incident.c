// SPDX-License-Identifier: GPL-2.0-only
/* The switches of incidents, and the places of those that were recorded. */
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/mutex.h>

#include "reach/oomtrace.h"
#include "walk/memory.h"
#include "watch/asks.h"
#include "watch/incident.h"
#include "watch/listen.h"
#include "watch/ring.h"
#include "watch/worker.h"

/* Guards the switches. Never taken where something is recorded. */
static DEFINE_MUTEX(switch_mutex);
static struct pfnscope_watch *watch;
static bool failures_wanted;
static const struct pfnscope_incident_files *files;

/* The locks of a workqueue may be held where an incident happens; not here. */
static void wake_worker(struct irq_work *work)
{
	pfnscope_worker_wake(container_of(work, struct pfnscope_watch,
					  recorded)->worker);
}

static void watch_free(struct pfnscope_watch *w)
{
	unsigned int kind;

	if (!w)
		return;
	pfnscope_worker_free(w->worker);
	for (kind = 0; kind < PFNSCOPE_INCIDENT_KINDS; kind++)
		pfnscope_ring_free(w->rings[kind]);
	pfnscope_asks_free(w->asks);
	pfnscope_moment_free(w->pending);
	kfree(w);
}

static bool alloc_rings(struct pfnscope_watch *w, unsigned int size)
{
	unsigned int kind;

	for (kind = 0; kind < PFNSCOPE_INCIDENT_KINDS; kind++) {
		if (kind == PFNSCOPE_INCIDENT_FAILURE && !failures_wanted)
			continue;
		w->rings[kind] = pfnscope_ring_alloc(size);
		if (!w->rings[kind])
			return false;
	}
	return true;
}

static struct pfnscope_watch *watch_alloc(unsigned int size)
{
	struct pfnscope_watch *w = kzalloc(sizeof(*w), PFNSCOPE_GFP);

	if (!w)
		return NULL;
	init_irq_work(&w->recorded, wake_worker);
	w->asks = pfnscope_asks_alloc();
	w->pending = pfnscope_moment_alloc();
	w->worker = pfnscope_worker_alloc(w, files);
	if (alloc_rings(w, size) && w->asks && w->pending && w->worker)
		return w;
	watch_free(w);
	return NULL;
}

static unsigned int size_now(void)
{
	return watch ? watch->rings[PFNSCOPE_INCIDENT_OOM]->size : 0;
}

/*
 * The probes first, which takes some RCU grace periods, then what they wake, then
 * what they write to.
 */
static void watch_off(void)
{
	if (!watch)
		return;
	pfnscope_worker_cancel(watch->worker);
	pfnscope_listen_end(watch);
	pfnscope_worker_stop(watch->worker);
	files->close();
	watch_free(watch);
	watch = NULL;
}

/* Takes @w over. */
static int watch_on(struct pfnscope_watch *w)
{
	int ret;

	watch = w;
	ret = files->open();
	if (ret) {
		watch = NULL;
		watch_free(w);
		return ret;
	}
	ret = pfnscope_listen(w);
	if (ret)
		watch_off();
	return ret;
}

static int switch_to(unsigned int size)
{
	struct pfnscope_watch *w = NULL;

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
	if (size != size_now())
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
	size = size_now();
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
	if (!watch->rings[PFNSCOPE_INCIDENT_FAILURE]) {
		ring = pfnscope_ring_alloc(size_now());
		if (!ring)
			return -ENOMEM;
		/* Pairs with pfnscope_ring_of(): the ring is ready. */
		smp_store_release(&watch->rings[PFNSCOPE_INCIDENT_FAILURE],
				  ring);
	}
	return pfnscope_listen_failures(watch);
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
	unsigned int size = watch->rings[PFNSCOPE_INCIDENT_OOM]->size;
	struct pfnscope_ring *ring;

	if (index / size >= PFNSCOPE_INCIDENT_KINDS)
		return NULL;
	/* All rings have one size. */
	ring = pfnscope_ring_of(watch, index / size);
	return ring ? &ring->places[index % size] : NULL;
}

/**
 * pfnscope_incidents_lost - those that found their place in use
 */
u64 pfnscope_incidents_lost(void)
{
	struct pfnscope_ring *ring;
	unsigned int kind;
	u64 lost = 0;

	for (kind = 0; kind < PFNSCOPE_INCIDENT_KINDS; kind++) {
		ring = pfnscope_ring_of(watch, kind);
		lost += ring ? atomic64_read(&ring->lost) : 0;
	}
	return lost;
}

/**
 * pfnscope_incidents_init - be ready to be switched on
 * @how: the files are made
 */
void pfnscope_incidents_init(const struct pfnscope_incident_files *how)
{
	files = how;
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
