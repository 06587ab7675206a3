// SPDX-License-Identifier: GPL-2.0-only
/*
 * From lines to reports: which line belongs to which report, and where one
 * ends. Tasks that print at the same time are told apart by their printk
 * caller, where the kernel prints it.
 */
#include "oomlog/line.h"
#include "oomlog/parts.h"
#include "oomlog/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Reports open at one time; the oldest is closed when another comes. */
#define OPEN_REPORTS	8

struct open_report {
	struct pfnscope_oom_report *report;
	char caller[16];
	struct pfnscope_task_table tasks;
	bool counters;		/* the machine's counters were seen */
	bool group;		/* memory.oom.group: many die at once */
};

struct reader {
	const struct pfnscope_oomlog_sink *sink;
	struct pfnscope_joiner joiner;
	struct open_report open[OPEN_REPORTS];
	size_t oldest;
	int error;
};

static bool is_report(const struct pfnscope_oom_report *r)
{
	return r->kind != PFNSCOPE_OOM_UNKNOWN || r->nr_zones ||
	       r->killed_line || r->chosen.pid != PFNSCOPE_MISSING ||
	       (r->memcg.seen && r->memcg.usage_kb != PFNSCOPE_MISSING);
}

static void settle_victim(struct pfnscope_oom_report *r)
{
	if (r->killed_line || r->chosen.pid == PFNSCOPE_MISSING)
		return;
	r->killed = r->chosen;
}

/* Stacks are printed for each zone up to 5.8, and the machine's is their sum. */
static void settle_stacks(struct pfnscope_oom_report *r)
{
	int64_t *sum = &r->counters[PFNSCOPE_MEM_KERNEL_STACK_KB];

	if (*sum != PFNSCOPE_MISSING)
		return;
	for (size_t i = 0; i < r->nr_zones; i++) {
		int64_t kb = r->zones[i].kernel_stack_kb;

		if (kb < 0 || kb > INT64_C(1) << 50)
			continue;
		*sum = *sum == PFNSCOPE_MISSING ? kb : *sum + kb;
	}
}

static void settle(struct pfnscope_oom_report *r)
{
	bool victim = r->killed_line || r->chosen.pid != PFNSCOPE_MISSING;

	if (r->kind == PFNSCOPE_OOM_UNKNOWN && (victim || r->no_killable))
		r->kind = PFNSCOPE_OOM_GLOBAL;
	if (r->memcg.seen && (r->kind == PFNSCOPE_OOM_GLOBAL ||
			      r->kind == PFNSCOPE_OOM_UNKNOWN))
		r->kind = PFNSCOPE_OOM_MEMCG;
	settle_victim(r);
	settle_stacks(r);
}

static void close_report(struct reader *reader, struct open_report *open)
{
	struct pfnscope_oom_report *report = open->report;

	open->report = NULL;
	if (!report)
		return;
	if (reader->error || !is_report(report)) {
		pfnscope_oom_report_free(report);
		return;
	}
	settle(report);
	reader->error = reader->sink->report(reader->sink->context, report);
}

static struct open_report *find_open(struct reader *reader, const char *caller)
{
	for (size_t i = 0; i < OPEN_REPORTS; i++)
		if (reader->open[i].report &&
		    !strcmp(reader->open[i].caller, caller))
			return &reader->open[i];
	return NULL;
}

static struct open_report *free_slot(struct reader *reader, const char *caller)
{
	struct open_report *open = find_open(reader, caller);

	for (size_t i = 0; !open && i < OPEN_REPORTS; i++)
		if (!reader->open[i].report)
			open = &reader->open[i];
	if (!open) {
		open = &reader->open[reader->oldest];
		reader->oldest = (reader->oldest + 1) % OPEN_REPORTS;
	}
	return open;
}

/* Close what this caller had, and begin anew. */
static struct open_report *begin_report(struct reader *reader,
					const struct pfnscope_logical *line)
{
	struct open_report *open = free_slot(reader, line->caller);

	close_report(reader, open);
	*open = (struct open_report){ .report = pfnscope_oom_report_new() };
	if (!open->report) {
		reader->error = -ENOMEM;
		return NULL;
	}
	open->report->first_line = line->number;
	memcpy(open->caller, line->caller, sizeof(open->caller));
	return open;
}

