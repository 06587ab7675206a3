// SPDX-License-Identifier: GPL-2.0-only
/* memory.pressure of every cgroup of version 2, and that of the machine. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/counters.h"
#include "triage/stalls.h"

#define TOP	"sys/fs/cgroup"
/* Deeper ones are in the pressure of those above. */
#define DEEPEST	64

static uint64_t some_us(const struct pfnscope_source *source, const char *path)
{
	struct pfnscope_table *any = pfnscope_pressure_read_file(source, path);
	const struct PRESSURE_table *table = PRESSURE_OF(any);
	uint64_t us = UINT64_MAX;

	for (size_t row = 0; row < any->nr_rows; row++) {
		const char *scope = pfnscope_table_string(CELL(table, row, PRESSURE_scope));

		if (scope && !strcmp(scope, "some"))
			pfnscope_table_number(CELL(table, row, PRESSURE_total_us), &us);
	}
	pfnscope_table_free(any);
	return us;
}

static uint64_t us_of(const struct pfnscope_source *source, const char *path)
{
	char *file;
	uint64_t us;

	if (!strcmp(path, "/"))
		return some_us(source, "proc/pressure/memory");
	file = pfnscope_format(TOP "%s/memory.pressure", path);
	us = some_us(source, file);
	free(file);
	return us;
}

static int compare(const void *a, const void *b)
{
	const struct pfnscope_pressed *left = a, *right = b;

	return strcmp(left->path, right->path);
}

/* Among the first @count, which are in order. */
static bool is_known(const struct pfnscope_pressures *pressures, size_t count, char *path)
{
	const struct pfnscope_pressed wanted = { .path = path };

	return count && bsearch(&wanted, pressures->groups, count, sizeof(wanted), compare);
}

static struct pfnscope_pressed *add_group(struct pfnscope_pressures *pressures, char *path)
{
	struct pfnscope_pressed *group;

	pressures->groups = pfnscope_realloc(pressures->groups, pressures->count + 1,
					     sizeof(*pressures->groups));
	group = &pressures->groups[pressures->count++];
	*group = (struct pfnscope_pressed){ .path = path };
	return group;
}

/* Adds what is below @path and not among the first @known; takes over nothing. */
static void add_below(const struct pfnscope_source *source, struct pfnscope_pressures *pressures,
		      size_t known, const char *path, unsigned int depth)
{
	char *folder = pfnscope_format(TOP "%s", path);
	char **names = pfnscope_source_list(source, folder);

	for (size_t i = 0; names && names[i] && depth < DEEPEST; i++) {
		char *file = pfnscope_format("%s/%s/memory.pressure", folder, names[i]);
		char *below = pfnscope_format("%s/%s", path, names[i]);

		if (pfnscope_source_has(source, file)) {
			add_below(source, pressures, known, below, depth + 1);
			if (!is_known(pressures, known, below)) {
				add_group(pressures, below);
				below = NULL;
			}
		}
		free(below);
		free(file);
	}
	pfnscope_source_list_free(names);
	free(folder);
}

void pfnscope_pressures_read(const struct pfnscope_source *source,
			     struct pfnscope_pressures *pressures)
{
	size_t known = pressures->count;

	if (!known)
		add_group(pressures, pfnscope_strdup("/"));
	/* Of version 1 none has a pressure of its own. */
	if (pfnscope_source_has(source, TOP "/cgroup.controllers"))
		add_below(source, pressures, known, "", 0);
	for (size_t i = 0; i < pressures->count; i++)
		pressures->groups[i].after_us = us_of(source, pressures->groups[i].path);
	/* What was made since begins at 0. */
	for (size_t i = 0; !known && i < pressures->count; i++)
		pressures->groups[i].before_us = pressures->groups[i].after_us;
	qsort(pressures->groups, pressures->count, sizeof(*pressures->groups), compare);
}

void pfnscope_pressures_clear(struct pfnscope_pressures *pressures)
{
	for (size_t i = 0; i < pressures->count; i++)
		free(pressures->groups[i].path);
	free(pressures->groups);
	*pressures = (struct pfnscope_pressures){ 0 };
}
