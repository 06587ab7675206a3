/* SPDX-License-Identifier: GPL-2.0-only */
/* What happens inside an OOM or a failed allocation while incidents are on. */
#ifndef PFNSCOPE_WATCH_LISTEN_H
#define PFNSCOPE_WATCH_LISTEN_H

#include <asm/barrier.h>
#include <linux/atomic.h>
#include <linux/irq_work.h>
#include <linux/notifier.h>

#include "record-incident.h"

struct task_struct;
struct pfnscope_asks;
struct pfnscope_moment;
struct pfnscope_recorded;
struct pfnscope_ring;
struct pfnscope_worker;

/**
 * struct pfnscope_watch - what is there while incidents are on
 * @rings: one for each kind, so that the OOM of the machine is not pushed out by
 *	cgroups that die in a loop; that of failed allocations is NULL until asked for
 * @worker: does what can be done later
 * @asks: what the tasks ask for
 * @pending: the tables of an OOM whose victim is not known yet
 * @asker: whose OOM that is, NULL for none. Never followed
 * @open: where the kills of the same OOM are counted, NULL where it was lost
 * @opener: the task that kills, NULL for none. Never followed
 * @numbers: of incidents so far
 * @last_failure_ns: when one was recorded
 * @suppressed: since then
 * @oom_nb: the kernel's notice of an OOM
 * @recorded: queued for each incident, in any context
 */
struct pfnscope_watch {
	struct pfnscope_ring *rings[PFNSCOPE_INCIDENT_KINDS];
	struct pfnscope_worker *worker;
	struct pfnscope_asks *asks;
	struct pfnscope_moment *pending;
	struct task_struct *asker;
	struct pfnscope_recorded *open;
	struct task_struct *opener;
	atomic64_t numbers;
	atomic64_t last_failure_ns;
	atomic64_t suppressed;
	struct notifier_block oom_nb;
	struct irq_work recorded;
};

/* The ring of a kind, or NULL. */
static inline struct pfnscope_ring *
pfnscope_ring_of(struct pfnscope_watch *watch, enum pfnscope_incident_kind kind)
{
	/* Pairs with failures_switch_to(): the ring is ready. */
	return smp_load_acquire(&watch->rings[kind]);
}

int pfnscope_listen(struct pfnscope_watch *watch);
int pfnscope_listen_failures(struct pfnscope_watch *watch);
void pfnscope_listen_end(struct pfnscope_watch *watch);

#endif /* PFNSCOPE_WATCH_LISTEN_H */
