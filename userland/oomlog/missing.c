// SPDX-License-Identifier: GPL-2.0-only
/* Gaps: what a report does not tell. */
#include <string.h>

#include "base/array.h"
#include "base/checked.h"
#include "oomlog/advice.h"

/* Some tell all they have in a line or two: nothing of them is missing. */
static bool is_one_line(const struct pfnscope_oom_report *report)
{
	static const char *const what[] = {
		"slab", "cma", "vmap", "hugetlb", "percpu",
	};

	for (size_t i = 0; i < ARRAY_SIZE(what); i++)
		if (!strcmp(report->failure.what, what[i]) &&
		    !report->nr_zones)
			return true;
	return report->kind == PFNSCOPE_OOM_POLICY_KILL;
}

static void missing_kill(const struct pfnscope_oom_report *report,
			 struct pfnscope_lines *lines)
{
	bool kills = report->kind == PFNSCOPE_OOM_MEMCG ||
		     report->kind == PFNSCOPE_OOM_GLOBAL;

	if (kills && report->killed.pid == PFNSCOPE_MISSING &&
	    !report->no_killable && !report->panicked)
		pfnscope_lines_add(lines, "who was killed");
	else if (report->killed.pid != PFNSCOPE_MISSING && !report->killed_line && !report->exiting)
		pfnscope_lines_add(lines, "the line that tells the death of the "
				   "task chosen");
}

/**
 * pfnscope_oom_missing - what a report does not tell
 * @report: the report
 * @answer: its answer
 * @lines: gets a line for each gap
 */
void pfnscope_oom_missing(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer,
			  struct pfnscope_lines *lines)
{
	bool memcg = report->kind == PFNSCOPE_OOM_MEMCG;
	bool single = is_one_line(report);

	if (report->unread_lines)
		pfnscope_lines_add(lines, "%zu lines that stand within it behind "
				   "a prefix that was not understood",
				   report->unread_lines);
	if (report->cut_lines)
		pfnscope_lines_add(lines, "the ends of %zu lines, which were cut",
				   report->cut_lines);
	if (single)
		return;
	if (!report->has_gfp)
		pfnscope_lines_add(lines, "the header line: who asked, with "
				   "which gfp flags, for which order");
	else if (answer->order_lost)
		pfnscope_lines_add(lines, "the order that was asked for");
	if (!report->era.release[0])
		pfnscope_lines_add(lines, "the kernel release; rules taken "
				   "from the shape of the lines: %s",
				   answer->rules.name);
	if (!memcg && !report->nr_zones)
		pfnscope_lines_add(lines, "the zones");
	if (!memcg && report->nr_zones && !answer->classes.count)
		pfnscope_lines_add(lines, "the lowmem_reserve lines");
	if (answer->page_kb == PFNSCOPE_MISSING && !memcg)
		pfnscope_lines_add(lines, "the page size, and so pages");
	if (report->kind == PFNSCOPE_OOM_GLOBAL && !report->nr_tasks)
		pfnscope_lines_add(lines, "the task table");
	if (memcg && report->memcg.memory.usage_kb == PFNSCOPE_MISSING)
		pfnscope_lines_add(lines, "usage and limit of the cgroup");
	missing_kill(report, lines);
}
