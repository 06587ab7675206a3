// SPDX-License-Identifier: GPL-2.0-only
/* Reading a text in pieces, so that its size does not matter. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "source/stream.h"
#include "source/unpack.h"

#define BUFFER_SIZE	(64 * 1024)

/**
 * struct pfnscope_stream - an open text
 * @name: what messages call it
 * @fd: where it comes from, -1 for a text in memory
 * @memory: what of that was not used
 * @memory_size: how much that is
 * @unpack: where it is compressed, else NULL
 * @at: first byte of @raw that was not used
 * @size: bytes from there on
 * @ended: nothing follows them
 * @raw: bytes of the file
 * @text: of which this was made, where they are compressed
 */
struct pfnscope_stream {
	char *name;
	int fd;
	const char *memory;
	size_t memory_size;
	struct pfnscope_unpack *unpack;
	size_t at;
	size_t size;
	bool ended;
	char raw[BUFFER_SIZE];
	char text[BUFFER_SIZE];
};

static int stream_fail(struct pfnscope_stream *stream, struct pfnscope_error *error,
		       const char *why)
{
	return pfnscope_fail(error, PFNSCOPE_BAD_DATA, "%s: %s", stream->name,
			     why);
}

/* As read(): a signal ends nothing. */
static ssize_t stream_get(struct pfnscope_stream *stream, char *to, size_t room)
{
	ssize_t got;

	if (stream->fd >= 0) {
		do {
			got = read(stream->fd, to, room);
		} while (got < 0 && errno == EINTR);
		return got;
	}
	got = (ssize_t)(room < stream->memory_size ? room : stream->memory_size);
	memcpy(to, stream->memory, (size_t)got);
	stream->memory += got;
	stream->memory_size -= (size_t)got;
	return got;
}

/* More bytes behind those that are left. */
static int stream_fill(struct pfnscope_stream *stream, struct pfnscope_error *error)
{
	ssize_t got;

	memmove(stream->raw, stream->raw + stream->at, stream->size);
	stream->at = 0;
	got = stream_get(stream, stream->raw + stream->size,
			 sizeof(stream->raw) - stream->size);
	if (got < 0)
		return stream_fail(stream, error, strerror(errno));
	stream->size += (size_t)got;
	stream->ended = !got;
	return 0;
}

/* The first bytes say whether the file is compressed. */
static int stream_begin(struct pfnscope_stream *stream, struct pfnscope_error *error)
{
	const char *reason;

	do {
		if (stream_fill(stream, error))
			return -1;
	} while (!stream->ended && stream->size < 8);
	if (!pfnscope_unpack_new(stream->raw, stream->size, &stream->unpack,
				 &reason))
		return 0;
	return pfnscope_fail(error, PFNSCOPE_BAD_DATA,
			     "%s: it is compressed by %s", stream->name, reason);
}

int pfnscope_stream_open(const char *path, struct pfnscope_stream **stream,
			 struct pfnscope_error *error)
{
	bool standard = !strcmp(path, "-");
	struct pfnscope_stream *new = pfnscope_calloc(1, sizeof(*new));
	struct stat status;

	new->name = pfnscope_strdup(standard ? "standard input" : path);
	new->fd = standard ? dup(STDIN_FILENO) :
			     open(path, O_RDONLY | O_CLOEXEC);
	if (new->fd < 0 || fstat(new->fd, &status))
		stream_fail(new, error, strerror(errno));
	else if (S_ISDIR(status.st_mode))
		stream_fail(new, error, strerror(EISDIR));
	else if (!stream_begin(new, error)) {
		*stream = new;
		return 0;
	}
	pfnscope_stream_close(new);
	return -1;
}

int pfnscope_stream_memory(const char *name, const char *text, size_t size,
			   struct pfnscope_stream **stream, struct pfnscope_error *error)
{
	struct pfnscope_stream *new = pfnscope_calloc(1, sizeof(*new));

	new->name = pfnscope_strdup(name);
	new->fd = -1;
	new->memory = text;
	new->memory_size = size;
	if (!stream_begin(new, error)) {
		*stream = new;
		return 0;
	}
	pfnscope_stream_close(new);
	return -1;
}

/* Return: as pfnscope_stream_read(), of bytes that are text as they are. */
static long stream_plain(struct pfnscope_stream *stream, const char **text,
			 struct pfnscope_error *error)
{
	long size;

	if (!stream->size && !stream->ended && stream_fill(stream, error))
		return -1;
	*text = stream->raw + stream->at;
	size = (long)stream->size;
	stream->at = 0;
	stream->size = 0;
	return size;
}

static long unpacked(struct pfnscope_stream *stream, const char **text,
		     struct pfnscope_error *error)
{
	const char *reason;

	*text = stream->text;
	for (;;) {
		struct pfnscope_unpack_step step = {
			.in = stream->raw + stream->at,
			.in_size = stream->size,
			.out = stream->text,
			.out_size = sizeof(stream->text),
			.last = stream->ended,
		};

		if (pfnscope_unpack_step(stream->unpack, &step, &reason))
			return stream_fail(stream, error, reason);
		stream->at += stream->size - step.in_size;
		stream->size = step.in_size;
		if (step.out > stream->text)
			return step.out - stream->text;
		if (!stream->ended) {
			if (stream_fill(stream, error))
				return -1;
		} else if (!stream->size ||
			   step.in == stream->raw + stream->at) {
			break;
		}
	}
	return pfnscope_unpack_complete(stream->unpack) ? 0 :
	       stream_fail(stream, error, "the compressed data ends early");
}

long pfnscope_stream_read(struct pfnscope_stream *stream, const char **text,
			  struct pfnscope_error *error)
{
	return stream->unpack ? unpacked(stream, text, error) :
				stream_plain(stream, text, error);
}

void pfnscope_stream_close(struct pfnscope_stream *stream)
{
	if (!stream)
		return;
	if (stream->fd >= 0)
		close(stream->fd);
	pfnscope_unpack_free(stream->unpack);
	free(stream->name);
	free(stream);
}

const char *pfnscope_stream_name(const struct pfnscope_stream *stream)
{
	return stream->name;
}
