// SPDX-License-Identifier: GPL-2.0-only
/* Where files come from: the running system, a directory like its root, or an archive of one. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/alloc.h"
#include "source/archive.h"
#include "source/redact.h"
#include "source/source.h"
#include "source/stream.h"
#include "source/tar.h"
#include "uapi/pfnscope.h"

#define MODULE_FILES	"sys/kernel/debug/" PFNSCOPE_DEBUGFS_DIR "/"
#define BUFFER_SIZE	(64 * 1024)
#define LIST_LIMIT	(1U << 20)	/* entries of a folder */
#define RECORDED_MAX	((size_t)1 << 29)
#define LINE_LIMIT	(1024 * 1024)	/* no file of ours comes near it */

/**
 * struct pfnscope_source - a root
 * @name: path of the root as messages show it, empty for the running system
 * @root: open directory, -1 where there is none
 * @archive: files in memory in its place, or NULL
 * @of: where files come from that are not in @archive yet, or NULL
 * @below: the part of paths that @root stands for, where it is a folder of the
 *	module's files and nothing else, as those of an incident; else NULL
 * @key: by which names become numbers, where @redacts
 */
struct pfnscope_source {
	char *name;
	int root;
	struct pfnscope_archive *archive;
	struct pfnscope_source *of;
	const char *below;
	struct pfnscope_key key;
	bool redacts;
};

/**
 * struct pfnscope_input - an open file
 * @name: what messages call it
 * @fd: descriptor, -1 for text in memory
 * @buffer: what was read ahead
 * @size: of @buffer
 * @begin: first byte that was not handed out
 * @end: behind the last byte read
 */
struct pfnscope_input {
	char *name;
	int fd;
	char *buffer;
	size_t size;
	size_t begin;
	size_t end;
};

/* What a machine is told by: not its disks, where a module may be installed. */
static bool is_recorded(const char *path)
{
	return !strncmp(path, "proc/", 5) || !strncmp(path, "sys/", 4);
}

/* Whether the root has @path, as it is there. */
static bool has_as_is(const struct pfnscope_source *source, const char *path)
{
	return source->archive ? pfnscope_archive_has(source->archive, path) :
	       !faccessat(source->root, path, F_OK, 0);
}

static void settle_below(struct pfnscope_source *source)
{
	if (has_as_is(source, "zones") && !has_as_is(source, "proc") &&
	    !has_as_is(source, "sys"))
		source->below = MODULE_FILES;
}

/**
 * pfnscope_source_open() - choose where files come from
 * @root: a directory, NULL for the running system
 * @source: to be closed by pfnscope_source_close()
 * @error: filled when the directory cannot be read
 *
 * Return: 0 or -1.
 */
int pfnscope_source_open(const char *root, struct pfnscope_source **source,
			 struct pfnscope_error *error)
{
	int fd = open(root ? root : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return pfnscope_fail(error, PFNSCOPE_USAGE, "%s: %s", root,
				     strerror(errno));
	*source = pfnscope_calloc(1, sizeof(**source));
	(*source)->name = pfnscope_strdup(root ? root : "");
	(*source)->root = fd;
	if (root)
		settle_below(*source);
	return 0;
}

int pfnscope_source_from(const char *path, struct pfnscope_source **source,
			 struct pfnscope_error *error)
{
	struct pfnscope_archive *archive;
	struct pfnscope_stream *stream;
	struct stat status;
	int failed;

	/* What is not there is told in the same way as a root that is not. */
	if (strcmp(path, "-") && (stat(path, &status) || S_ISDIR(status.st_mode)))
		return pfnscope_source_open(path, source, error);
	if (pfnscope_stream_open(path, &stream, error))
		return -1;
	failed = pfnscope_tar_read(stream, &archive, error);
	if (!failed) {
		*source = pfnscope_calloc(1, sizeof(**source));
		(*source)->name = pfnscope_strdup(pfnscope_stream_name(stream));
		(*source)->root = -1;
		(*source)->archive = archive;
		settle_below(*source);
	}
	pfnscope_stream_close(stream);
	return failed;
}

struct pfnscope_source *pfnscope_source_keep(struct pfnscope_source *of)
{
	struct pfnscope_source *source = pfnscope_source_record(of);

