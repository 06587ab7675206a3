/* SPDX-License-Identifier: GPL-2.0-only */
/* Files in memory, by their path: what an archive of a root held, and what is to go into one. */
#ifndef PFNSCOPE_SOURCE_ARCHIVE_H
#define PFNSCOPE_SOURCE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pfnscope_archive;

/**
 * struct pfnscope_archived - one of them
 * @path: without a slash at either end
 * @text: what it holds, ended by a NUL that @size does not count; NULL for a folder
 * @size: how much that is
 * @unread: it was there, and nobody has read it yet
 * @mtime: when it was written, seconds since 1970
 */
struct pfnscope_archived {
	char *path;
	char *text;
	size_t size;
	bool unread;
	int64_t mtime;
};

struct pfnscope_archive *pfnscope_archive_new(void);
void pfnscope_archive_free(struct pfnscope_archive *archive);
/*
 * Takes over @file's path and text. Of two with one path the later stays, and a
 * folder makes no difference to a file.
 */
void pfnscope_archive_add(struct pfnscope_archive *archive,
			  const struct pfnscope_archived *file);
size_t pfnscope_archive_count(const struct pfnscope_archive *archive);
/* By number, in the order of their paths. */
struct pfnscope_archived *pfnscope_archive_nth(const struct pfnscope_archive *archive,
					       size_t nth);
/* NULL where there is none; a folder that is known by its files alone has none. */
const struct pfnscope_archived *
pfnscope_archive_find(const struct pfnscope_archive *archive, const char *path);
/* The file, or a folder with files in it. */
bool pfnscope_archive_has(const struct pfnscope_archive *archive, const char *path);
/*
 * The names in the folder @path, one a call: to be freed, NULL behind the last. @at is 0
 * at first. A name may come twice, but not one behind the other.
 */
char *pfnscope_archive_next(const struct pfnscope_archive *archive, const char *path,
			    size_t *at);
/* Takes the one folder that all lie in, where there is one, off their paths. */
void pfnscope_archive_strip(struct pfnscope_archive *archive);

#endif
