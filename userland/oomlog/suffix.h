/* SPDX-License-Identifier: GPL-2.0-only */
/* What tables and records have behind the message, learned from a log. */
#ifndef PFNSCOPE_OOMLOG_SUFFIX_H
#define PFNSCOPE_OOMLOG_SUFFIX_H

#include <stdint.h>

#include "oomlog/anchor.h"

#define PFNSCOPE_SUFFIXES	4

/**
 * struct pfnscope_suffix - the end of a record
 * @mark: character that ends the message
 * @count: how often it stands from there on
 * @seen: lines that taught it
 * @ranks: kinds of lines that taught it
 */
struct pfnscope_suffix {
	char mark;
	unsigned int count;
	unsigned int seen;
	uint32_t ranks;
};

struct pfnscope_suffixes {
	struct pfnscope_suffix suffix[PFNSCOPE_SUFFIXES];
};

void pfnscope_suffix_learn(struct pfnscope_suffixes *suffixes,
			   const struct pfnscope_anchor *anchor,
			   const char *end);
bool pfnscope_suffix_cut(const struct pfnscope_suffixes *suffixes,
			 struct pfnscope_scan *line);

#endif
