/* SPDX-License-Identifier: GPL-2.0-only */
/* Sentences that a question adds to its answer, in the order of their weight. */
#ifndef PFNSCOPE_BASE_LINES_H
#define PFNSCOPE_BASE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#define PFNSCOPE_LINES_MAX	16

struct pfnscope_lines {
	char *line[PFNSCOPE_LINES_MAX];
	size_t count;
};

void pfnscope_lines_add(struct pfnscope_lines *lines, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The lines of @more once more behind those of @lines. */
void pfnscope_lines_join(struct pfnscope_lines *lines,
			 const struct pfnscope_lines *more);
void pfnscope_lines_clear(struct pfnscope_lines *lines);

bool pfnscope_names_add(char *out, size_t size, size_t *used, const char *name);

#endif
