/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How long a spinlock is held, measured inside of it. The clock of the kernel's time
 * may be a device that all CPUs read in turn, in a microsecond and more (HPET); then
 * most of a short hold would be its own measurement. sched_clock() is a counter of
 * the CPU: to be compared on one CPU only, and it does not go by for a lock that
 * sleeps.
 */
#ifndef PFNSCOPE_REACH_CLOCK_H
#define PFNSCOPE_REACH_CLOCK_H

#include <linux/minmax.h>
#include <linux/sched/clock.h>
#include <linux/types.h>

static inline u64 pfnscope_clock_now(void)
{
	return sched_clock();
}

/* Nanoseconds; a virtual machine that was moved may have another counter. */
static inline u64 pfnscope_clock_since(u64 start)
{
	return max_t(s64, sched_clock() - start, 0);
}

#endif /* PFNSCOPE_REACH_CLOCK_H */
