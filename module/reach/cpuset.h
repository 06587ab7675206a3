/* SPDX-License-Identifier: GPL-2.0-only */
/* The nodes a task's cpuset has. */
#ifndef PFNSCOPE_REACH_CPUSET_H
#define PFNSCOPE_REACH_CPUSET_H

#include <linux/cpuset.h>
#include <linux/sched.h>
#include <linux/seqlock.h>

/**
 * pfnscope_mems_allowed - the nodes of the current task's cpuset
 * @nodes: filled, if it is known
 *
 * Of a machine with hundreds of nodes they are many words, which a change of the
 * cpuset writes one after the other. A reader of the sequence count would wait for
 * the writer, or on PREEMPT_RT take its lock; here the writer may be what was
 * interrupted, and the lock be held by the OOM killer. So it is only looked at.
 *
 * Return: false where they were being changed.
 */
#ifdef CONFIG_CPUSETS
static inline bool pfnscope_mems_allowed(nodemask_t *nodes)
{
	const seqcount_t *changes = &current->mems_allowed_seq.seqcount;
	unsigned int before = raw_read_seqcount(changes);

	*nodes = current->mems_allowed;
	return !(before & 1) && !read_seqcount_retry(changes, before);
}
#else
static inline bool pfnscope_mems_allowed(nodemask_t *nodes)
{
	*nodes = cpuset_current_mems_allowed;
	return true;
}
#endif

#endif /* PFNSCOPE_REACH_CPUSET_H */
