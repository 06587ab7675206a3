// SPDX-License-Identifier: GPL-2.0-only
/* The tables of tasks and of slab caches; of both only the largest are kept. */
#include "oomlog/parts.h"

#include <string.h>

static enum pfnscope_task_column column_named(const char *name)
{
	if (!strcmp(name, "rss"))
		return PFNSCOPE_TASK_RSS;
	if (!strcmp(name, "swapents"))
		return PFNSCOPE_TASK_SWAP;
	if (!strcmp(name, "oom_score_adj"))
		return PFNSCOPE_TASK_ADJ;
	return PFNSCOPE_TASK_OTHER;
}

/**
 * pfnscope_oomlog_task_head - read "[ pid ]   uid  tgid total_vm ..."
 * @line: the heading; kernels differ in the columns
 * @table: gets the columns behind the pid
 */
void pfnscope_oomlog_task_head(struct pfnscope_scan line,
			       struct pfnscope_task_table *table)
{
	char name[24];

	table->count = 0;
	pfnscope_scan_after(&line, "]");
	while (table->count < PFNSCOPE_TASK_COLUMNS) {
		pfnscope_scan_blanks(&line);
		pfnscope_scan_word(&line, " ", name, sizeof(name));
		if (!*name || !strcmp(name, "name"))
			break;
		table->columns[table->count++] = column_named(name);
	}
}

static void keep_task(struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_task *task)
{
	size_t n = report->nr_tasks++;

	if (n > PFNSCOPE_OOM_TOP - 1)
		n = PFNSCOPE_OOM_TOP;
	while (n > 0 && task->rss_pages > report->tasks[n - 1].rss_pages) {
		if (n < PFNSCOPE_OOM_TOP)
			report->tasks[n] = report->tasks[n - 1];
		n--;
	}
	if (n < PFNSCOPE_OOM_TOP)
		report->tasks[n] = *task;
}

/**
 * pfnscope_oomlog_task_row - read one task
 * @line: "[  624]     0   624     2763 ... udevd"
 * @table: the columns
 * @report: gets the task where it is among the largest
 */
void pfnscope_oomlog_task_row(struct pfnscope_scan line,
			      const struct pfnscope_task_table *table,
			      struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_task task = {
		.rss_pages = PFNSCOPE_MISSING,
		.swap_pages = PFNSCOPE_MISSING,
		.score_adj = PFNSCOPE_MISSING,
	};
	int64_t value;

	pfnscope_scan_char(&line, '[');
	pfnscope_scan_blanks(&line);
	if (!table->count || !pfnscope_scan_number(&line, &task.pid))
		return;
	pfnscope_scan_char(&line, ']');
	for (unsigned int i = 0; i < table->count; i++) {
		pfnscope_scan_blanks(&line);
		if (!pfnscope_scan_number(&line, &value))
			return;
		if (table->columns[i] == PFNSCOPE_TASK_RSS)
			task.rss_pages = value;
		else if (table->columns[i] == PFNSCOPE_TASK_SWAP)
			task.swap_pages = value;
		else if (table->columns[i] == PFNSCOPE_TASK_ADJ)
			task.score_adj = value;
	}
	pfnscope_scan_blanks(&line);
	pfnscope_scan_copy(line.at, line.end, task.comm, sizeof(task.comm));
	keep_task(report, &task);
}

static void keep_slab(struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_slab *slab)
{
	size_t n = report->nr_slabs++;

	if (n > PFNSCOPE_OOM_TOP - 1)
		n = PFNSCOPE_OOM_TOP;
	while (n > 0 && slab->total_kb > report->slabs[n - 1].total_kb) {
		if (n < PFNSCOPE_OOM_TOP)
			report->slabs[n] = report->slabs[n - 1];
		n--;
	}
	if (n < PFNSCOPE_OOM_TOP)
		report->slabs[n] = *slab;
}

/**
 * pfnscope_oomlog_slab_row - read "kmalloc-2048    59164KB    59164KB"
 * @line: the row: name, used, total
 * @report: gets the cache where it is among the largest
 */
void pfnscope_oomlog_slab_row(struct pfnscope_scan line,
			      struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_slab slab;
	int64_t used;

	pfnscope_scan_word(&line, " ", slab.name, sizeof(slab.name));
	pfnscope_scan_blanks(&line);
	if (!pfnscope_scan_number(&line, &used) ||
	    !pfnscope_scan_skip(&line, "KB"))
		return;
	pfnscope_scan_blanks(&line);
	if (pfnscope_scan_number(&line, &slab.total_kb))
		keep_slab(report, &slab);
}
