/* SPDX-License-Identifier: GPL-2.0-only */
/* Who called, as return addresses. For any context but NMI; takes no lock. */
#ifndef PFNSCOPE_REACH_STACK_H
#define PFNSCOPE_REACH_STACK_H

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/stacktrace.h>

#include "reach/config.h"

/*
 * An interrupt may come anywhere: what it interrupted is not part of who called, and
 * would make another stack of each. Before v5.16 nobody can tell where it ends; few
 * frames are kept then.
 */
static inline unsigned int pfnscope_stack_cut(unsigned long *frames,
					      unsigned int count)
{
#ifdef HAVE_FILTER_IRQ_STACKS
	return filter_irq_stacks(frames, count);
#else
	return in_interrupt() ? min(count, 8U) : count;
#endif
}

/**
 * pfnscope_stack_save - the callers, the innermost first
 * @frames: filled; our own are left out
 * @most: room in it
 *
 * Return: how many there are, 0 where the kernel cannot walk its stacks.
 */
static __always_inline unsigned int
pfnscope_stack_save(unsigned long *frames, unsigned int most)
{
#ifdef CONFIG_STACKTRACE
	unsigned int count = stack_trace_save(frames, most, 0), own = 0;

	while (own < count && within_module(frames[own], THIS_MODULE))
		own++;
	count = pfnscope_stack_cut(frames + own, count - own);
	memmove(frames, frames + own, count * sizeof(*frames));
	return count;
#else
	return 0;
#endif
}

#endif /* PFNSCOPE_REACH_STACK_H */
