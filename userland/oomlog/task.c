// SPDX-License-Identifier: GPL-2.0-only
/* The tables of tasks and of slab caches; of these only the largest are kept. */
#include "oomlog/parts.h"

#include <string.h>

#include "base/array.h"

struct column {
	const char *name;
	enum pfnscope_task_column column;
};

static enum pfnscope_task_column column_named(const char *name)
{
	static const struct column columns[] = {
		{ "uid", PFNSCOPE_TASK_UID },
		{ "tgid", PFNSCOPE_TASK_TGID },
		{ "total_vm", PFNSCOPE_TASK_TOTAL_VM },
		{ "rss", PFNSCOPE_TASK_RSS },
		{ "nr_ptes", PFNSCOPE_TASK_TABLES },
		{ "nr_pmds", PFNSCOPE_TASK_TABLES },
		{ "nr_puds", PFNSCOPE_TASK_TABLES },
		{ "pgtables_bytes", PFNSCOPE_TASK_TABLES_BYTES },
		{ "swapents", PFNSCOPE_TASK_SWAP },
		{ "oom_adj", PFNSCOPE_TASK_OOM_ADJ },
		{ "oom_score_adj", PFNSCOPE_TASK_ADJ },
	};

	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		if (!strcmp(name, columns[i].name))
			return columns[i].column;
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
		table->whole = !strcmp(name, "name");
		if (!*name || table->whole)
			break;
		table->columns[table->count++] = column_named(name);
	}
}

/* Numbers behind the pid: the name is the last word, also where that is a number. */
static unsigned int count_numbers(struct pfnscope_scan s)
{
	unsigned int count = 0;
	int64_t ignored;

	for (;;) {
		pfnscope_scan_blanks(&s);
		if (!pfnscope_scan_number(&s, &ignored) || s.at >= s.end || *s.at != ' ')
			return count;
		pfnscope_scan_blanks(&s);
		if (pfnscope_scan_done(&s))
			return count;
		count++;
	}
}

/* The columns that stand at the same place in all tables of that width. */
static void common_columns(unsigned int count, struct pfnscope_task_table *table)
{
	static const enum pfnscope_task_column first[] = {
		PFNSCOPE_TASK_UID, PFNSCOPE_TASK_TGID, PFNSCOPE_TASK_TOTAL_VM, PFNSCOPE_TASK_RSS,
	};

	for (unsigned int i = 0; i < count; i++)
		table->columns[i] = i < ARRAY_SIZE(first) ? first[i] : PFNSCOPE_TASK_OTHER;
	table->whole = true;
	table->columns[count - 1] = count == 6 ? PFNSCOPE_TASK_OOM_ADJ : PFNSCOPE_TASK_ADJ;
	table->count = count;
}

/*
 * The heading is not there. Up to 2.6.35 there were six columns, of seven there were three
 * kinds, of which that since 4.15 has bytes of page tables, whole pages of them; then
 * came tables of two and three levels, and since 6.10 three kinds of resident pages.
 */
static void guess_columns(struct pfnscope_scan line, struct pfnscope_task_table *table)
{
	unsigned int count = count_numbers(line);
	int64_t value = 0;

	if (count < 6 || count > 10)
		return;
	common_columns(count, table);
	for (unsigned int i = 0; i < 5; i++) {
		pfnscope_scan_blanks(&line);
		pfnscope_scan_number(&line, &value);
	}
	if (count >= 8)
		table->columns[count - 2] = PFNSCOPE_TASK_SWAP;
	if (count == 10)
		table->columns[7] = PFNSCOPE_TASK_TABLES_BYTES;
	for (unsigned int i = 4; (count == 8 || count == 9) && i < count - 2; i++)
		table->columns[i] = PFNSCOPE_TASK_TABLES;
	if (count == 7 && value >= 4096 && value % 4096 == 0) {
		table->columns[4] = PFNSCOPE_TASK_TABLES_BYTES;
		table->columns[5] = PFNSCOPE_TASK_SWAP;
	}
}

