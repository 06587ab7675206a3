/* SPDX-License-Identifier: GPL-2.0-only */
/* Where files come from. The only place of the command that opens any. */
#ifndef PFNSCOPE_SOURCE_SOURCE_H
#define PFNSCOPE_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct pfnscope_archive;
struct pfnscope_source;
struct pfnscope_input;

/*
 * The running system where @root is NULL, else a directory like its root, or one
 * with the module's files in it and nothing else, as that of an incident.
 */
int pfnscope_source_open(const char *root, struct pfnscope_source **source,
			 struct pfnscope_error *error);
/*
 * What the user has of a machine: such a directory, or an archive of one, "-" for standard
 * input. An archive is held in memory, and nothing of it is written anywhere. Of a folder of
 * recordings it is the last one.
 */
int pfnscope_source_from(const char *path, struct pfnscope_source **source,
			 struct pfnscope_error *error);
/*
 * The same, of a folder of recordings the last one @until then, in seconds since 1970, and @at of
 * when that is; below 0 where it is no such folder. INT64_MAX is any time.
 */
int pfnscope_source_from_until(const char *path, int64_t until, struct pfnscope_source **source,
			       int64_t *at, struct pfnscope_error *error);
/* Takes over @archive; @name is what messages call it. */
struct pfnscope_source *pfnscope_source_of(const char *name, struct pfnscope_archive *archive);
/*
 * @of, which has to stay open, read once: what was read of it below /proc and /sys is kept
 * in memory, and handed out from there when it is asked for again.
 */
struct pfnscope_source *pfnscope_source_record(struct pfnscope_source *of);
/*
 * The same of the running system, which it passes for: several answers are then of one moment, as a
 * file is read once.
 */
struct pfnscope_source *pfnscope_source_keep(struct pfnscope_source *of);

/* What was read so, or what an archive held; NULL of others. */
struct pfnscope_archive *pfnscope_source_archive(const struct pfnscope_source *source);
void pfnscope_source_close(struct pfnscope_source *source);
bool pfnscope_source_is_live(const struct pfnscope_source *source);
/* The folder of an incident: what the module has no table of is not in it. */
bool pfnscope_source_is_incident(const struct pfnscope_source *source);
bool pfnscope_source_has(const struct pfnscope_source *source,
			 const char *path);

/* When a file was written, seconds since 1970; below 0 where that is not known. */
int64_t pfnscope_source_time(const struct pfnscope_source *source, const char *path);

/*
 * Names in a folder, numbers in them in their order, ended by NULL; none where it
 * cannot be read. Of a folder of a million only the first.
 */
char **pfnscope_source_list(const struct pfnscope_source *source,
			    const char *path);
void pfnscope_source_list_free(char **names);

/*
 * @path is relative to the root, without a leading slash.
 * Return: 0, or an errno: a file that is not there is for the caller to judge.
 */
int pfnscope_source_input(const struct pfnscope_source *source,
			  const char *path, struct pfnscope_input **input);

/*
 * Opens a file of the running system that has words of the machine at any place, and no
 * lines; to be closed.
 *
 * Return: 0 or an errno.
 */
int pfnscope_source_words(const struct pfnscope_source *source, const char *path, int *fd);

/*
 * Writes @text to a switch of the running system, in one go, and to nothing else.
 * Return: 0, or an errno.
 */
int pfnscope_source_write(const struct pfnscope_source *source,
			  const char *path, const char *text);
/* The same of what lasts as long as the switch is open: until @fd is closed. */
int pfnscope_source_hold(const struct pfnscope_source *source, const char *path,
			 const char *text, int *fd);

/*
 * What goes to standard output goes to this new file, relative to the working directory and nobody
 * else's to read. Return: 0, or an errno.
 */
int pfnscope_output_to(const char *path);

/* A file that is open as @fd, or text in memory where that is below 0. Takes over @name. */
struct pfnscope_input *pfnscope_input_of(char *name, int fd);
/* A file that the user named: relative to the working directory, "-" is stdin. */
int pfnscope_input_open(const char *path, struct pfnscope_input **input);
/* Text in memory; @name is what messages call it. */
int pfnscope_input_memory(const char *name, const char *text, size_t size,
			  struct pfnscope_input **input);
void pfnscope_input_close(struct pfnscope_input *input);
const char *pfnscope_input_name(const struct pfnscope_input *input);

/*
 * The next line, newline included, valid until the next call.
 * Return: its length, 0 at the end, -1 with @error filled.
 */
long pfnscope_input_line(struct pfnscope_input *input, char **line,
			 struct pfnscope_error *error);
/*
 * All that is left, at most @limit bytes, ended by a NUL that @size does not
 * count; to be freed by the caller.
 */
int pfnscope_input_all(struct pfnscope_input *input, size_t limit,
		       char **text, size_t *size,
		       struct pfnscope_error *error);
/* @size bytes at @offset, or what there is of them, whatever was read before. */
int pfnscope_input_at(struct pfnscope_input *input, uint64_t offset, void *bytes,
		      size_t size, struct pfnscope_error *error);

#endif
