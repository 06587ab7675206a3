/* SPDX-License-Identifier: GPL-2.0-only */
/* A text of any size that the user named, in pieces; compressed or not. */
#ifndef PFNSCOPE_SOURCE_STREAM_H
#define PFNSCOPE_SOURCE_STREAM_H

#include <stddef.h>

#include "base/error.h"

struct pfnscope_stream;

/*
 * "-" is standard input. The first bytes are read: what cannot be read at all
 * is known before anything of it is used. Return: 0, or -1 with @error.
 */
int pfnscope_stream_open(const char *path, struct pfnscope_stream **stream,
			 struct pfnscope_error *error);
/* A text in memory, which stays there; @name is what messages call it. */
int pfnscope_stream_memory(const char *name, const char *text, size_t size,
			   struct pfnscope_stream **stream, struct pfnscope_error *error);
/*
 * The next piece, valid until the next call.
 * Return: its size, 0 at the end, -1 with @error.
 */
long pfnscope_stream_read(struct pfnscope_stream *stream, const char **text,
			  struct pfnscope_error *error);
void pfnscope_stream_close(struct pfnscope_stream *stream);
const char *pfnscope_stream_name(const struct pfnscope_stream *stream);

#endif
