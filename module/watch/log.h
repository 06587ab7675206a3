/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The last events of each CPU, and of all of them how long they took. The writer is
 * the CPU itself with interrupts off; readers are elsewhere and see what he is writing.
 */
#ifndef PFNSCOPE_WATCH_LOG_H
#define PFNSCOPE_WATCH_LOG_H

#include <linux/types.h>

#include "record-events.h"

/* In all, and of each CPU at least. */
#define PFNSCOPE_LOG_EVENTS	32768
#define PFNSCOPE_LOG_CPU_MIN	512

struct pfnscope_logs;

struct pfnscope_logs *pfnscope_logs_alloc(void);
void pfnscope_logs_free(struct pfnscope_logs *logs);

void pfnscope_logs_add(struct pfnscope_logs *logs, struct pfnscope_event *event);
u64 pfnscope_logs_lost(struct pfnscope_logs *logs);

u64 pfnscope_log_last(struct pfnscope_logs *logs, unsigned int cpu);
u64 pfnscope_log_next(struct pfnscope_logs *logs, unsigned int cpu, u64 number,
		      struct pfnscope_event *event);

bool pfnscope_logs_latency(struct pfnscope_logs *logs,
			   struct pfnscope_latency *latency);

#endif /* PFNSCOPE_WATCH_LOG_H */
