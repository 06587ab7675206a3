/* SPDX-License-Identifier: GPL-2.0-only */
/* Files of names and numbers, as meminfo and vmstat, and files of one number. */
#ifndef PFNSCOPE_SOURCE_NUMBERS_H
#define PFNSCOPE_SOURCE_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/checked.h"
#include "source/source.h"

#define PFNSCOPE_NUMBER_MAX	(INT64_C(1) << 60)	/* sums of some are safe */
#define PFNSCOPE_UNLIMITED	INT64_MAX	/* "max" of a cgroup */

struct pfnscope_named_number {
	char *name;
	int64_t number;
};

/**
 * struct pfnscope_numbers - a file of them; zeroed to begin with
 * @why: why there are none, NULL where it was read
 * @all: in the order of the file
 * @count: how many
 */
struct pfnscope_numbers {
	char *why;
	struct pfnscope_named_number *all;
	size_t count;
};

/*
 * Lines of "name number", "name: number" or "name: number kB", the last in bytes. A
 * line that is none of them, as long as it has a second word, is damage: nothing of such
 * a file is taken.
 */
void pfnscope_numbers_read(const struct pfnscope_source *source, const char *path,
			   struct pfnscope_numbers *numbers);
/* The same of a file with other lines between, which are left out. */
void pfnscope_numbers_pick(const struct pfnscope_source *source, const char *path,
			   struct pfnscope_numbers *numbers);
void pfnscope_numbers_clear(struct pfnscope_numbers *numbers);
/* PFNSCOPE_MISSING where the file has no such name. */
int64_t pfnscope_number(const struct pfnscope_numbers *numbers, const char *name);
/* The sum of all whose names begin so. */
int64_t pfnscope_numbers_sum(const struct pfnscope_numbers *numbers,
			     const char *prefix);

/* The first, or nth, word of a file's first line; PFNSCOPE_MISSING where it is no number. */
int64_t pfnscope_number_in(const struct pfnscope_source *source, const char *path);
int64_t pfnscope_number_nth(const struct pfnscope_source *source, const char *path,
			    unsigned int nth);

#endif