	*source->name = '\0';
	return source;
}

void pfnscope_source_redact(struct pfnscope_source *source, const struct pfnscope_key *key)
{
	source->key = *key;
	source->redacts = true;
}

const struct pfnscope_key *pfnscope_source_redaction(const struct pfnscope_source *source)
{
	return source->redacts ? &source->key : NULL;
}

struct pfnscope_source *pfnscope_source_record(struct pfnscope_source *of)
{
	struct pfnscope_source *source = pfnscope_calloc(1, sizeof(*source));

	source->name = pfnscope_strdup("recording");
	source->root = -1;
	source->archive = pfnscope_archive_new();
	source->of = of;
	return source;
}

struct pfnscope_archive *pfnscope_source_archive(const struct pfnscope_source *source)
{
	return source->archive;
}

/* @path as the root has it, NULL where it cannot have it. */
static const char *path_below(const struct pfnscope_source *source,
			      const char *path)
{
	size_t length = strlen(MODULE_FILES);

	if (!source->below)
		return path;
	return strncmp(path, source->below, length) ? NULL : path + length;
}

void pfnscope_source_close(struct pfnscope_source *source)
{
	if (!source)
		return;
	if (source->root >= 0)
		close(source->root);
	pfnscope_archive_free(source->archive);
	free(source->name);
	free(source);
}

bool pfnscope_source_is_live(const struct pfnscope_source *source)
{
	return !*source->name;
}

bool pfnscope_source_is_incident(const struct pfnscope_source *source)
{
	return pfnscope_source_has(source, MODULE_FILES "header");
}

/* A folder, or an empty file, whose place is taken by what is read later. */
static void note_there(const struct pfnscope_source *source, const char *path)
{
	struct pfnscope_archived file = { .unread = true };
	struct pfnscope_input *input = NULL;
	int failure = pfnscope_source_input(source->of, path, &input);

	if (input)
		pfnscope_input_close(input);
	if (!is_recorded(path) || pfnscope_archive_find(source->archive, path))
		return;
	file.path = pfnscope_strdup(path);
	file.text = failure == EISDIR ? NULL : pfnscope_strdup("");
	pfnscope_archive_add(source->archive, &file);
}

bool pfnscope_source_has(const struct pfnscope_source *source,
			 const char *path)
{
	if (source->of && pfnscope_source_has(source->of, path)) {
		note_there(source, path);
		return true;
	}
	path = path_below(source, path);
	return path && has_as_is(source, path);
}

int64_t pfnscope_source_time(const struct pfnscope_source *source, const char *path)
{
	const struct pfnscope_archived *file;
	struct stat status;

	path = path_below(source, path);
	if (!path)
		return -1;
	if (source->archive) {
		file = pfnscope_archive_find(source->archive, path);
		return file ? file->mtime : -1;
	}
	return fstatat(source->root, path, &status, 0) ? -1 : (int64_t)status.st_mtime;
}

/*
 * A recorded root may come from anybody: its links must not lead out of it.
 * Kernels before 5.6, and some containers, have no openat2().
 */
static int open_below(const struct pfnscope_source *source, const char *path)
{
	struct open_how how = {
		.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
		.resolve = RESOLVE_IN_ROOT,
	};
	int fd;

	if (pfnscope_source_is_live(source))
		return openat(source->root, path, (int)how.flags);
	fd = (int)syscall(SYS_openat2, source->root, path, &how, sizeof(how));
	/* EPERM: the filter of an old container that does not know the call. */
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		fd = openat(source->root, path, (int)how.flags);
	return fd;
}

static int by_name(const void *a, const void *b)
{
	return strverscmp(*(char *const *)a, *(char *const *)b);
}

/* The name of the next entry of an open folder, to be freed; NULL behind the last. */
static char *next_of_folder(DIR *folder)
{
	struct dirent *entry = readdir(folder);

	return entry ? pfnscope_strdup(entry->d_name) : NULL;
}

static DIR *open_folder(const struct pfnscope_source *source, const char *path)
{
	int fd = open_below(source, path);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	if (!folder && fd >= 0)
		close(fd);
	return folder;
}

/* Sorted, and each once. */
static void settle_names(char **names, size_t count)
{
	size_t kept = 0, i;

	qsort(names, count, sizeof(*names), by_name);
	for (i = 0; i < count; i++) {
		if (kept && !strcmp(names[kept - 1], names[i]))
			free(names[i]);
		else
			names[kept++] = names[i];
	}
	names[kept] = NULL;
}

char **pfnscope_source_list(const struct pfnscope_source *source,
			    const char *path)
{
	const struct pfnscope_archive *archive = source->archive;
	char **names = pfnscope_calloc(1, sizeof(*names)), *name;
	DIR *folder = NULL;
	size_t count = 0, at = 0;

	if (source->of) {
		free(names);
		return pfnscope_source_list(source->of, path);
	}
	path = path_below(source, path);
	if (path && !archive)
		folder = open_folder(source, path);
	while (path && (archive || folder) && count < LIST_LIMIT) {
		name = archive ? pfnscope_archive_next(archive, path, &at) :
				 next_of_folder(folder);
		if (!name)
			break;
		if (!*name || *name == '.') {
			free(name);
			continue;
		}
		names = pfnscope_realloc(names, count + 2, sizeof(*names));
		names[count++] = name;
	}
	if (folder)
		closedir(folder);
	settle_names(names, count);
	return names;
}

void pfnscope_source_list_free(char **names)
{
	size_t i;

	for (i = 0; names[i]; i++)
		free(names[i]);
	free(names);
}

static struct pfnscope_input *input_new(char *name, int fd)
{
	struct pfnscope_input *input = pfnscope_calloc(1, sizeof(*input));

