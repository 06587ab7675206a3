// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows numbers by their names. Most of them never change, and have no room made for them: so
 * thousands of cgroups take little.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "triage/track.h"

/*
 * What a leak may be of. What the kernel gives back when memory is short is none, nor is what
 * is free, nor a limit. The same leak may be in several: a cache, SUnreclaim, a cgroup.
 */
static const struct {
	const char *table;
	const char *number;
} held[] = {
	{ "meminfo", "AnonPages" }, { "meminfo", "Shmem" }, { "meminfo", "SUnreclaim" },
	{ "meminfo", "KernelStack" }, { "meminfo", "PageTables" }, { "meminfo", "SecPageTables" },
	{ "meminfo", "Percpu" }, { "meminfo", "VmallocUsed" },
	{ "triage", "unaccounted" },
	{ "slabs", "held" },
	{ "sites", "estimated" },
	{ "cgroup", "anon" }, { "cgroup", "kernel" }, { "cgroup", "kernel_stack" },
	{ "cgroup", "pagetables" }, { "cgroup", "percpu" }, { "cgroup", "sock" }, { "cgroup", "shmem" },
	{ "cgroup", "vmalloc" }, { "cgroup", "slab_unreclaimable" }, { "cgroup", "rss" },
	{ "processes", "anon" }, { "processes", "shmem" }, { "processes", "swap" },
	{ "processes", "table" },
};

/* Of owners, what has neither a list nor a counter. */
static const char *const classes[] = { " class unreferenced", " class kernel", " class vmalloc" };

static bool is_held(const struct pfnscope_number_of *one)
{
	size_t table = strcspn(one->name, "\t"), key;
	const char *number = strrchr(one->name, PFNSCOPE_SERIES_SEPARATOR) + 1;

	if (!one->bytes || one->given)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(held); i++)
		if (strlen(held[i].table) == table && !strncmp(one->name, held[i].table, table) &&
		    !strcmp(number, held[i].number))
			return true;
	if (strncmp(one->name, "owners\t", table + 1) || strcmp(number, "pages"))
		return false;
	key = (size_t)(number - 1 - one->name);
	for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
		if (pfnscope_ends_in(one->name, key, classes[i]))
			return true;
	return false;
}

static void forget_track(struct pfnscope_track *track)
{
	free(track->name);
	free(track->y);
}

static void follow(struct pfnscope_track *track, size_t reading, int64_t number)
{
	if (!track->y && number == track->same)
		return;
	if (!track->y) {
		track->y = pfnscope_calloc(PFNSCOPE_GROWTH_MOST, sizeof(*track->y));
		for (size_t i = track->begin; i < reading; i++)
			track->y[i] = (double)track->same;
	}
	track->y[reading] = (double)number;
}

/* Both are in the order of their names. */
void pfnscope_tracks_add(struct pfnscope_tracks *tracks, double t,
			 struct pfnscope_series *series)
{
	struct pfnscope_track *all = pfnscope_calloc(series->count + 1, sizeof(*all));
	size_t old = 0, count = 0;

	for (size_t i = 0; i < series->count; i++) {
		struct pfnscope_number_of *one = &series->all[i];
		int order = -1;

		if (!is_held(one))
			continue;
		while (old < tracks->count && (order = strcmp(tracks->all[old].name, one->name)) < 0)
			forget_track(&tracks->all[old++]);
		if (old < tracks->count && !order) {
			all[count] = tracks->all[old++];
		} else {
			all[count] = (struct pfnscope_track) {
				.name = one->name, .begin = tracks->readings, .same = one->number,
			};
			one->name = NULL;
		}
		follow(&all[count++], tracks->readings, one->number);
	}
	while (old < tracks->count)
		forget_track(&tracks->all[old++]);
	free(tracks->all);
	tracks->all = all;
	tracks->count = count;
	tracks->t[tracks->readings++] = t;
}

void pfnscope_tracks_clear(struct pfnscope_tracks *tracks)
{
	for (size_t i = 0; i < tracks->count; i++)
		forget_track(&tracks->all[i]);
	free(tracks->all);
	*tracks = (struct pfnscope_tracks){ 0 };
}
