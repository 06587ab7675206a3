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
#include "uapi/pfnscope.h"

#define MODULE_FILES	"sys/kernel/debug/" PFNSCOPE_DEBUGFS_DIR "/"
#define LIST_LIMIT	(1U << 20)	/* entries of a folder */
#define RECORDED_MAX	((size_t)1 << 29)

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

struct pfnscope_source *pfnscope_source_of(const char *name, struct pfnscope_archive *archive)
{
	struct pfnscope_source *source = pfnscope_calloc(1, sizeof(*source));

	source->name = pfnscope_strdup(name);
	source->root = -1;
	source->archive = archive;
	settle_below(source);
	return source;
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

bool pfnscope_source_reveal(struct pfnscope_source *source, struct pfnscope_key *key)
{
	bool redacted = source->redacts;

	*key = source->key;
	source->redacts = false;
	return redacted;
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

/* Closes @fd, and leaves errno as it was. */
static void close_quietly(int fd)
{
	int failure = errno;

	close(fd);
	errno = failure;
}

/* Folder by folder, none of which is a link, nor what is in the last one. */
static int open_without_links(int root, const char *path, int flags)
{
	char *words = pfnscope_strdup(path), *save = NULL;
	char *word = strtok_r(words, "/", &save), *next;
	int fd = root, below = -1;

	for (errno = ENOENT; word && strcmp(word, ".."); word = next) {
		next = strtok_r(NULL, "/", &save);
		below = openat(fd, word, O_NOFOLLOW | O_CLOEXEC |
			       (next ? O_PATH | O_DIRECTORY : flags));
		if (fd != root)
			close_quietly(fd);
		fd = below;
		if (fd < 0)
			break;
	}
	free(words);
	if (word && fd >= 0 && fd != root)
		close(fd);
	return word || fd == root ? -1 : fd;
}

/*
 * A recorded root may come from anybody: its links must not lead out of it.
 * Kernels before 5.6, and some containers, have no openat2(): there no link is
 * followed.
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
		fd = open_without_links(source->root, path, (int)how.flags);
	return fd;
}

static int by_version(const void *a, const void *b)
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

	qsort(names, count, sizeof(*names), by_version);
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
	*input = pfnscope_input_of(pfnscope_format("%s/%s", source->name, path), fd);
	return 0;
}

int pfnscope_source_words(const struct pfnscope_source *source, const char *path, int *fd)
{
	if (!pfnscope_source_is_live(source))
		return ENOENT;
	*fd = open_below(source, path);
	return *fd < 0 ? errno : 0;
}

int pfnscope_source_hold(const struct pfnscope_source *source, const char *path,
			 const char *text, int *fd)
{
	int failure;

	if (!pfnscope_source_is_live(source))
		return EROFS;
	*fd = openat(source->root, path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (*fd < 0)
		return errno;
	if (write(*fd, text, strlen(text)) >= 0)
		return 0;
	failure = errno;
	close(*fd);
	return failure;
}

int pfnscope_source_write(const struct pfnscope_source *source,
			  const char *path, const char *text)
{
	int fd, failure = pfnscope_source_hold(source, path, text, &fd);

	if (!failure)
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
