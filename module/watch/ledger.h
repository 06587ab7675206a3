/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How long the tasks of each cgroup have waited, by cause and order. As in the log, the
 * writer is each CPU with interrupts off, in places of its own.
 */
#ifndef PFNSCOPE_WATCH_LEDGER_H
#define PFNSCOPE_WATCH_LEDGER_H

#include <linux/types.h>

#include "record-events.h"

struct pfnscope_ledger;

/**
 * struct pfnscope_ledger_sums - the sums of all CPUs
 * @stalls: by cgroup, kind and class; those of no cgroup in particular come last
 * @count: of them
 * @room: for so many
 */
struct pfnscope_ledger_sums {
	struct pfnscope_stall *stalls;
	size_t count;
	size_t room;
};

struct pfnscope_ledger *pfnscope_ledger_alloc(void);
void pfnscope_ledger_free(struct pfnscope_ledger *ledger);

void pfnscope_ledger_add(struct pfnscope_ledger *ledger,
			 const struct pfnscope_event *event, u64 own_ns);

int pfnscope_ledger_sum(struct pfnscope_ledger *ledger,
			struct pfnscope_ledger_sums *sums);
void pfnscope_ledger_sums_free(struct pfnscope_ledger_sums *sums);
size_t pfnscope_ledger_first_of(const struct pfnscope_ledger_sums *sums,
				u64 cgroup_id);

#endif /* PFNSCOPE_WATCH_LEDGER_H */
