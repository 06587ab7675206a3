// SPDX-License-Identifier: GPL-2.0-only
/* Text on standard output, and the end of all output. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "render/parts.h"

/* What is rendered is one answer at a time, so there is one place for it. */
static FILE *kept;

FILE *pfnscope_output(void)
{
	return kept ? kept : stdout;
}

void pfnscope_render_keep(FILE *file)
{
	kept = file;
}

void pfnscope_render_text(const char *format, ...)
{
	struct pfnscope_text safe = { 0 };
	char *text, *line, *rest;
	va_list arguments;

	va_start(arguments, format);
	text = pfnscope_vformat(format, arguments);
	va_end(arguments);
	for (rest = text; (line = strsep(&rest, "\n"));) {
		pfnscope_text_put_printable(&safe, line, "");
		if (rest)
			pfnscope_text_put_char(&safe, '\n');
	}
	if (safe.length)
		fwrite(safe.data, 1, safe.length, pfnscope_output());
	free(safe.data);
	free(text);
}

int pfnscope_render_finish(struct pfnscope_error *error)
{
	int failure = errno;

	if (kept || (!fflush(stdout) && !ferror(stdout)))
		return 0;
	/* A write that failed before the last one has left no errno. */
	failure = errno ? errno : failure;
	return pfnscope_fail(error, PFNSCOPE_OUTPUT, "standard output: %s",
			     failure ? strerror(failure) : "write error");
}

/* Return: what it was. */
static int divert(int fd, int nowhere)
{
	int kept = fcntl(fd, F_DUPFD_CLOEXEC, 3);

	dup2(nowhere, fd);
	return kept;
}

static void bring_back(int fd, int kept)
{
	if (kept < 0)
		return;
	dup2(kept, fd);
	close(kept);
}

struct pfnscope_hushed pfnscope_render_hush(int nowhere)
{
	struct pfnscope_hushed hushed;

	fflush(stdout);
	hushed.out = divert(STDOUT_FILENO, nowhere);
	hushed.err = divert(STDERR_FILENO, nowhere);
	return hushed;
}

void pfnscope_render_speak(const struct pfnscope_hushed *hushed)
{
	fflush(stdout);
	clearerr(stdout);
	bring_back(STDOUT_FILENO, hushed->out);
	bring_back(STDERR_FILENO, hushed->err);
}
