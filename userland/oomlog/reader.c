// SPDX-License-Identifier: GPL-2.0-only
/* From a text to reports: undress each line, join the wrapped, gather. */
#include "oomlog/gather.h"
#include "oomlog/reader.h"

#include <errno.h>
#include <stdlib.h>

struct reader {
	struct pfnscope_joiner joiner;
	struct pfnscope_gather gather;
};

static void take_line(void *context, const struct pfnscope_logical *line)
{
	struct reader *reader = context;

	pfnscope_gather_line(&reader->gather, line);
}

static void join(void *context, const struct pfnscope_logline *line)
{
	struct reader *reader = context;

	pfnscope_join_line(&reader->joiner, line);
}

/**
 * pfnscope_oomlog_read - find every report in a log
 * @text: the log
 * @size: its size in bytes
 * @sink: takes the reports, in the order in which they end
 *
 * Linear in @size; memory is that of the few reports open at one time.
 *
 * Return: 0, what the sink returned, or -ENOMEM.
 */
int pfnscope_oomlog_read(const char *text, size_t size,
			 const struct pfnscope_oomlog_sink *sink)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	struct pfnscope_loglines lines = { join, reader };
	int error;

	if (!reader)
		return -ENOMEM;
	reader->gather.sink = sink;
	reader->joiner.out = (struct pfnscope_logicals){ take_line, reader };
	pfnscope_undress(text, size, &lines);
	pfnscope_join_end(&reader->joiner);
	pfnscope_gather_end(&reader->gather);
	error = reader->gather.error;
	free(reader);
	return error;
}
