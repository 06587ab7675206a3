/* SPDX-License-Identifier: GPL-2.0-only */
/* Who asks: what the kernel tells of a task and of a CPU. */
#ifndef PFNSCOPE_SOURCE_ASKING_H
#define PFNSCOPE_SOURCE_ASKING_H

#include <stdint.h>

#include "allocator/plan.h"
#include "base/error.h"
#include "source/source.h"

/**
 * struct pfnscope_policy - memory policy of a task, as numa_maps tells it
 * @text: "bind:0-1", empty where the file could not be read
 * @node: node it prefers, or that has all turns, or PFNSCOPE_MISSING
 * @nodes: nodes it is bound to, 0 for any
 * @first: those are only tried first, without waiting: "prefer (many)"
 * @passed: and none of them served
 * @above: it is for higher zones than those of the request
 * @rotates: several nodes take turns, by a policy of the kernel or by one not known
 *	here: which is next cannot be told
 */
struct pfnscope_policy {
	char text[64];
	int64_t node;
	uint64_t nodes;
	bool first;
	bool passed;
	bool above;
	bool rotates;
};

/* How far the other nodes are from @node, which sysfs lists by their numbers. */
void pfnscope_distances_read(const struct pfnscope_source *source, int64_t node,
			     struct pfnscope_distances *distances);
/* Node of a CPU, PFNSCOPE_MISSING where sysfs does not tell. */
int64_t pfnscope_cpu_node(const struct pfnscope_source *source, uint64_t cpu);
/*
 * Cpuset, memory policy, CPU, PF_MEMALLOC and realtime scheduling of a task, into
 * @request; what of the policy cannot be followed, or is only likely, in @policy.
 */
int pfnscope_task_read(const struct pfnscope_source *source, uint64_t pid,
		       struct pfnscope_request *request,
		       struct pfnscope_policy *policy,
		       struct pfnscope_error *error);

/*
 * Faults of a task since it began, that did not wait for a device and that did; PFNSCOPE_MISSING
 * where they cannot be read.
 */
void pfnscope_task_faults(const struct pfnscope_source *source, uint64_t pid,
			  int64_t *minor, int64_t *major);

#endif
