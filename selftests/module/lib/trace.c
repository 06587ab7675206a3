// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "lib/text.h"
#include "lib/trace.h"

#define FILTER TRACING "/set_ftrace_filter"

/* To be opened so empties the filter, and the trace. */
static bool clear(const char *path)
{
	int fd = open(path, O_WRONLY | O_TRUNC);

	return fd >= 0 && !close(fd);
}

/* A word counts when the file is closed. */
static bool add_filter(const char *function)
{
	int fd = open(FILTER, O_WRONLY | O_APPEND);
	bool ok = fd >= 0 && write(fd, function, strlen(function)) == (ssize_t)strlen(function);

	return fd >= 0 && !close(fd) && ok;
}

bool trace_functions(const char *const *functions)
{
	bool ok;

	if (access(FILTER, F_OK))
		mount("tracefs", TRACING, "tracefs", 0, NULL);
	/* One counter for all CPUs: what came first stands first. */
	ok = !text_write(TRACING "/current_tracer", "nop") && !text_write(TRACING "/trace_clock", "counter") &&
	     clear(FILTER) && clear(TRACING "/trace");
	for (; ok && *functions; functions++)
		ok = add_filter(*functions);
	return ok && !text_write(TRACING "/current_tracer", "function");
}

char *trace_end(void)
{
	char *text = text_need(TRACING "/trace");

	text_write(TRACING "/current_tracer", "nop");
	clear(FILTER);
	return text;
}