static void take_column(struct pfnscope_oom_task *task,
			enum pfnscope_task_column column, int64_t value)
{
	int64_t *const cells[PFNSCOPE_TASK_COLUMN_KINDS] = {
		[PFNSCOPE_TASK_UID] = &task->uid,
		[PFNSCOPE_TASK_TGID] = &task->tgid,
		[PFNSCOPE_TASK_TOTAL_VM] = &task->total_vm_pages,
		[PFNSCOPE_TASK_RSS] = &task->rss_pages,
		[PFNSCOPE_TASK_TABLES] = &task->pgtables_pages,
		[PFNSCOPE_TASK_TABLES_BYTES] = &task->pgtables_bytes,
		[PFNSCOPE_TASK_SWAP] = &task->swap_pages,
		[PFNSCOPE_TASK_OOM_ADJ] = &task->oom_adj,
		[PFNSCOPE_TASK_ADJ] = &task->score_adj,
	};
	int64_t *cell = cells[column];

	if (!cell)
		return;
	/* Tables of several levels are summed. */
	if (column == PFNSCOPE_TASK_TABLES && *cell != PFNSCOPE_MISSING &&
	    value >= 0 && value <= INT32_MAX)
		*cell += value;
	else
		*cell = value;
}

static void add_task(struct pfnscope_oom_report *report,
		     struct pfnscope_oom_task *task)
{
	struct pfnscope_oom_task *room = pfnscope_oom_report_task(report);

	task->row = report->tasks_seen;
	if (room)
		*room = *task;
}

/**
 * pfnscope_oomlog_is_task_row - is this a row of the table of tasks, without its heading?
 * @line: a line that looks like one
 *
 * Return: true where it has as many numbers as some kernel prints, and a name.
 */
bool pfnscope_oomlog_is_task_row(struct pfnscope_scan line)
{
	struct pfnscope_task_table guessed = { .count = 0 };

	if (!pfnscope_scan_after(&line, "]"))
		return false;
	guess_columns(line, &guessed);
	return guessed.count > 0;
}

/**
 * pfnscope_oomlog_task_row - read one task
 * @line: "[  624]     0   624     2763 ... udevd"
 * @heading: the columns, none where the log has no such line
 * @report: gets the task
 */
void pfnscope_oomlog_task_row(struct pfnscope_scan line,
			      const struct pfnscope_task_table *heading,
			      struct pfnscope_oom_report *report)
{
	struct pfnscope_task_table guessed = { .count = 0 };
	const struct pfnscope_task_table *table = heading->count ? heading : &guessed;
	struct pfnscope_oom_task task = {
		.uid = PFNSCOPE_MISSING,
		.tgid = PFNSCOPE_MISSING,
		.total_vm_pages = PFNSCOPE_MISSING,
		.rss_pages = PFNSCOPE_MISSING,
		.swap_pages = PFNSCOPE_MISSING,
		.pgtables_bytes = PFNSCOPE_MISSING,
		.pgtables_pages = PFNSCOPE_MISSING,
		.score_adj = PFNSCOPE_MISSING,
		.oom_adj = PFNSCOPE_MISSING,
	};
	int64_t value;

	pfnscope_scan_char(&line, '[');
	pfnscope_scan_blanks(&line);
	if (!pfnscope_scan_number(&line, &task.pid))
		return;
	pfnscope_scan_char(&line, ']');
	if (!heading->count)
		guess_columns(line, &guessed);
	if (!table->count)
		return;
	for (unsigned int i = 0; i < table->count; i++) {
		pfnscope_scan_blanks(&line);
		if (!pfnscope_scan_number(&line, &value))
			return;
		take_column(&task, table->columns[i], value);
	}
	pfnscope_scan_blanks(&line);
	if (table->whole)
		pfnscope_scan_copy(line.at, line.end, task.comm, sizeof(task.comm));
	add_task(report, &task);
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
