// SPDX-License-Identifier: GPL-2.0-only
/*
 * The switches of incidents, and the worker that shows what was recorded.
 */
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "reach/oomtrace.h"
#include "watch/asks.h"
#include "watch/incident.h"
#include "watch/listen.h"
#include "watch/ring.h"

/* Guards the switches. Never taken where something is recorded. */
static DEFINE_MUTEX(switch_mutex);
static struct pfnscope_watch *watch;
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

/* --- the switches --- */

static void watch_free(struct pfnscope_watch *w)
{
	if (!w)
		return;
	pfnscope_ring_free(w->oom);
	pfnscope_ring_free(w->failures);
	pfnscope_asks_free(w->asks);
	pfnscope_moment_free(w->pending);
	kfree(w);
}

static struct pfnscope_watch *watch_alloc(unsigned int size)
{
	struct pfnscope_watch *w = kzalloc(sizeof(*w), GFP_KERNEL);

	if (!w)
		return NULL;
	init_irq_work(&w->recorded, wake_worker);
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

/* The probes first, then what they wake, then what they write to. */
static void watch_off(void)
{
	if (!watch)
		return;
	pfnscope_listen_end(watch);
	cancel_work_sync(&publish_work);
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
