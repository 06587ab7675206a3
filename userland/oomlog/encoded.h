/* SPDX-License-Identifier: GPL-2.0-only */
/* Blocks of base64 and of percent signs. */
#ifndef PFNSCOPE_OOMLOG_ENCODED_H
#define PFNSCOPE_OOMLOG_ENCODED_H

#include "oomlog/scan.h"

/* As much of a line tells whether it is encoded. */
#define PFNSCOPE_ENCODED_AHEAD	256

enum pfnscope_encoding {
	PFNSCOPE_ENCODING_NONE,
	PFNSCOPE_ENCODING_BASE64,
	PFNSCOPE_ENCODING_PERCENT,
};

/**
 * struct pfnscope_encoded - what is known of the line at hand
 * @encoding: of this line; base64 goes on in the next one
 * @begun: the line is not at its start
 * @plus: its blanks are '+'
 * @padded: the block has ended
 * @bits: those of base64 that are no byte yet
 * @count: how many they are
 */
struct pfnscope_encoded {
	enum pfnscope_encoding encoding;
	bool begun;
	bool plus;
	bool padded;
	uint32_t bits;
	unsigned int count;
};

size_t pfnscope_encoded_undo(struct pfnscope_encoded *e, struct pfnscope_scan *s, char *out,
			     size_t room, bool last);

#endif
