// SPDX-License-Identifier: GPL-2.0-only
/* An open file, or a text in memory, read by lines or whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "source/source.h"

#define BUFFER_SIZE	(64 * 1024)
#define LINE_LIMIT	(1024 * 1024)	/* no file of ours comes near it */

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

struct pfnscope_input *pfnscope_input_of(char *name, int fd)
{
	struct pfnscope_input *input = pfnscope_calloc(1, sizeof(*input));

	input->name = name;
	pfnscope_printable(input->name);
	input->fd = fd;
	return input;
}

int pfnscope_input_open(const char *path, struct pfnscope_input **input)
{
	bool standard = !strcmp(path, "-");
	int fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	*input = pfnscope_input_of(pfnscope_strdup(standard ? "standard input" : path), fd);
	return 0;
}

int pfnscope_input_memory(const char *name, const char *text, size_t size,
			  struct pfnscope_input **input)
{
	*input = pfnscope_input_of(pfnscope_strdup(name), -1);
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
