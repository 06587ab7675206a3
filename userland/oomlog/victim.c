// SPDX-License-Identifier: GPL-2.0-only
/* Why this task died and not another. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "oomlog/advice.h"

static const struct pfnscope_oom_task *
find_task(const struct pfnscope_oom_report *report, int64_t pid)
{
	for (size_t i = 0; i < report->nr_tasks; i++)
		if (report->tasks[i].pid == pid)
			return &report->tasks[i];
	return NULL;
}

/**
 * pfnscope_oom_sense - did the choice of the victim make sense?
 * @report: the report
 * @page_kb: page size
 * @out: gets a sentence, empty where the task table is not there
 * @size: size of @out
 */
void pfnscope_oom_sense(const struct pfnscope_oom_report *report,
			int64_t page_kb, char *out, size_t size)
{
	const struct pfnscope_oom_task *top = report->tasks;
	const struct pfnscope_oom_task *dead =
		find_task(report, report->killed.pid);

	*out = '\0';
	if (report->allocating_task) {
		snprintf(out, size, "vm.oom_kill_allocating_task kills whoever "
			 "asks, not who holds the memory.");
	} else if (!report->nr_tasks || page_kb == PFNSCOPE_MISSING) {
		return;
	} else if (dead == top) {
		snprintf(out, size, "It was the largest task: the choice makes "
			 "sense.");
	} else if (top->score_adj == -1000) {
		snprintf(out, size, "The largest task, %s (pid %" PRId64 "), is "
			 "exempt (oom_score_adj -1000).", top->comm, top->pid);
	} else {
		snprintf(out, size, "The largest task was %s (pid %" PRId64
			 ", %" PRId64 " kB): oom_score_adj, swap or page tables "
			 "decided otherwise.", top->comm, top->pid,
			 top->rss_pages > 0 && top->rss_pages < INT32_MAX ?
			 top->rss_pages * page_kb : 0);
	}
}
