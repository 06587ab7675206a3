/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that is there or ends the command: a short-lived program has nothing
 * better to do without it. What was to be printed is not, so no half answer
 * leaves. Free with free().
 */
#ifndef PFNSCOPE_BASE_ALLOC_H
#define PFNSCOPE_BASE_ALLOC_H

#include <stdarg.h>
#include <stddef.h>

void *pfnscope_calloc(size_t count, size_t size);
void *pfnscope_realloc(void *old, size_t count, size_t size);
char *pfnscope_strndup(const char *text, size_t length);
char *pfnscope_strdup(const char *text);
char *pfnscope_vformat(const char *format, va_list arguments);
char *pfnscope_format(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
