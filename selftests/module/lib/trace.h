/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's own trace. */

#ifndef PFNSCOPE_TEST_TRACE_H
#define PFNSCOPE_TEST_TRACE_H

#include <stdbool.h>

#define TRACING "/sys/kernel/tracing"

/*
 * Begins to trace the calls of these functions, a list of set_ftrace_filter's words that ends with NULL;
 * false where the kernel has none of one of these names.
 */
bool trace_functions(const char *const *functions);

/* Ends it. What was traced, to be freed. */
char *trace_end(void);

#endif
