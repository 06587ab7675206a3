/* SPDX-License-Identifier: GPL-2.0-only */
/* Every number of a machine at one moment that the next moment may have another of. */
#ifndef PFNSCOPE_TRIAGE_SERIES_H
#define PFNSCOPE_TRIAGE_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "source/source.h"

/* What is between the parts of a name. */
#define PFNSCOPE_SERIES_SEPARATOR	'\t'

/**
 * struct pfnscope_number_of - one of them
 * @name: the table, what the row is of, and the column; one tab between them
 * @number: how much, in bytes where @bytes
 * @bytes: it is a size
 * @given: the kernel gives it back where memory is short
 */
struct pfnscope_number_of {
	char *name;
	int64_t number;
	bool bytes;
	bool given;
};

/**
 * struct pfnscope_series - zeroed to begin with
 * @all: by their names
 * @count: how many
 * @room: for how many
 */
struct pfnscope_series {
	struct pfnscope_number_of *all;
	size_t count;
	size_t room;
};

/*
 * From the tables of the module that have keys, of /proc/meminfo and /proc/vmstat, of each
 * memory cgroup, and, of a recording, of each process. What is not there is left out, and what rows
 * of one name have is added up. Return: 0, or -1 with @error for damage.
 */
int pfnscope_series_read(const struct pfnscope_source *source,
			 struct pfnscope_series *series, struct pfnscope_error *error);
void pfnscope_series_clear(struct pfnscope_series *series);

#endif
