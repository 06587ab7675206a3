// SPDX-License-Identifier: GPL-2.0-only
/*
 * Below stdio, so that whoever asks what standard output is, for colours or its width, is told
 * that it is no terminal.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "render/capture.h"

static FILE *stream_of(int i)
{
	return i ? stderr : stdout;
}

int pfnscope_capture_begin(struct pfnscope_capture *capture, struct pfnscope_error *error)
{
	for (int i = 0; i < 2; i++) {
		fflush(stream_of(i));
		capture->kept[i] = dup(STDOUT_FILENO + i);
		capture->memory[i] = memfd_create("pfnscope", MFD_CLOEXEC);
		if (capture->kept[i] >= 0 && capture->memory[i] >= 0 &&
		    dup2(capture->memory[i], STDOUT_FILENO + i) >= 0)
			continue;
		return pfnscope_fail(error, PFNSCOPE_OUTPUT, "standard output: %s", strerror(errno));
	}
	return 0;
}

static char *content_of(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *text = pfnscope_calloc(1, (size_t)(size > 0 ? size : 0) + 1);
	ssize_t got = 0;

	for (off_t at = 0; at < size; at += got) {
		got = pread(fd, text + at, (size_t)(size - at), at);
		if (got <= 0)
			break;
	}
	return text;
}

void pfnscope_capture_end(struct pfnscope_capture *capture, char **out, char **remarks)
{
	char **const text[] = { out, remarks };

	for (int i = 0; i < 2; i++) {
		fflush(stream_of(i));
		dup2(capture->kept[i], STDOUT_FILENO + i);
		close(capture->kept[i]);
		*text[i] = content_of(capture->memory[i]);
		close(capture->memory[i]);
	}
}
