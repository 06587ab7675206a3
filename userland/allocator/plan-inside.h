/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of the plan share: the attempts, the walk along a list, kswapd. */
#ifndef PFNSCOPE_ALLOCATOR_PLAN_INSIDE_H
#define PFNSCOPE_ALLOCATOR_PLAN_INSIDE_H

#include "allocator/plan.h"

static inline uint64_t pfnscope_node_bit(int64_t node)
{
	return UINT64_C(1) << (node >= 0 && node < 63 ? node : 63);
}

static inline uint64_t pfnscope_nodes_both(uint64_t a, uint64_t b)
{
	return !a || !b ? a | b : a & b;
}

/* A policy without any node of the cpuset is not followed. */
static inline uint64_t pfnscope_policy_nodes(const struct pfnscope_request *r,
					     enum pfnscope_stage stage)
{
	if (stage == PFNSCOPE_STAGE_RESERVES ||
	    (r->cpuset && !(r->nodes & r->cpuset)))
		return 0;
	return r->nodes;
}

static inline bool pfnscope_verdict_allowed(const struct pfnscope_verdict *v)
{
	return v->reason != PFNSCOPE_REASON_NODE;
}

static inline bool pfnscope_machine_defrags(const struct pfnscope_machine *m)
{
	return m->rules.defrag_mode && m->limits.settings.defrag_mode > 0;
}

int pfnscope_plan_walk(const struct pfnscope_machine *m, uint64_t busy,
		       struct pfnscope_attempt *a, size_t count);
void pfnscope_plan_reclaims(const struct pfnscope_machine *m,
			    const struct pfnscope_request *request,
			    struct pfnscope_attempt *a, size_t count);
void pfnscope_plan_mixing(const struct pfnscope_machine *m,
			  const struct pfnscope_request *request,
			  enum pfnscope_stage stage, struct pfnscope_plan *plan);
void pfnscope_plan_wake(const struct pfnscope_machine *m,
			const struct pfnscope_request *request,
			enum pfnscope_stage stage, struct pfnscope_plan *plan);

#endif