static void take_header(struct reader *reader,
			const struct pfnscope_logical *line,
			struct pfnscope_scan s)
{
	struct pfnscope_oom_report *report = pfnscope_oom_report_new();
	struct open_report *open;

	if (!report) {
		reader->error = -ENOMEM;
		return;
	}
	if (!pfnscope_oomlog_header(s, report)) {
		pfnscope_oom_report_free(report);
		return;
	}
	open = begin_report(reader, line);
	if (!open) {
		pfnscope_oom_report_free(report);
		return;
	}
	report->first_line = open->report->first_line;
	pfnscope_oom_report_free(open->report);
	open->report = report;
	pfnscope_oomlog_evidence(s, &report->era);
}

/* Has the kernel closed this report, so that a dump must be another's? */
static bool has_ended(const struct pfnscope_oom_report *r)
{
	return r->killed_line || r->no_killable;
}

/* Does the line repeat what a report holds once? Then it is of a new one. */
static bool belongs_elsewhere(const struct open_report *open,
			      enum pfnscope_line_kind kind,
			      struct pfnscope_scan s)
{
	const struct pfnscope_oom_report *r = open->report;
	bool failure = r->kind == PFNSCOPE_OOM_ALLOC_FAILURE ||
		       r->kind == PFNSCOPE_OOM_ALLOC_STALL;

	switch (kind) {
	case PFNSCOPE_LINE_MEM_INFO:
		return open->counters || r->nr_zones || has_ended(r);
	case PFNSCOPE_LINE_COUNTERS:
		return open->counters || has_ended(r);
	case PFNSCOPE_LINE_ZONE:
		return pfnscope_oomlog_zone_seen(s, r) || has_ended(r);
	case PFNSCOPE_LINE_MEMCG_USAGE:
		return failure || (has_ended(r) && !open->group);
	case PFNSCOPE_LINE_CONSTRAINT:
		return failure || has_ended(r) || r->constraint[0];
	case PFNSCOPE_LINE_KILL:
		if (failure)
			return true;
		if (pfnscope_oomlog_is_kill(s))
			return r->killed_line && !open->group;
		return has_ended(r);
	default:
		return false;
	}
}

static bool can_begin(enum pfnscope_line_kind kind)
{
	switch (kind) {
	case PFNSCOPE_LINE_MEM_INFO:
	case PFNSCOPE_LINE_COUNTERS:
	case PFNSCOPE_LINE_ZONE:
	case PFNSCOPE_LINE_LIST:
	case PFNSCOPE_LINE_MEMCG_USAGE:
	case PFNSCOPE_LINE_CONSTRAINT:
	case PFNSCOPE_LINE_KILL:
		return true;
	default:
		return false;
	}
}

static void take_memory(struct open_report *open, enum pfnscope_line_kind kind,
			struct pfnscope_scan s)
{
	struct pfnscope_oom_report *r = open->report;

	switch (kind) {
	case PFNSCOPE_LINE_COUNTERS:
		open->counters = true;
		pfnscope_oomlog_counters(s, r);
		break;
	case PFNSCOPE_LINE_COUNTERS_MORE:
		if (open->counters && !r->nr_zones)
			pfnscope_oomlog_counters(s, r);
		break;
	case PFNSCOPE_LINE_NODE:
		pfnscope_oomlog_node(s, r);
		break;
	case PFNSCOPE_LINE_ZONE:
		pfnscope_oomlog_zone(s, r);
		break;
	case PFNSCOPE_LINE_RESERVE:
		pfnscope_oomlog_reserve(s, r);
		break;
	case PFNSCOPE_LINE_LIST:
		pfnscope_oomlog_list(s, r);
		break;
	case PFNSCOPE_LINE_HUGEPAGES:
		pfnscope_oomlog_hugepages(s, r);
		break;
	case PFNSCOPE_LINE_TOTAL:
		pfnscope_oomlog_total(s, r);
		break;
	case PFNSCOPE_LINE_SWAP:
		pfnscope_oomlog_swap(s, r);
		break;
	default:
		break;
	}
}

