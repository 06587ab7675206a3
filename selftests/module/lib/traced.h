/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints by the kernel's own trace, line by line. */

#ifndef PFNSCOPE_TEST_TRACED_H
#define PFNSCOPE_TEST_TRACED_H

#include <stdbool.h>
#include <stddef.h>

/* A line of it; @rest is what the kernel prints behind the name, @kswapd that its task is one. */
struct traced_line {
	long pid;
	bool kswapd;
	long long ns;
	const char *name;
	char *rest;
	bool used;
};

/* In the order of time. */
extern struct traced_line *traced_lines;
extern size_t nr_traced;

/* Begins to trace these "system/event"s, by the clock of boot_ns; false where it cannot. */
bool traced_begin(const char *const *events, size_t count);
/* Ends it; false where it cannot. */
bool traced_end(void);
/* False where it has lost any. */
bool traced_is_whole(void);
/* Fills in traced_lines. */
void traced_read(void);
/* The name of one of the events as lines have it: the same pointer. */
const char *traced_name(const char *name);
/* The number behind @name, such as "order="; below 0 where there is none. */
long long traced_field(const struct traced_line *line, const char *name);
/* The last line of the task with this name before @end, or NULL. */
const struct traced_line *traced_before(const struct traced_line *end, const char *name);

#endif
