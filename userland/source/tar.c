// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads a tar archive into memory: ustar, with the long names of GNU tar and of pax. It may
 * come from anybody, so every size is held against a limit before room is made for it, and
 * as text arrives, not as the archive promises it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/tar.h"

#define FILES_MAX	200000			/* kept */
#define KEPT_MAX	((size_t)1 << 29)	/* bytes of theirs */
#define UNPACKED_MAX	((uint64_t)1 << 34)	/* read in all, of which most may be passed over */
#define NAME_MAX_BYTES	4096
#define EXTENDED_MAX	(1024 * 1024)		/* a pax header */

#define NUMBER_OF(field, number) pfnscope_tar_number(field, sizeof(field), number)

/* The kinds of an entry. */
enum {
	TYPE_FILE = '0',
	TYPE_OLD_FILE = '\0',
	TYPE_HARD_LINK = '1',
	TYPE_LINK = '2',
	TYPE_FOLDER = '5',
	TYPE_CONTIGUOUS = '7',
	TYPE_LONG_LINK = 'K',
	TYPE_LONG_NAME = 'L',
	TYPE_SPARSE = 'S',
	TYPE_PAX_ALL = 'g',
	TYPE_PAX = 'x',
};

/**
 * struct untar - an archive that is being read
 * @stream: where it comes from
 * @error: where failures go
 * @archive: what was kept
 * @text: the piece at hand
 * @left: bytes of it that were not used
 * @unpacked: bytes used so far
 * @kept: bytes of files that were kept
 * @name: of the next entry, by an entry before it; or NULL
 * @size: the same of its size, where @sized
 * @sized: an entry before it told the size
 */
struct untar {
	struct pfnscope_stream *stream;
	struct pfnscope_error *error;
	struct pfnscope_archive *archive;
	const char *text;
	size_t left;
	uint64_t unpacked;
	size_t kept;
	char *name;
	uint64_t size;
	bool sized;
};

/* An entry of it. */
struct entry {
	char *path;
	uint64_t size;
	int64_t mtime;
	char type;
};

static int untar_fail(const struct untar *u, const char *path, const char *why)
{
	return pfnscope_fail(u->error, PFNSCOPE_BAD_DATA, "%s: %s%s%s",
			     pfnscope_stream_name(u->stream), path ? path : "",
			     path ? ": " : "", why);
}

/* Return: 1 where there is something at hand, 0 at the end, -1 failed. */
static int more(struct untar *u)
{
	long got;

	if (u->left)
		return 1;
	got = pfnscope_stream_read(u->stream, &u->text, u->error);
	if (got <= 0)
		return got < 0 ? -1 : 0;
	u->left = (size_t)got;
	return 1;
}

/* Hands @size bytes to @out, where that is not NULL. Return: as more(). */
static int take_bytes(struct untar *u, char *out, uint64_t size)
{
	while (size) {
		int there = more(u);
		size_t piece = u->left < size ? u->left : (size_t)size;

		if (there <= 0)
			return there;
		u->unpacked += piece;
		if (u->unpacked > UNPACKED_MAX)
			return untar_fail(u, NULL, "it unpacks to more than 16 GiB");
		if (out) {
			memcpy(out, u->text, piece);
			out += piece;
		}
		u->text += piece;
		u->left -= piece;
		size -= piece;
	}
	return 1;
}

static int take_all(struct untar *u, char *out, uint64_t size)
{
	int there = take_bytes(u, out, size);

	if (!there)
		return untar_fail(u, NULL, "the archive ends early");
	return there < 0 ? -1 : 0;
}

static uint64_t padding(uint64_t size)
{
	return -size % PFNSCOPE_TAR_BLOCK;
}

/* --- what comes before the block of the file it is about --- */

/* "27 path=some/where\n", one behind the other; the first number is the length of all. */
static int read_record(struct untar *u, const char **at, const char *end)
{
	char *blank;
	unsigned long length = strtoul(*at, &blank, 10);
	const char *value, *next;

	if (*blank != ' ' || length < 5 || length > (size_t)(end - *at) ||
	    blank >= *at + length || (*at)[length - 1] != '\n')
		return untar_fail(u, NULL, "a pax header is damaged");
	next = *at + length;
	value = memchr(blank, '=', (size_t)(next - blank));
	if (value && !strncmp(blank, " path=", 6)) {
		free(u->name);
		u->name = pfnscope_strndup(value + 1, (size_t)(next - 2 - value));
	} else if (value && !strncmp(blank, " size=", 6)) {
		u->size = strtoull(value + 1, NULL, 10);
		u->sized = true;
	} else if (value && !strncmp(blank, " GNU.sparse.", 12)) {
		return untar_fail(u, NULL, "it has sparse files (tar without --sparse makes none)");
	}
	*at = next;
	return 0;
}

