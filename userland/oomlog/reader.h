/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reader of kernel logs: finds every OOM and allocation-failure report in a
 * text, whatever it was wrapped into on its way.
 *
 *	bytes, in pieces of any size		source/
 *	  |  undress: newlines, mail, escapes, colours, HTML, JSON
 *	  v  (spelling, unicode, records, wrap)
 *	records, in plain characters
 *	  |  strip: prefixes and ends of lines, as lines that are known teach
 *	  v  them; newest first turned round (anchor, shape, suffix, partial)
 *	bare lines
 *	  |  join: what was wrapped or cut is put together (line), and then
 *	  |  what the kernel printed number by number (pieces)
 *	  v
 *	messages of the kernel, each of a kind
 *	  |  reader: which of them are one report (report, parts)
 *	  v
 *	reports -> explain -> dominant, advice, table -> cmd/
 *
 * Each step keeps a bounded piece of the text: the memory of a log of any size
 * is that of a few megabytes and of the reports that are open.
 */
#ifndef PFNSCOPE_OOMLOG_READER_H
#define PFNSCOPE_OOMLOG_READER_H

#include <stddef.h>

struct pfnscope_oom_report;

/**
 * struct pfnscope_oomlog_sink - where the reports go
 * @report: takes over one report and frees it; 0 to go on, anything else stops
 *	the reader and becomes its return value
 * @context: passed through
 */
struct pfnscope_oomlog_sink {
	int (*report)(void *context, struct pfnscope_oom_report *report);
	void *context;
};

struct pfnscope_oomlog;

struct pfnscope_oomlog *
pfnscope_oomlog_new(const struct pfnscope_oomlog_sink *sink);
int pfnscope_oomlog_feed(struct pfnscope_oomlog *log, const char *text,
			 size_t size);
int pfnscope_oomlog_end(struct pfnscope_oomlog *log);

#endif