	input->name = name;
	pfnscope_printable(input->name);
	input->fd = fd;
	return input;
}

/* The first time that @path is asked for. Return: 0, or an errno. */
static int record_input(const struct pfnscope_source *source, const char *path)
{
	struct pfnscope_archived file = { 0 };
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input = NULL;
	int failure = pfnscope_source_input(source->of, path, &input);

	if (!input)
		return failure ? failure : EIO;
	failure = pfnscope_input_all(input, RECORDED_MAX, &file.text, &file.size, &error) ?
		  EIO : 0;
	pfnscope_input_close(input);
	if (failure)
		return failure;
	file.path = pfnscope_strdup(path);
	pfnscope_archive_add(source->archive, &file);
	return 0;
}

/* Whatever is in memory is handed out from there. */
static int input_archived(const struct pfnscope_source *source, const char *path,
			  struct pfnscope_input **input)
{
	const struct pfnscope_archived *file = pfnscope_archive_find(source->archive, path);
	char *name;

	if (!file || !file->text)
		return pfnscope_archive_has(source->archive, path) ? EISDIR : ENOENT;
	name = pfnscope_format("%s/%s", source->name, path);
	pfnscope_input_memory(name, file->text, file->size, input);
	free(name);
	return 0;
}

int pfnscope_source_input(const struct pfnscope_source *source,
			  const char *path, struct pfnscope_input **input)
{
	const struct pfnscope_archived *file;
	struct stat status;
	int failure = 0;
	int fd;

	path = path_below(source, path);
	if (!path)
		return ENOENT;
	if (source->of && !is_recorded(path))
		return ENOENT;
	file = source->archive ? pfnscope_archive_find(source->archive, path) : NULL;
	if (source->of && (!file || file->unread))
		failure = record_input(source, path);
	if (failure)
		return failure;
	if (source->archive)
		return input_archived(source, path, input);
	fd = open_below(source, path);
	if (fd < 0)
		return errno;
	if (fstat(fd, &status))
		failure = errno;
	else if (!S_ISREG(status.st_mode))
		failure = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
	if (failure) {
		close(fd);
		return failure;
	}
	*input = input_new(pfnscope_format("%s/%s", source->name, path), fd);
	return 0;
}

int pfnscope_source_write(const struct pfnscope_source *source,
			  const char *path, const char *text)
{
	int fd, failure = 0;

	if (!pfnscope_source_is_live(source))
		return EROFS;
	fd = openat(source->root, path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		failure = errno;
	close(fd);
	return failure;
}

int pfnscope_output_to(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int failure = 0;

	if (fd < 0)
		return errno;
	if (dup2(fd, STDOUT_FILENO) < 0)
		failure = errno;
	close(fd);
	return failure;
}

int pfnscope_input_open(const char *path, struct pfnscope_input **input)
{
	bool standard = !strcmp(path, "-");
	int fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	*input = input_new(pfnscope_strdup(standard ? "standard input" : path),
			   fd);
	return 0;
}

int pfnscope_input_memory(const char *name, const char *text, size_t size,
			  struct pfnscope_input **input)
{
	*input = input_new(pfnscope_strdup(name), -1);
	(*input)->buffer = pfnscope_calloc(1, size);
	memcpy((*input)->buffer, text, size);
	(*input)->size = (*input)->end = size;
	return 0;
}

void pfnscope_input_close(struct pfnscope_input *input)
{
	if (!input)
		return;
	if (input->fd >= 0)
		close(input->fd);
	free(input->name);
	free(input->buffer);
	free(input);
}

const char *pfnscope_input_name(const struct pfnscope_input *input)
{
	return input->name;
}

/* Reads more behind what is there. Return: 1, 0 at the end, -1 failed. */
static int input_fill(struct pfnscope_input *input, struct pfnscope_error *error)
{
	ssize_t got;

	if (input->fd < 0)
		return 0;
	if (input->begin) {
		memmove(input->buffer, input->buffer + input->begin,
			input->end - input->begin);
		input->end -= input->begin;
		input->begin = 0;
	}
	if (input->end == input->size) {
		input->size = input->size ? 2 * input->size : BUFFER_SIZE;
		input->buffer = pfnscope_realloc(input->buffer, input->size, 1);
	}
	do {
		got = read(input->fd, input->buffer + input->end,
			   input->size - input->end);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return pfnscope_fail(error, PFNSCOPE_BAD_DATA, "%s: %s",
				     input->name, strerror(errno));
	input->end += (size_t)got;
	return got > 0;
}

long pfnscope_input_line(struct pfnscope_input *input, char **line,
			 struct pfnscope_error *error)
{
	size_t searched = 0;
	char *newline = NULL;
	int more;

	for (;;) {
		size_t length = input->end - input->begin;

		if (length > searched)
			newline = memchr(input->buffer + input->begin + searched,
					 '\n', length - searched);
		if (newline)
			break;
		searched = length;
		if (searched > LINE_LIMIT)
			return pfnscope_fail(error, PFNSCOPE_BAD_DATA,
					     "%s: a line is longer than %d bytes",
					     input->name, LINE_LIMIT);
		more = input_fill(input, error);
		if (more < 0)
			return -1;
		if (!more)
			break;
	}
	*line = input->buffer + input->begin;
	if (newline)
		searched = (size_t)(newline + 1 - *line);
	input->begin += searched;
	return (long)searched;
}

int pfnscope_input_all(struct pfnscope_input *input, size_t limit,
		       char **text, size_t *size,
		       struct pfnscope_error *error)
{
	int more;

	do {
		if (input->end - input->begin > limit)
			return pfnscope_fail(error, PFNSCOPE_BAD_DATA,
					     "%s: longer than %zu bytes",
					     input->name, limit);
		more = input_fill(input, error);
		if (more < 0)
			return -1;
	} while (more);
	*size = input->end - input->begin;
	*text = pfnscope_calloc(1, *size + 1);
	if (*size)
		memcpy(*text, input->buffer + input->begin, *size);
	input->begin = input->end;
	return 0;
}

int pfnscope_input_at(struct pfnscope_input *input, uint64_t offset, void *bytes,
		      size_t size, struct pfnscope_error *error)
{
	ssize_t got;

	if (input->fd < 0) {
		size_t there = offset < input->size ? input->size - (size_t)offset : 0;

		if (there)
			memcpy(bytes, input->buffer + offset, there < size ? there : size);
		return 0;
	}
	do {
		got = pread(input->fd, bytes, size, (off_t)offset);
		if (got > 0) {
			bytes = (char *)bytes + got;
			offset += (uint64_t)got;
			size -= (size_t)got;
		}
	} while ((got > 0 && size) || (got < 0 && errno == EINTR));
	if (got < 0)
		return pfnscope_fail(error, PFNSCOPE_BAD_DATA, "%s: %s",
				     input->name, strerror(errno));
	return 0;
}
