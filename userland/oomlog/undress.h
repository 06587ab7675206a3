/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bare lines of the kernel out of any text: transport (mail, escapes, markup,
 * JSON) and then the prefixes of loggers are taken off.
 */
#ifndef PFNSCOPE_OOMLOG_UNDRESS_H
#define PFNSCOPE_OOMLOG_UNDRESS_H

#include <stdbool.h>
#include <stddef.h>

/* A line longer than this is parted; no kernel prints one half as long. */
#define PFNSCOPE_LOGLINE_MAX	8192

/**
 * struct pfnscope_logline - one line as the kernel printed it, or a piece of it
 * @text: the line without any prefix
 * @size: bytes of @text
 * @prefix: what stood in front of it: time, host, level; not terminated
 * @prefix_size: bytes of @prefix
 * @number: line number in the file, from 1
 * @width: column of the file at which it ends
 * @quotes: depth of mail quoting
 * @stamped: it carried a time or a log prefix, so it begins a message
 * @room: the line before it had room for its first word, so nobody wrapped there
 * @full: it fills the column at which this text was cut
 * @marked: a mark there said so
 * @indented: blanks stood in front of it
 * @doubled: the lines of its text are there twice
 * @spaced: blanks stood behind it
 * @unread: its prefix could not be told from its text
 * @caller: the number of a printk caller prefix, as "T5241", or empty
 * @host: the word before "kernel" in the prefix, or empty
 */
struct pfnscope_logline {
	const char *text;
	size_t size;
	const char *prefix;
	size_t prefix_size;
	size_t number;
	size_t width;
	unsigned int quotes;
	bool stamped;
	bool room;
	bool full;
	bool marked;
	bool doubled;
	bool indented;
	bool spaced;
	bool unread;
	char caller[16];
	char host[40];
};

struct pfnscope_loglines {
	void (*line)(void *context, const struct pfnscope_logline *line);
	void *context;
};

struct pfnscope_undress;

struct pfnscope_undress *
pfnscope_undress_new(const struct pfnscope_loglines *out);
void pfnscope_undress_feed(struct pfnscope_undress *undress, const char *text,
			   size_t size);
void pfnscope_undress_end(struct pfnscope_undress *undress);

#endif
