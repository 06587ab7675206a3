// SPDX-License-Identifier: GPL-2.0-only
/* What the user has of a machine: a folder like its root, an archive of one, or a folder of such archives. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/units.h"
#include "source/recordings.h"
#include "source/source.h"
#include "source/stream.h"
#include "source/tar.h"

#define NS_PER_SECOND	1000000000
#define NO_CHOICE "%s: -t chooses from a folder that record fills, and this is none"

static int open_archive(const char *path, struct pfnscope_source **source,
			struct pfnscope_error *error)
{
	struct pfnscope_archive *archive;
	struct pfnscope_stream *stream;
	int failed;

	if (pfnscope_stream_open(path, &stream, error))
		return -1;
	failed = pfnscope_tar_read(stream, &archive, error);
	if (!failed)
		*source = pfnscope_source_of(pfnscope_stream_name(stream), archive);
	pfnscope_stream_close(stream);
	return failed;
}

int pfnscope_source_recorded(const struct pfnscope_recordings *recordings, size_t nth,
			     struct pfnscope_source **source, struct pfnscope_error *error)
{
	char *path = pfnscope_format("%s/%s", recordings->folder, recordings->all[nth].name);
	int failed = open_archive(path, source, error);

	free(path);
	return failed;
}

/* Which there are, for whoever asks for one before them. */
static int fail_none(const struct pfnscope_recordings *recordings, int64_t until,
		     struct pfnscope_error *error)
{
	size_t last = recordings->count - 1;
	char asked[32], from[32], to[32];

	pfnscope_units_date(asked, sizeof(asked), (uint64_t)until * NS_PER_SECOND);
	pfnscope_units_date(from, sizeof(from), (uint64_t)recordings->all[0].at * NS_PER_SECOND);
	pfnscope_units_date(to, sizeof(to), (uint64_t)recordings->all[last].at * NS_PER_SECOND);
	return pfnscope_fail(error, PFNSCOPE_USAGE,
			     "%s: nothing is recorded of %s UTC or before: %zu of %s to %s UTC",
			     recordings->folder, asked, recordings->count, from, to);
}

/* The last one @until then. */
static int open_recording(const struct pfnscope_recordings *recordings, int64_t until,
			  struct pfnscope_source **source, int64_t *at,
			  struct pfnscope_error *error)
{
	size_t count = pfnscope_recordings_until(recordings, until);

	if (!count)
		return fail_none(recordings, until, error);
	*at = recordings->all[count - 1].at;
	return pfnscope_source_recorded(recordings, count - 1, source, error);
}

/* A root has these, and an incident its zones. */
static bool is_root(const char *path)
{
	static const char *const tops[] = { "proc", "sys", "zones" };
	struct stat status;
	bool there = false;

	for (size_t i = 0; !there && i < ARRAY_SIZE(tops); i++) {
		char *top = pfnscope_format("%s/%s", path, tops[i]);

		there = !stat(top, &status);
		free(top);
	}
	return there;
}

static int open_recordings(const char *path, int64_t until, struct pfnscope_source **source,
			   int64_t *at, struct pfnscope_error *error)
{
	struct pfnscope_recordings recordings = { 0 };
	int failed;

	if (!is_root(path) && pfnscope_recordings_list(path, &recordings, error))
		return -1;
	if (recordings.count)
		failed = open_recording(&recordings, until, source, at, error);
	else if (until != INT64_MAX)
		failed = pfnscope_fail(error, PFNSCOPE_USAGE, NO_CHOICE, path);
	else
		failed = pfnscope_source_open(path, source, error);
	pfnscope_recordings_clear(&recordings);
	return failed;
}

int pfnscope_source_from_until(const char *path, int64_t until, struct pfnscope_source **source,
			       int64_t *at, struct pfnscope_error *error)
{
	struct stat status;

	*at = -1;
	/* What is not there is told in the same way as a root that is not. */
	if (strcmp(path, "-") && (stat(path, &status) || S_ISDIR(status.st_mode)))
		return open_recordings(path, until, source, at, error);
	if (until != INT64_MAX)
		return pfnscope_fail(error, PFNSCOPE_USAGE, NO_CHOICE, path);
	return open_archive(path, source, error);
}

int pfnscope_source_from(const char *path, struct pfnscope_source **source,
			 struct pfnscope_error *error)
{
	int64_t at;

	return pfnscope_source_from_until(path, INT64_MAX, source, &at, error);
}
