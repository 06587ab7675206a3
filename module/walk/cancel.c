// SPDX-License-Identifier: GPL-2.0-only
/*
 * A worker of the kernel cannot be killed, but whoever switches incidents off must
 * not wait for a walk over all memory. A flag asked by every walk would end those
 * of readers too, so it is for one task. Nothing is ordered by it: a walk that
 * sees it late ends a block later.
 */
#include <linux/compiler.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "walk/cancel.h"

/* Compared only, never followed. */
static const struct task_struct *cancellable;
static bool cancelled;

/**
 * pfnscope_walk_cancelled - is the current task to give up its walk?
 *
 * To be asked at least once a pageblock, or once a batch of a list.
 */
bool pfnscope_walk_cancelled(void)
{
	return fatal_signal_pending(current) ||
	       (READ_ONCE(cancelled) && READ_ONCE(cancellable) == current);
}

/**
 * pfnscope_walk_begin_cancellable - walks of the current task can be cancelled
 *
 * There is one such task at a time.
 */
void pfnscope_walk_begin_cancellable(void)
{
	WRITE_ONCE(cancellable, current);
}

/**
 * pfnscope_walk_end_cancellable - no longer
 */
void pfnscope_walk_end_cancellable(void)
{
	WRITE_ONCE(cancellable, NULL);
}

/**
 * pfnscope_walk_cancel - end the walks of that task, now and from now on
 * @cancel: false to let the next one walk again
 */
void pfnscope_walk_cancel(bool cancel)
{
	WRITE_ONCE(cancelled, cancel);
}
