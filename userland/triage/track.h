/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers of a machine over time, as far as they are of memory that somebody holds. */
#ifndef PFNSCOPE_TRIAGE_TRACK_H
#define PFNSCOPE_TRIAGE_TRACK_H

#include "triage/growth.h"
#include "triage/series.h"

/**
 * struct pfnscope_track - one number
 * @name: as in the series
 * @begin: the first reading that it is in; it is in all since then
 * @same: what it has always been, while @y is NULL
 * @y: what it was at each reading
 */
struct pfnscope_track {
	char *name;
	size_t begin;
	int64_t same;
	double *y;
};

/**
 * struct pfnscope_tracks - zeroed to begin with
 * @all: by their names
 * @count: how many
 * @readings: so far, at most PFNSCOPE_GROWTH_MOST
 * @t: when each was, in seconds
 */
struct pfnscope_tracks {
	struct pfnscope_track *all;
	size_t count;
	size_t readings;
	double t[PFNSCOPE_GROWTH_MOST];
};

/* One more reading, at @t; takes names out of @series. What is not in it is forgotten. */
void pfnscope_tracks_add(struct pfnscope_tracks *tracks, double t,
			 struct pfnscope_series *series);
void pfnscope_tracks_clear(struct pfnscope_tracks *tracks);

#endif
