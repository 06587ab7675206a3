// SPDX-License-Identifier: GPL-2.0-only
/* From a text to reports: undress each line, join what was wrapped or in pieces, gather. */
#include "oomlog/asterisks.h"
#include "oomlog/gather.h"
#include "oomlog/pieces.h"
#include "oomlog/reader.h"
#include "oomlog/repeated.h"

#include <stdlib.h>

#include "base/alloc.h"

struct pfnscope_oomlog {
	struct pfnscope_oomlog_sink sink;
	struct pfnscope_undress *undress;
	struct pfnscope_joiner joiner;
	struct pfnscope_repeated repeated;
	struct pfnscope_pieces pieces;
	struct pfnscope_logical restored;
	struct pfnscope_gather gather;
};

static void reader_take_line(void *context, const struct pfnscope_logical *line)
{
	struct pfnscope_oomlog *log = context;

	if (line->kind == PFNSCOPE_LINE_LIST &&
	    pfnscope_asterisks_restore(line, &log->restored))
		line = &log->restored;
	pfnscope_gather_line(&log->gather, line);
}

static void complete(void *context, const struct pfnscope_logical *line)
{
	struct pfnscope_oomlog *log = context;

	if (!pfnscope_repeated_line(&log->repeated, line))
		pfnscope_pieces_line(&log->pieces, line);
}

static void join(void *context, const struct pfnscope_logline *line)
{
	struct pfnscope_oomlog *log = context;

	pfnscope_join_line(&log->joiner, line);
}

/**
 * pfnscope_oomlog_new - begin a log
 * @sink: takes the reports, in the order in which they end
 *
 * Return: the reader; pfnscope_oomlog_end() frees it.
 */
struct pfnscope_oomlog *
pfnscope_oomlog_new(const struct pfnscope_oomlog_sink *sink)
{
	struct pfnscope_oomlog *log = pfnscope_calloc(1, sizeof(*log));
	struct pfnscope_loglines lines = { join, log };

	log->sink = *sink;
	log->gather.sink = &log->sink;
	log->joiner.out = (struct pfnscope_logicals){ complete, log };
	log->pieces.out = (struct pfnscope_logicals){ reader_take_line, log };
	log->undress = pfnscope_undress_new(&lines);
	return log;
}

/**
 * pfnscope_oomlog_feed - the next piece of the log
 * @log: the reader
 * @text: any bytes
 * @size: how many
 *
 * Linear in @size; memory is that of the few reports open at one time.
 *
 * Return: 0, what the sink returned, or -ENOMEM.
 */
int pfnscope_oomlog_feed(struct pfnscope_oomlog *log, const char *text,
			 size_t size)
{
	if (!log->gather.error)
		pfnscope_undress_feed(log->undress, text, size);
	return log->gather.error;
}

/**
 * pfnscope_oomlog_end - the log ends: hand out what is open, free the reader
 * @log: the reader
 *
 * Return: as pfnscope_oomlog_feed().
 */
int pfnscope_oomlog_end(struct pfnscope_oomlog *log)
{
	int error;

	pfnscope_undress_end(log->undress);
	pfnscope_join_end(&log->joiner);
	pfnscope_pieces_end(&log->pieces);
	pfnscope_gather_end(&log->gather);
	error = log->gather.error;
	free(log);
	return error;
}
