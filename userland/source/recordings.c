// SPDX-License-Identifier: GPL-2.0-only
/* A folder of recordings: which there are, and which stay. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/recordings.h"

#define DAY_LENGTH	10	/* 2026-11-27 */
#define TIME_LENGTH	6	/* 171458 */
#define BLOCK		512	/* of st_blocks */
#define UNFINISHED	3600	/* seconds: no recording takes as long as that */

char *pfnscope_recording_name(int64_t at)
{
	time_t then = (time_t)at;
	char name[PFNSCOPE_RECORDING_NAME];
	struct tm utc;

	if (!gmtime_r(&then, &utc) || utc.tm_year + 1900 > 9999 ||
	    !strftime(name, sizeof(name), "%Y-%m-%d/%H%M%S", &utc))
		return NULL;
	return pfnscope_strdup(name);
}

/* --- names --- */

static bool is_day(const char *name)
{
	struct tm utc = { 0 };
	const char *end = strptime(name, "%Y-%m-%d", &utc);

	return end == name + DAY_LENGTH && !*end;
}

/* Of when a name is; its @ending begins behind the time. Below 0 where it is no such name. */
static int64_t recording_time(const char *day, const char *name, const char **ending)
{
	struct tm utc = { 0 };

	if (strspn(name, "0123456789") != TIME_LENGTH)
		return -1;
	*ending = strptime(name, "%H%M%S", &utc);
	if (!*ending || !strptime(day, "%Y-%m-%d", &utc))
		return -1;
	return (int64_t)timegm(&utc);
}

/* Which part of @ending an archive has: what is behind it, or NULL. */
static const char *behind_archive(const char *ending)
{
	/* The longer ones first. */
	static const char *const endings[] = { ".tar.zst", ".tar.gz", ".tar" };

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (!strncmp(ending, endings[i], strlen(endings[i])))
			return ending + strlen(endings[i]);
	return NULL;
}

/* A dot and the number of the process that writes it. */
static bool is_unfinished(const char *behind)
{
	return *behind == '.' && behind[1] && !behind[1 + strspn(behind + 1, "0123456789")];
}

/* --- folders --- */

/* One of its days that is being read. */
struct day {
	const char *name;
	int fd;
	int64_t now;
	struct pfnscope_recordings *recordings;
};

static void add_recording(struct pfnscope_recordings *recordings,
			  const struct pfnscope_recording *new)
{
	/* Room is doubled at powers of two. */
	if (!(recordings->count & (recordings->count - 1)))
		recordings->all = pfnscope_realloc(recordings->all,
						   recordings->count ? 2 * recordings->count : 1,
						   sizeof(*recordings->all));
	recordings->all[recordings->count++] = *new;
}

static void take_name(const struct day *day, const char *name)
{
	struct pfnscope_recording new = { 0 };
	const char *ending, *behind;
	struct stat status;
	uint64_t blocks;

	new.at = recording_time(day->name, name, &ending);
	behind = new.at < 0 ? NULL : behind_archive(ending);
	if (!behind || fstatat(day->fd, name, &status, AT_SYMLINK_NOFOLLOW) ||
	    !S_ISREG(status.st_mode))
		return;
	if (!*behind) {
		blocks = (uint64_t)status.st_blocks * BLOCK;
		new.bytes = blocks > (uint64_t)status.st_size ? blocks : (uint64_t)status.st_size;
		snprintf(new.name, sizeof(new.name), "%.10s/%.20s", day->name, name);
		add_recording(day->recordings, &new);
	} else if (is_unfinished(behind) && day->now - status.st_mtime > UNFINISHED) {
		unlinkat(day->fd, name, 0);
	}
}

static DIR *open_day(int at, const char *name)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	if (!folder && fd >= 0)
		close(fd);
	return folder;
}

static void take_day(int at, const char *name, int64_t now,
		     struct pfnscope_recordings *recordings)
{
	DIR *folder = open_day(at, name);
	struct dirent *entry;
	struct day day = { .name = name, .now = now, .recordings = recordings };

	if (!folder)
		return;
	day.fd = dirfd(folder);
	while ((entry = readdir(folder)))
		take_name(&day, entry->d_name);
	closedir(folder);
}

static int by_time(const void *a, const void *b)
{
	const struct pfnscope_recording *one = a, *other = b;

	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return strcmp(one->name, other->name);
}

/* What is unfinished is removed where it is old enough @now. */
static int list_days(const char *path, int64_t now, struct pfnscope_recordings *recordings,
		     struct pfnscope_error *error)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	*recordings = (struct pfnscope_recordings){ 0 };
	if (!folder) {
		pfnscope_fail(error, PFNSCOPE_USAGE, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	while ((entry = readdir(folder)))
		if (is_day(entry->d_name))
			take_day(fd, entry->d_name, now, recordings);
	closedir(folder);
	if (recordings->count)
		qsort(recordings->all, recordings->count, sizeof(*recordings->all), by_time);
	recordings->folder = pfnscope_strdup(path);
	return 0;
}

int pfnscope_recordings_list(const char *folder, struct pfnscope_recordings *recordings,
			     struct pfnscope_error *error)
{
	return list_days(folder, 0, recordings, error);
}

size_t pfnscope_recordings_until(const struct pfnscope_recordings *recordings, int64_t until)
{
	size_t low = 0, high = recordings->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (recordings->all[middle].at <= until)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void pfnscope_recordings_clear(struct pfnscope_recordings *recordings)
{
	free(recordings->folder);
	free(recordings->all);
	*recordings = (struct pfnscope_recordings){ 0 };
}

/* --- what stays --- */

/* Whoever removes the last one of a day removes the day: it fails for all others. */
static int remove_one(int fd, const struct pfnscope_recording *one)
{
	char day[DAY_LENGTH + 1] = "";

	memcpy(day, one->name, DAY_LENGTH);
	if (unlinkat(fd, one->name, 0) && errno != ENOENT)
		return errno;
	unlinkat(fd, day, AT_REMOVEDIR);
	return 0;
}

int pfnscope_recordings_trim(const char *folder, const struct pfnscope_retention *keep,
			     int64_t now, struct pfnscope_error *error)
{
	struct pfnscope_recordings recordings;
	uint64_t bytes = 0;
	int fd, failure = 0;

	if (list_days(folder, now, &recordings, error))
		return -1;
	for (size_t i = 0; i < recordings.count; i++)
		bytes += recordings.all[i].bytes;
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	failure = fd < 0 ? errno : 0;
	for (size_t i = 0; !failure && i + 1 < recordings.count; i++) {
		if (now - recordings.all[i].at <= keep->seconds && bytes <= keep->bytes)
			break;
		failure = remove_one(fd, &recordings.all[i]);
		bytes -= recordings.all[i].bytes;
	}
	if (fd >= 0)
		close(fd);
	pfnscope_recordings_clear(&recordings);
	return failure ? pfnscope_fail(error, PFNSCOPE_OUTPUT, "%s: %s", folder,
				       strerror(failure)) : 0;
}
