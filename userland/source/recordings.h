/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A folder of recordings, one for each time: DAY/TIME.tar.zst, both in UTC. Its names are all
 * there is to it: whoever reads it needs no index, and whoever writes it leaves none behind.
 */
#ifndef PFNSCOPE_SOURCE_RECORDINGS_H
#define PFNSCOPE_SOURCE_RECORDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "source/source.h"

/* Room for "2026-11-27/171458.tar.zst". */
#define PFNSCOPE_RECORDING_NAME	32

/**
 * struct pfnscope_recording - one of them
 * @at: of when it is, seconds since 1970
 * @bytes: what it takes on the disk
 * @name: below the folder
 */
struct pfnscope_recording {
	int64_t at;
	uint64_t bytes;
	char name[PFNSCOPE_RECORDING_NAME];
};

/**
 * struct pfnscope_recordings - all of a folder
 * @folder: its path
 * @all: the oldest first
 * @count: how many
 */
struct pfnscope_recordings {
	char *folder;
	struct pfnscope_recording *all;
	size_t count;
};

/**
 * struct pfnscope_retention - what stays of them
 * @seconds: how old one may be
 * @bytes: how much all of them may take
 */
struct pfnscope_retention {
	int64_t seconds;
	uint64_t bytes;
};

/* What it is called that is of @at, without the ending; to be freed, NULL where no date is that far. */
char *pfnscope_recording_name(int64_t at);
/* Return: 0, or -1 with @error where the folder cannot be read. There may be none. */
int pfnscope_recordings_list(const char *folder, struct pfnscope_recordings *recordings,
			     struct pfnscope_error *error);
/* How many are not younger than @until. */
size_t pfnscope_recordings_until(const struct pfnscope_recordings *recordings, int64_t until);
/* The @nth, of which all commands answer. Return: 0, or -1 with @error. */
int pfnscope_source_recorded(const struct pfnscope_recordings *recordings, size_t nth,
			     struct pfnscope_source **source, struct pfnscope_error *error);
void pfnscope_recordings_clear(struct pfnscope_recordings *recordings);
/*
 * Removes the oldest that are not to stay, @now, never the newest; days without any; and what
 * a writer that was killed has not finished. Return: 0, or -1 with @error.
 */
int pfnscope_recordings_trim(const char *folder, const struct pfnscope_retention *keep,
			     int64_t now, struct pfnscope_error *error);

#endif
