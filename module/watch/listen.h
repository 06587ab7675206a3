/* SPDX-License-Identifier: GPL-2.0-only */
/* What happens inside an OOM or a failed allocation while incidents are on. */
#ifndef PFNSCOPE_WATCH_LISTEN_H
#define PFNSCOPE_WATCH_LISTEN_H

#include <linux/atomic.h>
#include <linux/irq_work.h>
#include <linux/notifier.h>

struct task_struct;
struct pfnscope_asks;
struct pfnscope_moment;
struct pfnscope_recorded;
struct pfnscope_ring;

/**
 * struct pfnscope_watch - what is there while incidents are on
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
 * @oom_nb: the kernel's notice of an OOM
 * @recorded: queued for each incident, in any context
 */
struct pfnscope_watch {
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
	struct notifier_block oom_nb;
	struct irq_work recorded;
};

int pfnscope_listen(struct pfnscope_watch *watch);
int pfnscope_listen_failures(struct pfnscope_watch *watch);
void pfnscope_listen_end(struct pfnscope_watch *watch);

#endif /* PFNSCOPE_WATCH_LISTEN_H */
