// SPDX-License-Identifier: GPL-2.0-only
/* What happened, in a few words: no more than the report proves. */
#include <string.h>

#include "oomlog/advice.h"
#include "base/array.h"

/* Did each zone that it may use fail, for want of free pages? */
static bool all_short(const struct pfnscope_oom_answer *answer)
{
	for (size_t i = 0; i < answer->nr_verdicts; i++)
		if (!pfnscope_verdict_shortage(&answer->verdicts[i]) &&
		    answer->verdicts[i].reason != PFNSCOPE_REASON_BELOW_MIN &&
		    answer->verdicts[i].reason != PFNSCOPE_REASON_NO_MANAGED)
			return false;
	return answer->nr_verdicts;
}

static const char *global_title(const struct pfnscope_oom_report *report,
				const struct pfnscope_oom_answer *answer)
{
	struct pfnscope_oom_room room;

	pfnscope_oom_room(report, answer, &room);
	if (report->forced)
		return "a kill was asked for by SysRq-F";
	if (!strcmp(report->constraint, "CONSTRAINT_MEMORY_POLICY"))
		return "the nodes of a memory policy were out of memory";
	if (!strcmp(report->constraint, "CONSTRAINT_CPUSET"))
		return "the nodes of a cpuset were out of memory";
	if (!all_short(answer) || answer->request.no_request)
		return "the OOM killer was called";
	return room.small ? "the zones that count were out of memory" :
			    "the machine was out of memory";
}

/**
 * pfnscope_oom_at_limit - is one of a cgroup's limits reached?
 * @memcg: the cgroup
 *
 * Return: true for that of memory, of memory and swap, or of kernel memory.
 */
bool pfnscope_oom_at_limit(const struct pfnscope_oom_memcg *memcg)
{
	return pfnscope_oom_is_full(&memcg->memory) || pfnscope_oom_is_full(&memcg->memsw) ||
	       pfnscope_oom_is_full(&memcg->kmem);
}

static const char *failure_title(const char *what)
{
	static const char *const titles[][2] = {
		{ "vmalloc", "a vmalloc allocation failed" },
		{ "vmap", "vmalloc found no address space" },
		{ "slab", "a slab allocation failed" },
		{ "cma", "a CMA allocation failed" },
		{ "hugetlb", "huge pages could not be allocated" },
		{ "percpu", "a per-CPU allocation failed" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(titles); i++)
		if (!strcmp(titles[i][0], what))
			return titles[i][1];
	return "an allocation failed";
}

/**
 * pfnscope_oom_title - what happened, in a few words
 * @report: the report
 * @answer: its answer
 *
 * Return: the words.
 */
const char *pfnscope_oom_title(const struct pfnscope_oom_report *report,
			       const struct pfnscope_oom_answer *answer)
{
	switch (report->kind) {
	case PFNSCOPE_OOM_GLOBAL:
		return global_title(report, answer);
	case PFNSCOPE_OOM_MEMCG:
		return pfnscope_oom_at_limit(&report->memcg) ?
		       "a memory cgroup was at its limit" :
		       "the OOM killer was called for a memory cgroup";
	case PFNSCOPE_OOM_ALLOC_FAILURE:
		return failure_title(report->failure.what);
	case PFNSCOPE_OOM_POLICY_KILL:
		return "a policy killed, not the kernel's OOM killer";
	case PFNSCOPE_OOM_ALLOC_STALL:
		return "an allocation took long";
	default:
		return "a dump of memory without a request";
	}
}
