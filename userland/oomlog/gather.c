// SPDX-License-Identifier: GPL-2.0-only
/*
 * From messages to reports: which message belongs to which report, and where
 * one ends. Tasks that print at the same time are told apart by their printk
 * caller, where the kernel prints it, and machines by their names.
 */
#include "oomlog/gather.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void hand_out(struct pfnscope_gather *gather,
		     struct pfnscope_oom_report *report)
{
	if (!report)
		return;
	if (gather->error || !pfnscope_gather_is_report(report)) {
		pfnscope_oom_report_free(report);
		return;
	}
	pfnscope_gather_settle(report, gather->release);
	gather->error = gather->sink->report(gather->sink->context, report);
}

static void close_report(struct pfnscope_gather *gather,
			 struct pfnscope_open_report *open)
{
	hand_out(gather, open->before);
	hand_out(gather, open->report);
	open->before = NULL;
	open->report = NULL;
}

/* Of two that are as good, the one that got a line last. */
static bool is_better(const struct pfnscope_open_report *a, const struct pfnscope_open_report *b)
{
	return !b || a->last_line > b->last_line;
}

/*
 * The report that a line is of: of its machine, where that has one; else the word in
 * front of "kernel" was no machine but a level, say, which differs from line to line.
 */
static struct pfnscope_open_report *
find_open(struct pfnscope_gather *gather, const struct pfnscope_logical *line)
{
	struct pfnscope_open_report *best = NULL;

	for (size_t i = 0; i < PFNSCOPE_OPEN_REPORTS; i++) {
		struct pfnscope_open_report *open = &gather->open[i];

		if (!open->report || strcmp(open->caller, line->caller))
			continue;
		if (*line->host && !strcmp(open->host, line->host))
			return open;
		if (is_better(open, best))
			best = open;
	}
	return best;
}

/* What the next header of the same machine ends; another machine's report goes on. */
static struct pfnscope_open_report *
find_ended(struct pfnscope_gather *gather, const struct pfnscope_logical *line)
{
	struct pfnscope_open_report *open = find_open(gather, line);

	if (open && *open->host && *line->host && strcmp(open->host, line->host))
		return NULL;
	return open;
}

static struct pfnscope_open_report *free_slot(struct pfnscope_gather *gather)
{
	struct pfnscope_open_report *open;

	for (size_t i = 0; i < PFNSCOPE_OPEN_REPORTS; i++)
		if (!gather->open[i].report)
			return &gather->open[i];
	open = &gather->open[gather->oldest];
	gather->oldest = (gather->oldest + 1) % PFNSCOPE_OPEN_REPORTS;
	return open;
}

static void begins_at(struct pfnscope_oom_report *report,
		      const struct pfnscope_logical *line)
{
	report->first_line = line->number;
	memcpy(report->stamp, line->prefix, sizeof(report->stamp));
}

/* Close @open, what this caller had, and begin anew. */
static struct pfnscope_open_report *
begin_report(struct pfnscope_gather *gather, const struct pfnscope_logical *line,
	     struct pfnscope_open_report *open)
{
	if (!open)
		open = free_slot(gather);
	close_report(gather, open);
	*open = (struct pfnscope_open_report){
		.report = pfnscope_oom_report_new(),
	};
	if (!open->report) {
		gather->error = -ENOMEM;
		return NULL;
	}
	begins_at(open->report, line);
	memcpy(open->caller, line->caller, sizeof(open->caller));
	memcpy(open->host, line->host, sizeof(open->host));
	open->last_line = line->number;
	return open;
}

/* What vmalloc said in front of the header is of the same failure. */
static void inherit_vmalloc(struct pfnscope_open_report *open,
			    struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_report *last = open->report;
	struct pfnscope_oom_failure *failure = &report->failure;

	if (!open->awaits_header || report->kind != PFNSCOPE_OOM_ALLOC_FAILURE)
		return;
	if (failure->vmalloc_bytes == PFNSCOPE_MISSING)
		failure->vmalloc_bytes = last->failure.vmalloc_bytes;
	memcpy(failure->what, "vmalloc", sizeof("vmalloc"));
	report->first_line = last->first_line;
	pfnscope_oom_report_free(last);
	open->report = NULL;
}

static void take_header(struct pfnscope_gather *gather,
			const struct pfnscope_logical *line,
			struct pfnscope_scan s)
{
	struct pfnscope_oom_report *report = pfnscope_oom_report_new();
	struct pfnscope_open_report *open = find_ended(gather, line);

	if (!report) {
		gather->error = -ENOMEM;
		return;
	}
	if (!pfnscope_oomlog_header(s, report)) {
		pfnscope_oom_report_free(report);
		return;
	}
	begins_at(report, line);
	report->forced |= gather->forced;
	gather->forced = false;
	if (open)
		inherit_vmalloc(open, report);
	open = begin_report(gather, line, open);
	if (!open) {
		pfnscope_oom_report_free(report);
		return;
	}
	pfnscope_oom_report_free(open->report);
	open->report = report;
	pfnscope_oomlog_evidence(s, &report->era);
}

