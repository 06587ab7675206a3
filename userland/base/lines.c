// SPDX-License-Identifier: GPL-2.0-only
/* A short list of sentences. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/lines.h"

/**
 * pfnscope_lines_add - add a sentence; the first ones stay when there are many
 * @lines: the list
 * @format: printf format
 */
void pfnscope_lines_add(struct pfnscope_lines *lines, const char *format, ...)
{
	va_list arguments;

	if (lines->count >= PFNSCOPE_LINES_MAX)
		return;
	va_start(arguments, format);
	lines->line[lines->count++] = pfnscope_vformat(format, arguments);
	va_end(arguments);
}

/**
 * pfnscope_lines_join - lines of another list
 * @lines: gets them
 * @more: keeps them
 */
void pfnscope_lines_join(struct pfnscope_lines *lines,
			 const struct pfnscope_lines *more)
{
	for (size_t i = 0; i < more->count; i++)
		pfnscope_lines_add(lines, "%s", more->line[i]);
}

/**
 * pfnscope_lines_clear - free the sentences
 * @lines: the list, empty afterwards
 */
void pfnscope_lines_clear(struct pfnscope_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->line[i]);
	lines->count = 0;
}

/**
 * pfnscope_names_add - add a name to "A|B"
 * @out: the list so far, empty at first
 * @size: size of @out
 * @used: bytes of it so far, 0 at first
 * @name: the name
 *
 * Return: false, and no more is to be added, where there is no room.
 */
bool pfnscope_names_add(char *out, size_t size, size_t *used, const char *name)
{
	int n = snprintf(out + *used, size - *used, "%s%s", *used ? "|" : "",
			 name);

	if (n < 0 || (size_t)n >= size - *used)
		return false;
	*used += (size_t)n;
	return true;
}
