// SPDX-License-Identifier: GPL-2.0-only
/* Files in memory, sorted by their paths, so that a folder's are neighbours. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/archive.h"

/**
 * struct pfnscope_archive - files
 * @files: by path
 * @count: how many
 */
struct pfnscope_archive {
	struct pfnscope_archived **files;
	size_t count;
};

struct pfnscope_archive *pfnscope_archive_new(void)
{
	return pfnscope_calloc(1, sizeof(struct pfnscope_archive));
}

static void file_free(struct pfnscope_archived *file)
{
	free(file->path);
	free(file->text);
	free(file);
}

void pfnscope_archive_free(struct pfnscope_archive *archive)
{
	if (!archive)
		return;
	for (size_t i = 0; i < archive->count; i++)
		file_free(archive->files[i]);
	free(archive->files);
	free(archive);
}

/* The first whose path is not before the @length bytes of @path. */
static size_t position_in(const struct pfnscope_archive *archive, const char *path,
			  size_t length)
{
	size_t low = 0, high = archive->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strncmp(archive->files[middle]->path, path, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* With the NUL at its end. */
static size_t position_of(const struct pfnscope_archive *archive, const char *path)
{
	return position_in(archive, path, strlen(path) + 1);
}

static bool is_file_at(const struct pfnscope_archive *archive, size_t at, const char *path)
{
	return at < archive->count && !strcmp(archive->files[at]->path, path);
}

static void replace(struct pfnscope_archived **old, struct pfnscope_archived *new)
{
	if (!new->text) {
		file_free(new);
		return;
	}
	file_free(*old);
	*old = new;
}

void pfnscope_archive_add(struct pfnscope_archive *archive,
			  const struct pfnscope_archived *file)
{
	struct pfnscope_archived *new = pfnscope_calloc(1, sizeof(*new));
	/* What was packed in order goes behind the last. */
	bool last = !archive->count ||
		    strcmp(archive->files[archive->count - 1]->path, file->path) < 0;
	size_t at = last ? archive->count : position_of(archive, file->path);

	*new = *file;
	if (is_file_at(archive, at, new->path)) {
		replace(&archive->files[at], new);
		return;
	}
	/* Room is doubled at powers of two. */
	if (!(archive->count & (archive->count - 1)))
		archive->files = pfnscope_realloc(archive->files,
						  archive->count ? 2 * archive->count : 1,
						  sizeof(*archive->files));
	memmove(&archive->files[at + 1], &archive->files[at],
		(archive->count - at) * sizeof(*archive->files));
	archive->files[at] = new;
	archive->count++;
}

size_t pfnscope_archive_count(const struct pfnscope_archive *archive)
{
	return archive->count;
}

struct pfnscope_archived *pfnscope_archive_nth(const struct pfnscope_archive *archive,
					       size_t nth)
{
	return archive->files[nth];
}

/* A copy without slashes at its end. */
static char *without_slashes(const char *path)
{
	size_t length = strlen(path);

	while (length && path[length - 1] == '/')
		length--;
	return pfnscope_strndup(path, length);
}

const struct pfnscope_archived *
pfnscope_archive_find(const struct pfnscope_archive *archive, const char *path)
{
	char *wanted = without_slashes(path);
	size_t at = position_of(archive, wanted);
	bool there = is_file_at(archive, at, wanted);

	free(wanted);
	return there ? archive->files[at] : NULL;
}

static char *folder_of(const char *path)
{
	char *clean = without_slashes(path);
	char *folder = *clean ? pfnscope_format("%s/", clean) : pfnscope_strdup("");

	free(clean);
	return folder;
}

bool pfnscope_archive_has(const struct pfnscope_archive *archive, const char *path)
{
	char *folder = folder_of(path);
	size_t at = position_in(archive, folder, strlen(folder));
	bool there = at < archive->count &&
		     !strncmp(archive->files[at]->path, folder, strlen(folder));

	free(folder);
	return there || pfnscope_archive_find(archive, path);
}

char *pfnscope_archive_next(const struct pfnscope_archive *archive, const char *path,
			    size_t *at)
{
	char *folder = folder_of(path), *name = NULL;
	size_t length = strlen(folder), name_length;
	const char *rest;

	if (!*at)
		*at = position_in(archive, folder, length);
	if (*at < archive->count && !strncmp(archive->files[*at]->path, folder, length)) {
		rest = archive->files[*at]->path + length;
		name_length = strcspn(rest, "/");
		name = pfnscope_strndup(rest, name_length);
		/* Past all that lie below it: '0' is behind '/'. */
		if (rest[name_length]) {
			char *behind = pfnscope_format("%s%s0", folder, name);

			*at = position_in(archive, behind, strlen(behind));
			free(behind);
		} else {
			++*at;
		}
	}
	free(folder);
	return name;
}

/* Roots have these at their top, and incidents have nothing else there. */
static bool is_top_of_root(const char *path)
{
	return !strncmp(path, "proc/", 5) || !strncmp(path, "sys/", 4);
}

void pfnscope_archive_strip(struct pfnscope_archive *archive)
{
	size_t length, i;

	for (i = 0; i < archive->count; i++)
		if (is_top_of_root(archive->files[i]->path))
			return;
	length = archive->count ? strcspn(archive->files[0]->path, "/") : 0;
	for (i = 0; i < archive->count; i++)
		if (strncmp(archive->files[i]->path, archive->files[0]->path, length) ||
		    (archive->files[i]->path[length] != '/' && archive->files[i]->text))
			return;
	for (i = 0; i < archive->count; i++) {
		char *path = archive->files[i]->path;
		size_t off = length + (path[length] == '/');

		memmove(path, path + off, strlen(path + off) + 1);
	}
}