static int read_extended(struct untar *u, const struct entry *entry)
{
	bool is_pax = entry->type == TYPE_PAX || entry->type == TYPE_PAX_ALL;
	size_t size = (size_t)entry->size;
	char *text;
	const char *at;
	int failed;

	if (entry->size > (is_pax ? EXTENDED_MAX : NAME_MAX_BYTES))
		return untar_fail(u, NULL, "a name in it is too long");
	text = pfnscope_calloc(1, size + 1);
	failed = take_all(u, text, size) || take_all(u, NULL, padding(size));
	if (!failed && entry->type == TYPE_LONG_NAME) {
		free(u->name);
		u->name = pfnscope_strdup(text);
	}
	for (at = text; !failed && entry->type == TYPE_PAX && at < text + size;)
		failed = read_record(u, &at, text + size);
	free(text);
	return failed;
}

/* --- files --- */

/* What roots, incidents and the trees of sosreport have that anybody here reads. */
static bool is_wanted(const char *path)
{
	static const char *const tops[] = {
		"proc/", "sys/", "sos_commands/kernel/dmesg", "sos_commands/date/",
		"sos_commands/host/", "sos_commands/general/",
	};
	const char *below = strchr(path, '/');

	for (size_t i = 0; i < ARRAY_SIZE(tops); i++)
		if (!strncmp(path, tops[i], strlen(tops[i])) ||
		    (below && !strncmp(below + 1, tops[i], strlen(tops[i]))))
			return true;
	return !below || !strchr(below + 1, '/');
}

/* Room grows as text comes: a size that is a lie costs nothing. */
static int keep_entry(struct untar *u, const struct entry *entry)
{
	struct pfnscope_archived file = { .mtime = entry->mtime };
	size_t size = (size_t)entry->size, room = 0;

	if (entry->size > KEPT_MAX - u->kept)
		return untar_fail(u, entry->path, "it holds more than 512 MiB");
	if (pfnscope_archive_count(u->archive) >= FILES_MAX)
		return untar_fail(u, entry->path, "it holds too many files");
	do {
		size_t next = room ? 2 * room : 4096;

		next = next < size ? next : size;
		file.text = pfnscope_realloc(file.text, next + 1, 1);
		if (take_all(u, file.text + room, next - room)) {
			free(file.text);
			return -1;
		}
		room = next;
	} while (room < size);
	file.text[size] = '\0';
	file.size = size;
	file.path = pfnscope_strdup(entry->path);
	u->kept += size;
	pfnscope_archive_add(u->archive, &file);
	return take_all(u, NULL, padding(size));
}

static int pass_over(struct untar *u, const struct entry *entry)
{
	return take_all(u, NULL, entry->size) ? -1 : take_all(u, NULL, padding(entry->size));
}

static int read_member(struct untar *u, const struct entry *entry)
{
	if (pfnscope_tar_clean(entry->path))
		return untar_fail(u, entry->path, "leads out of the archive");
	if (strlen(entry->path) > NAME_MAX_BYTES)
		return untar_fail(u, NULL, "a name in it is too long");
	return *entry->path && is_wanted(entry->path) ? keep_entry(u, entry) : pass_over(u, entry);
}

static int read_folder(struct untar *u, const struct entry *entry)
{
	struct pfnscope_archived folder = { .mtime = entry->mtime };

	if (pfnscope_tar_clean(entry->path))
		return untar_fail(u, entry->path, "leads out of the archive");
	if (*entry->path && is_wanted(entry->path) &&
	    pfnscope_archive_count(u->archive) < FILES_MAX) {
		folder.path = pfnscope_strdup(entry->path);
		pfnscope_archive_add(u->archive, &folder);
	}
	return pass_over(u, entry);
}

