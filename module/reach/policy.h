/* SPDX-License-Identifier: GPL-2.0-only */
/* The nodes that a task is bound to by a memory policy of its own. */
#ifndef PFNSCOPE_REACH_POLICY_H
#define PFNSCOPE_REACH_POLICY_H

#include <linux/mempolicy.h>
#include <linux/nodemask.h>
#include <linux/sched.h>

#include "reach/config.h"

/**
 * pfnscope_policy_bound - the nodes that the current task is bound to
 * @nodes: filled
 *
 * A task's policy is replaced by the task alone, so it may look at its own. That
 * of a mapping (mbind) cannot be seen from here.
 *
 * Return: false where no policy of the task's binds it.
 */
static inline bool pfnscope_policy_bound(nodemask_t *nodes)
{
#ifdef CONFIG_NUMA
	const struct mempolicy *policy = READ_ONCE(current->mempolicy);

	if (!policy || policy->mode != MPOL_BIND)
		return false;
#ifdef HAVE_MEMPOLICY_NODES
	*nodes = policy->nodes;
#else
	*nodes = policy->v.nodes;
#endif
	return true;
#else
	return false;
#endif
}

#endif /* PFNSCOPE_REACH_POLICY_H */
