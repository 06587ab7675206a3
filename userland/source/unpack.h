/* SPDX-License-Identifier: GPL-2.0-only */
/* Compressed text, read as it comes. */
#ifndef PFNSCOPE_SOURCE_UNPACK_H
#define PFNSCOPE_SOURCE_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

struct pfnscope_unpack;

/**
 * struct pfnscope_unpack_step - what one step has to work with
 * @in: compressed bytes that were not used
 * @in_size: how many
 * @out: where text goes
 * @out_size: room that is left there
 * @last: nothing follows @in
 */
struct pfnscope_unpack_step {
	const char *in;
	size_t in_size;
	char *out;
	size_t out_size;
	bool last;
};

/*
 * By the first bytes of a file. *@unpack is NULL where it is not compressed.
 * Return: 0, or -1 with @reason: it is, by what this command cannot read.
 */
int pfnscope_unpack_new(const char *begin, size_t size,
			struct pfnscope_unpack **unpack, const char **reason);
/* Return: 0, or -1 with @reason. A step that makes nothing needs more input. */
int pfnscope_unpack_step(struct pfnscope_unpack *unpack,
			 struct pfnscope_unpack_step *step,
			 const char **reason);
/* Did the text end where its compressed form says it does? */
bool pfnscope_unpack_complete(const struct pfnscope_unpack *unpack);
void pfnscope_unpack_free(struct pfnscope_unpack *unpack);

#endif
