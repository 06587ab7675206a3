/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files that join lines share. */
#ifndef PFNSCOPE_OOMLOG_JOIN_INSIDE_H
#define PFNSCOPE_OOMLOG_JOIN_INSIDE_H

#include "oomlog/line.h"

#include <ctype.h>
#include <string.h>

static inline struct pfnscope_scan join_held(const struct pfnscope_joiner *joiner)
{
	return pfnscope_scan_from(joiner->held.text, joiner->held.size);
}

static inline bool join_ends_with(struct pfnscope_scan s, const char *word)
{
	size_t size = strlen(word);

	return (size_t)(s.end - s.at) >= size &&
	       !memcmp(s.end - size, word, size);
}

/* Editors and browsers also wrap behind the hyphen of a word: "invoked oom-", "anon-". */
static inline bool join_ends_with_hyphen(struct pfnscope_scan s)
{
	return s.end - s.at > 1 && s.end[-1] == '-' &&
	       isalnum((unsigned char)s.end[-2]);
}

static inline const char *join_last_word(struct pfnscope_scan s)
{
	const char *word = s.end;

	while (word > s.at && word[-1] != ' ')
		word--;
	return word;
}

bool pfnscope_join_open_frame(const struct pfnscope_joiner *joiner);
bool pfnscope_join_was_cut(const struct pfnscope_joiner *joiner,
			   const struct pfnscope_logline *line);

#endif