static void take_memcg(struct pfnscope_oom_report *r,
		       enum pfnscope_line_kind kind, struct pfnscope_scan s)
{
	switch (kind) {
	case PFNSCOPE_LINE_MEMCG_USAGE:
		pfnscope_oomlog_memcg_usage(s, r);
		break;
	case PFNSCOPE_LINE_MEMCG_STATS:
		pfnscope_oomlog_memcg_stats(s, r);
		break;
	case PFNSCOPE_LINE_MEMCG_TASK:
		pfnscope_oomlog_memcg_task(s, r);
		break;
	case PFNSCOPE_LINE_STAT:
		if (r->memcg.seen)
			pfnscope_oomlog_memcg_stat(s, r);
		break;
	default:
		break;
	}
}

static void take_tasks(struct open_report *open, enum pfnscope_line_kind kind,
		       struct pfnscope_scan s)
{
	struct pfnscope_oom_report *r = open->report;

	switch (kind) {
	case PFNSCOPE_LINE_TASK:
		if (!open->counters && !r->nr_tasks)
			pfnscope_oomlog_task(s, r);
		break;
	case PFNSCOPE_LINE_CPUSET:
		pfnscope_oomlog_cpuset(s, r);
		break;
	case PFNSCOPE_LINE_TASK_HEAD:
		pfnscope_oomlog_task_head(s, &open->tasks);
		break;
	case PFNSCOPE_LINE_TASK_ROW:
		pfnscope_oomlog_task_row(s, &open->tasks, r);
		break;
	case PFNSCOPE_LINE_SLAB_ROW:
		pfnscope_oomlog_slab_row(s, r);
		break;
	case PFNSCOPE_LINE_CONSTRAINT:
		pfnscope_oomlog_constraint(s, r);
		break;
	case PFNSCOPE_LINE_KILL:
		pfnscope_oomlog_kill(s, r);
		break;
	case PFNSCOPE_LINE_GROUP_KILL:
		open->group = true;
		break;
	case PFNSCOPE_LINE_NO_VICTIM:
		r->no_killable = true;
		break;
	case PFNSCOPE_LINE_PANIC:
		r->panicked = true;
		break;
	default:
		break;
	}
}

static void take_line(void *context, const struct pfnscope_logical *line)
{
	struct pfnscope_scan s = pfnscope_scan_from(line->text, line->size);
	struct reader *reader = context;
	struct open_report *open;

	if (reader->error)
		return;
	if (line->kind == PFNSCOPE_LINE_HEADER) {
		take_header(reader, line, s);
		return;
	}
	open = find_open(reader, line->caller);
	if (can_begin(line->kind) &&
	    (!open || belongs_elsewhere(open, line->kind, s)))
		open = begin_report(reader, line);
	if (!open)
		return;
	pfnscope_oomlog_evidence(s, &open->report->era);
	take_memory(open, line->kind, s);
	take_memcg(open->report, line->kind, s);
	take_tasks(open, line->kind, s);
}

static void join(void *context, const struct pfnscope_logline *line)
{
	struct reader *reader = context;

	pfnscope_join_line(&reader->joiner, line);
}

/**
 * pfnscope_oomlog_read - find every report in a log
 * @text: the log
 * @size: its size in bytes
 * @sink: takes the reports, in the order in which they end
 *
 * Linear in @size; memory is that of the few reports open at one time.
 *
 * Return: 0, what the sink returned, or -ENOMEM.
 */
int pfnscope_oomlog_read(const char *text, size_t size,
			 const struct pfnscope_oomlog_sink *sink)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	struct pfnscope_loglines lines = { join, reader };
	int error;

	if (!reader)
		return -ENOMEM;
	reader->sink = sink;
	reader->joiner.out = (struct pfnscope_logicals){ take_line, reader };
	pfnscope_undress(text, size, &lines);
	pfnscope_join_end(&reader->joiner);
	for (size_t i = 0; i < OPEN_REPORTS; i++)
		close_report(reader, &reader->open[i]);
	error = reader->error;
	free(reader);
	return error;
}