/* How deep in the archive @path leads, begun at @depth; below 0 once it leads out. */
static int depth_of(const char *path, int depth)
{
	if (*path == '/')
		return -1;
	while (*path && depth >= 0) {
		size_t length = strcspn(path, "/");

		if (length == 2 && !strncmp(path, "..", 2))
			depth--;
		else if (length && (length > 1 || *path != '.'))
			depth++;
		path += length;
		path += strspn(path, "/");
	}
	return depth;
}

/* A link is as if it was not there, but for one that means to lead somewhere else. */
static int read_link(struct untar *u, const struct entry *entry,
		     const struct pfnscope_tar_head *head)
{
	bool out = pfnscope_tar_clean(entry->path);
	int depth = entry->type == TYPE_LINK ? depth_of(entry->path, 0) - 1 : 0;
	char *target = pfnscope_strndup(head->link, strnlen(head->link, sizeof(head->link)));

	if (!out && is_wanted(entry->path))
		out = depth_of(target, depth) < 0;
	free(target);
	if (out)
		return untar_fail(u, entry->path, "leads out of the archive");
	/* It has no text, whatever size it claims. */
	return 0;
}

static int read_typed(struct untar *u, const struct entry *entry,
		      const struct pfnscope_tar_head *head)
{
	switch (entry->type) {
	case TYPE_FILE:
	case TYPE_OLD_FILE:
	case TYPE_CONTIGUOUS:
		return read_member(u, entry);
	case TYPE_FOLDER:
		return read_folder(u, entry);
	case TYPE_HARD_LINK:
	case TYPE_LINK:
		return read_link(u, entry, head);
	case TYPE_SPARSE:
		return untar_fail(u, entry->path, "is a sparse file (tar without --sparse makes none)");
	default:
		return pass_over(u, entry);
	}
}

static bool is_about_next(char type)
{
	return type == TYPE_LONG_NAME || type == TYPE_LONG_LINK || type == TYPE_PAX ||
	       type == TYPE_PAX_ALL;
}

static int read_entry(struct untar *u, const struct pfnscope_tar_head *head)
{
	struct entry entry = { .type = head->type };
	uint64_t mtime;
	int failed;

	if (!pfnscope_tar_is_whole(head))
		return untar_fail(u, NULL, u->unpacked > PFNSCOPE_TAR_BLOCK ?
				  "the archive is damaged" :
				  "not a tar archive, nor a folder like the root of a system");
	if (!NUMBER_OF(head->size, &entry.size))
		return untar_fail(u, NULL, "the archive is damaged");
	if (is_about_next(entry.type))
		return read_extended(u, &entry);
	entry.mtime = NUMBER_OF(head->mtime, &mtime) && mtime <= UINT32_MAX ? (int64_t)mtime : -1;
	if (u->sized)
		entry.size = u->size;
	entry.path = u->name ? u->name : pfnscope_tar_name(head);
	u->name = NULL;
	u->sized = false;
	failed = read_typed(u, &entry, head);
	free(entry.path);
	return failed;
}

/* What is behind the end has to be whole as well: only then the text was. */
static int read_rest(struct untar *u)
{
	int there;

	while ((there = more(u)) > 0)
		if (take_bytes(u, NULL, u->left) < 0)
			return -1;
	return there;
}

static int read_archive(struct untar *u)
{
	struct pfnscope_tar_head head = { 0 };
	int there;

	for (;;) {
		there = take_bytes(u, (char *)&head, sizeof(head));
		if (there < 0)
			return -1;
		if (!there)
			return untar_fail(u, NULL, u->unpacked ? "the archive ends early" :
					  "it is empty");
		if (pfnscope_tar_is_end(&head))
			return read_rest(u);
		if (read_entry(u, &head))
			return -1;
	}
}

int pfnscope_tar_read(struct pfnscope_stream *stream, struct pfnscope_archive **archive,
		      struct pfnscope_error *error)
{
	struct untar u = {
		.stream = stream, .error = error, .archive = pfnscope_archive_new(),
	};
	int failed = read_archive(&u);

	free(u.name);
	if (!failed && !pfnscope_archive_count(u.archive))
		failed = untar_fail(&u, NULL, "it holds no files of a system");
	if (failed) {
		pfnscope_archive_free(u.archive);
		return -1;
	}
	pfnscope_archive_strip(u.archive);
	*archive = u.archive;
	return 0;
}
