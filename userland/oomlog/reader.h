/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reader of kernel logs: finds every OOM and allocation-failure report in a
 * text, whatever it was wrapped into on its way.
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

int pfnscope_oomlog_read(const char *text, size_t size,
			 const struct pfnscope_oomlog_sink *sink);

#endif