/*
 * "CPU: 1 PID: 2 Comm: a" without a header: the trace below will tell whether a
 * report begins. Until then the last one is kept, since more of it may follow.
 */
static struct pfnscope_open_report *
begin_trace(struct pfnscope_gather *gather, const struct pfnscope_logical *line)
{
	struct pfnscope_open_report *open = find_open(gather, line);
	struct pfnscope_oom_report *before = NULL;

	if (open && open->before) {
		before = open->before;
		open->before = NULL;
	} else if (open) {
		before = open->report;
		open->report = NULL;
	}
	open = begin_report(gather, line, open);
	if (open)
		open->before = before;
	else
		pfnscope_oom_report_free(before);
	return open;
}

static bool is_trace(enum pfnscope_line_kind kind)
{
	return kind == PFNSCOPE_LINE_OTHER || kind == PFNSCOPE_LINE_TASK ||
	       kind == PFNSCOPE_LINE_TRACE || kind == PFNSCOPE_LINE_FRAME ||
	       kind == PFNSCOPE_LINE_TRACE_HEAD || kind == PFNSCOPE_LINE_PANIC;
}

/* The trace is over: is it a report's, or something else's in between? */
static void end_trace(struct pfnscope_gather *gather,
		      struct pfnscope_open_report *open)
{
	if (pfnscope_gather_is_report(open->report)) {
		hand_out(gather, open->before);
	} else {
		pfnscope_oom_report_free(open->report);
		open->report = open->before;
	}
	open->before = NULL;
}

/* A trace that something else printed, to which nothing was added. */
static bool is_no_report_yet(const struct pfnscope_open_report *open)
{
	return !open || open->before || !pfnscope_gather_is_report(open->report) ||
	       pfnscope_gather_is_over(open->report);
}

/* Where the head was cut off, a trace is without the line of its task. */
static bool begins_trace(const struct pfnscope_open_report *open,
			 enum pfnscope_line_kind kind, struct pfnscope_scan s)
{
	struct pfnscope_scan found;

	if (open && pfnscope_gather_awaits_panic(open->report))
		return false;
	switch (kind) {
	case PFNSCOPE_LINE_TASK:
		return pfnscope_scan_find(&s, "omm: ", &found) && is_no_report_yet(open);
	case PFNSCOPE_LINE_TRACE_HEAD:
		return !open || (!open->before && pfnscope_gather_is_over(open->report));
	case PFNSCOPE_LINE_FRAME:
		return !open && pfnscope_oomlog_is_verdict(s);
	default:
		return false;
	}
}

/* The lines that are of no report alone. Return: true where it was one. */
static bool take_aside(struct pfnscope_gather *gather,
		       enum pfnscope_line_kind kind, struct pfnscope_scan s)
{
	if (kind == PFNSCOPE_LINE_SYSRQ_OOM) {
		gather->forced = true;
	} else if (kind == PFNSCOPE_LINE_BANNER) {
		pfnscope_gather_end(gather);
		pfnscope_scan_skip(&s, "Linux version ");
		pfnscope_scan_word(&s, " ", gather->release,
				   sizeof(gather->release));
	} else {
		return false;
	}
	return true;
}

/**
 * pfnscope_gather_line - take the next message
 * @gather: the open reports
 * @line: the message
 */
void pfnscope_gather_line(struct pfnscope_gather *gather,
			  const struct pfnscope_logical *line)
{
	struct pfnscope_scan s = pfnscope_scan_from(line->text, line->size);
	struct pfnscope_open_report *open;
	bool settled;

	if (gather->error || take_aside(gather, line->kind, s))
		return;
	if (line->kind == PFNSCOPE_LINE_HEADER) {
		take_header(gather, line, s);
		return;
	}
	open = find_open(gather, line);
	if (line->unread) {
		if (open)
			open->report->unread_lines++;
		return;
	}
	if (open && open->before && !is_trace(line->kind))
		end_trace(gather, open);
	if (begins_trace(open, line->kind, s))
		open = begin_trace(gather, line);
	else if (pfnscope_gather_can_begin(line->kind, s) &&
		 (!open || pfnscope_gather_elsewhere(open, line->kind, s)))
		open = begin_report(gather, line, open);
	if (!open)
		return;
	open->last_line = line->number;
	if (open->before && line->kind == PFNSCOPE_LINE_PANIC)
		pfnscope_oomlog_panic(s, open->before);
	settled = open->report->trace.ended;
	pfnscope_gather_take(open, line->kind, s);
	if (line->cut)
		pfnscope_oomlog_cut(line->kind, settled, open->report);
}

/**
 * pfnscope_gather_end - the log has ended: hand out what is open
 * @gather: the open reports
 */
void pfnscope_gather_end(struct pfnscope_gather *gather)
{
	struct pfnscope_open_report *first;

	do {
		first = NULL;
		for (size_t i = 0; i < PFNSCOPE_OPEN_REPORTS; i++) {
			struct pfnscope_open_report *open = &gather->open[i];

			if (open->report && (!first || open->report->first_line < first->report->first_line))
				first = open;
		}
		if (first)
			close_report(gather, first);
	} while (first);
}
