/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From messages to reports: which message belongs to which report, and where
 * one ends.
 */
#ifndef PFNSCOPE_OOMLOG_GATHER_H
#define PFNSCOPE_OOMLOG_GATHER_H

#include "oomlog/line.h"
#include "oomlog/parts.h"
#include "oomlog/reader.h"

/* Reports open at one time; the oldest is closed when another comes. */
#define PFNSCOPE_OPEN_REPORTS	8

/**
 * struct pfnscope_open_report - a report that may still grow
 * @report: the report, NULL where the slot is free
 * @before: the one before, while @report is but a trace
 * @caller: printk caller of its lines, or empty
 * @host: machine that printed them, or empty
 * @last_line: number of the last one
 * @tasks: columns of its task table
 * @counters: the machine's counters were seen
 * @awaits_header: vmalloc's own line came, the header may follow
 */
struct pfnscope_open_report {
	struct pfnscope_oom_report *report;
	struct pfnscope_oom_report *before;
	char caller[16];
	char host[40];
	size_t last_line;
	struct pfnscope_task_table tasks;
	bool counters;
	bool awaits_header;
};

/**
 * struct pfnscope_gather - the reports that are open
 * @sink: takes each report when it is complete
 * @open: the reports
 * @oldest: the slot that is given up next
 * @release: of the last "Linux version", or empty
 * @forced: SysRq-F was pressed, its report comes next
 * @error: what the sink returned, or -ENOMEM; ends everything
 */
struct pfnscope_gather {
	const struct pfnscope_oomlog_sink *sink;
	struct pfnscope_open_report open[PFNSCOPE_OPEN_REPORTS];
	size_t oldest;
	char release[96];
	bool forced;
	int error;
};

void pfnscope_gather_line(struct pfnscope_gather *gather,
			  const struct pfnscope_logical *line);
void pfnscope_gather_end(struct pfnscope_gather *gather);

bool pfnscope_gather_can_begin(enum pfnscope_line_kind kind,
			       struct pfnscope_scan s);
bool pfnscope_gather_elsewhere(const struct pfnscope_open_report *open,
			       enum pfnscope_line_kind kind,
			       struct pfnscope_scan s);
bool pfnscope_gather_is_over(const struct pfnscope_oom_report *r);
bool pfnscope_gather_awaits_panic(const struct pfnscope_oom_report *r);
bool pfnscope_gather_is_report(const struct pfnscope_oom_report *r);
void pfnscope_gather_settle(struct pfnscope_oom_report *r, const char *release);
void pfnscope_gather_take(struct pfnscope_open_report *open,
			  enum pfnscope_line_kind kind, struct pfnscope_scan s);

#endif
