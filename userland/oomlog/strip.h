/* SPDX-License-Identifier: GPL-2.0-only */
/* Taking off what stands before and behind the kernel's text in each line. */
#ifndef PFNSCOPE_OOMLOG_STRIP_H
#define PFNSCOPE_OOMLOG_STRIP_H

#include <stdbool.h>
#include <stddef.h>

#include "oomlog/undress.h"

struct pfnscope_strip;

/**
 * struct pfnscope_record - a line of a log, in plain characters
 * @text: the line
 * @size: bytes of @text
 * @number: line number in the file, from 1
 * @width: column of the file at which it ends
 * @goes_on: it stood behind an escaped newline, in the record of the line before
 * @full: it fills the column at which this text was cut
 * @marked: a mark there said so
 * @doubled: the lines of this text are there twice
 */
struct pfnscope_record {
	const char *text;
	size_t size;
	size_t number;
	size_t width;
	bool goes_on;
	bool full;
	bool marked;
	bool doubled;
};

struct pfnscope_strip *pfnscope_strip_new(const struct pfnscope_loglines *out);
void pfnscope_strip_line(struct pfnscope_strip *strip,
			 const struct pfnscope_record *record);
void pfnscope_strip_end(struct pfnscope_strip *strip);

#endif
