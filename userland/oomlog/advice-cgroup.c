// SPDX-License-Identifier: GPL-2.0-only
/* Advice about the limits of a cgroup. */
#include <string.h>

#include "base/checked.h"
#include "oomlog/advice-inside.h"

/**
 * pfnscope_oom_is_full - is a limit of a cgroup reached?
 * @charge: usage and limit
 *
 * Return: true within a thirty-second of it, for it is charged in batches.
 */
bool pfnscope_oom_is_full(const struct pfnscope_oom_charge *charge)
{
	return charge->usage_kb != PFNSCOPE_MISSING && charge->limit_kb >= 0 &&
	       !charge->unlimited &&
	       charge->usage_kb >= charge->limit_kb - charge->limit_kb / 32;
}

/* The file that holds the limit, in the words of that cgroup version. */
static const char *limit_file(const struct pfnscope_oom_memcg *memcg)
{
	if (memcg->version == 2)
		return "memory.max";
	if (memcg->version != 1)
		return "the memory limit";
	if (pfnscope_oom_is_full(&memcg->memory))
		return "memory.limit_in_bytes";
	if (pfnscope_oom_is_full(&memcg->memsw))
		return "memory.memsw.limit_in_bytes";
	return pfnscope_oom_is_full(&memcg->kmem) ? "memory.kmem.limit_in_bytes" :
				       "memory.limit_in_bytes";
}

static void advise_limit(const struct pfnscope_oom_memcg *memcg,
			 struct pfnscope_lines *lines)
{
	const char *path = memcg->path[0] ? memcg->path : "the cgroup";

	if (memcg->memory.unlimited && !pfnscope_oom_is_full(&memcg->memsw) &&
	    !pfnscope_oom_is_full(&memcg->kmem)) {
		pfnscope_lines_add(lines, "%s has no limit of its own: somebody "
				   "asked for the kill (BPF, a file of the "
				   "cgroup), not a full cgroup.", path);
		return;
	}
	pfnscope_lines_add(lines, "Raise %s of %s, or make its tasks smaller.",
			   limit_file(memcg), path);
	if (*memcg->task_path && *memcg->path &&
	    strcmp(memcg->task_path, memcg->path))
		pfnscope_lines_add(lines, "The limit is that of an ancestor: "
				   "raising the limit of the victim's own "
				   "cgroup does not help.");
}

static void advise_swap_limit(const struct pfnscope_oom_memcg *memcg,
			      struct pfnscope_lines *lines)
{
	if (memcg->version == 2 && !memcg->swap.limit_kb)
		pfnscope_lines_add(lines, "memory.swap.max is 0: its memory may "
				   "not be swapped out.");
	else if (memcg->version == 2 && pfnscope_oom_is_full(&memcg->swap))
		pfnscope_lines_add(lines, "Its swap is full as well: "
				   "memory.swap.max.");
	if (memcg->version != 2 && pfnscope_oom_is_full(&memcg->memsw) &&
	    pfnscope_oom_is_full(&memcg->memory))
		pfnscope_lines_add(lines, "The limit of memory and swap "
				   "together, memory.memsw.limit_in_bytes, is "
				   "reached as well: raise both.");
}

/**
 * pfnscope_oom_advise_cgroup - what to do where a cgroup is full
 * @report: the report
 * @answer: its answer
 * @lines: gets sentences
 */
void pfnscope_oom_advise_cgroup(const struct pfnscope_oom_report *report,
				const struct pfnscope_oom_answer *answer,
				struct pfnscope_lines *lines)
{
	advise_limit(&report->memcg, lines);
	advise_swap_limit(&report->memcg, lines);
	/* Statistics that name a small part do not tell who holds it. */
	if (answer->dominant.kb > report->memcg.memory.usage_kb / 3)
		pfnscope_oom_advise_holder(report, answer, lines);
}
