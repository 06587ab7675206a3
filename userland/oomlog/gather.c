// SPDX-License-Identifier: GPL-2.0-only
/*
 * From messages to reports: which message belongs to which report, and where
 * one ends. Tasks that print at the same time are told apart by their printk
 * caller, where the kernel prints it.
 */
#include "oomlog/gather.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_report(const struct pfnscope_oom_report *r)
{
	return r->kind != PFNSCOPE_OOM_UNKNOWN || r->nr_zones ||
	       r->killed_line || r->chosen.pid != PFNSCOPE_MISSING ||
	       (r->memcg.seen && r->memcg.memory.usage_kb != PFNSCOPE_MISSING);
}

static int by_rss(const void *first, const void *second)
{
	const struct pfnscope_oom_task *a = first, *b = second;

	if (a->rss_pages != b->rss_pages)
		return a->rss_pages < b->rss_pages ? 1 : -1;
	return a->row < b->row ? -1 : 1;
}

static void settle_tasks(struct pfnscope_oom_report *r)
{
	if (r->nr_tasks)
		qsort(r->tasks, r->nr_tasks, sizeof(*r->tasks), by_rss);
}

/* Only v1 has these names; and v2 has had a memory controller since 4.5. */
static void settle_memcg(struct pfnscope_oom_report *r)
{
	struct pfnscope_oom_memcg *memcg = &r->memcg;
	unsigned int version = r->era.version;

	if (!memcg->seen || memcg->version)
		return;
	if (memcg->stats[PFNSCOPE_MEMCG_CACHE] != PFNSCOPE_MISSING ||
	    memcg->stats[PFNSCOPE_MEMCG_TOTAL_CACHE] != PFNSCOPE_MISSING ||
	    (version && version < PFNSCOPE_KERNEL(4, 5, 0)))
		memcg->version = 1;
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

	r->counters[PFNSCOPE_MEM_MLOCKED_KB] =
		r->zone_kb[PFNSCOPE_MEM_MLOCKED_KB];
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
	settle_memcg(r);
	settle_tasks(r);
	settle_stacks(r);
}

static void close_report(struct pfnscope_gather *gather, struct pfnscope_open_report *open)
{
	struct pfnscope_oom_report *report = open->report;

	open->report = NULL;
	if (!report)
		return;
	if (gather->error || !is_report(report)) {
		pfnscope_oom_report_free(report);
		return;
	}
	settle(report);
	gather->error = gather->sink->report(gather->sink->context, report);
}

static struct pfnscope_open_report *find_open(struct pfnscope_gather *gather, const char *caller)
{
	for (size_t i = 0; i < PFNSCOPE_OPEN_REPORTS; i++)
		if (gather->open[i].report &&
		    !strcmp(gather->open[i].caller, caller))
			return &gather->open[i];
	return NULL;
}

static struct pfnscope_open_report *free_slot(struct pfnscope_gather *gather, const char *caller)
{
	struct pfnscope_open_report *open = find_open(gather, caller);

	for (size_t i = 0; !open && i < PFNSCOPE_OPEN_REPORTS; i++)
		if (!gather->open[i].report)
			open = &gather->open[i];
	if (!open) {
		open = &gather->open[gather->oldest];
		gather->oldest = (gather->oldest + 1) % PFNSCOPE_OPEN_REPORTS;
	}
	return open;
}

/* Close what this caller had, and begin anew. */
static struct pfnscope_open_report *begin_report(struct pfnscope_gather *gather,
					const struct pfnscope_logical *line)
{
	struct pfnscope_open_report *open = free_slot(gather, line->caller);

	close_report(gather, open);
	*open = (struct pfnscope_open_report){ .report = pfnscope_oom_report_new() };
	if (!open->report) {
		gather->error = -ENOMEM;
		return NULL;
	}
	open->report->first_line = line->number;
	memcpy(open->caller, line->caller, sizeof(open->caller));
	return open;
}

static void take_header(struct pfnscope_gather *gather,
			const struct pfnscope_logical *line,
			struct pfnscope_scan s)
{
	struct pfnscope_oom_report *report = pfnscope_oom_report_new();
	struct pfnscope_open_report *open;

	if (!report) {
		gather->error = -ENOMEM;
		return;
	}
	if (!pfnscope_oomlog_header(s, report)) {
		pfnscope_oom_report_free(report);
		return;
	}
	open = begin_report(gather, line);
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
static bool belongs_elsewhere(const struct pfnscope_open_report *open,
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

/* A log that was cut in the middle of the counters: one that no text has. */
static bool is_cut_counters(struct pfnscope_scan s)
{
	static const char *const names[] = {
		"active_file:", "unevictable:", "slab_reclaimable:",
		"slab_unreclaimable:", "free_pcp:",
	};
	int64_t value;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (pfnscope_scan_value(s, names[i], &value))
			return true;
	return false;
}

static bool can_begin(enum pfnscope_line_kind kind, struct pfnscope_scan s)
{
	switch (kind) {
	case PFNSCOPE_LINE_COUNTERS_MORE:
		return is_cut_counters(s);
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

	if (gather->error)
		return;
	if (line->kind == PFNSCOPE_LINE_HEADER) {
		take_header(gather, line, s);
		return;
	}
	open = find_open(gather, line->caller);
	if (line->unread) {
		if (open)
			open->report->unread_lines++;
		return;
	}
	if (can_begin(line->kind, s) &&
	    (!open || belongs_elsewhere(open, line->kind, s)))
		open = begin_report(gather, line);
	if (open)
		pfnscope_gather_take(open, line->kind, s);
}

/**
 * pfnscope_gather_end - the log has ended: hand out what is open
 * @gather: the open reports
 */
void pfnscope_gather_end(struct pfnscope_gather *gather)
{
	for (size_t i = 0; i < PFNSCOPE_OPEN_REPORTS; i++)
		close_report(gather, &gather->open[i]);
}
