/* SPDX-License-Identifier: GPL-2.0-only */
/* Exit statuses, and how a layer hands a failure up to the dispatcher. */
#ifndef PFNSCOPE_BASE_ERROR_H
#define PFNSCOPE_BASE_ERROR_H

#include <stddef.h>

enum pfnscope_status {
	PFNSCOPE_OK = 0,
	PFNSCOPE_WARNING = 1,	/* a verdict: something to look at */
	PFNSCOPE_CRITICAL = 2,	/* a verdict: something to act on */
	PFNSCOPE_PARTIAL = 3,	/* the answer lacks a part; stderr says which */
	PFNSCOPE_ABSENT = 4,	/* needs the module, and it cannot be reached */
	PFNSCOPE_USAGE = 64,
	PFNSCOPE_BAD_DATA = 65,
	PFNSCOPE_SYSTEM = 71,	/* out of memory, an unreadable directory */
	PFNSCOPE_OUTPUT = 74,	/* standard output could not be written */
};

/**
 * struct pfnscope_error - the first thing that went wrong
 * @status: enum pfnscope_status, PFNSCOPE_OK while all is well
 * @text: "what: why", no final dot or newline; safe to show on a terminal
 */
struct pfnscope_error {
	enum pfnscope_status status;
	char text[1024];
};

int pfnscope_fail(struct pfnscope_error *error, enum pfnscope_status status,
		  const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void pfnscope_printable(char *text);

#endif
