/* SPDX-License-Identifier: GPL-2.0-only */
/* How text formats spell characters: escapes, entities, tags, colours. */
#ifndef PFNSCOPE_OOMLOG_SPELLING_H
#define PFNSCOPE_OOMLOG_SPELLING_H

#include "oomlog/scan.h"

/* The longest that is looked at: a tag with its attributes. */
#define PFNSCOPE_SPELLING_MAX	256

/**
 * enum pfnscope_spelled - what was spelled
 * @PFNSCOPE_SPELLED_ITSELF: the character at the cursor means itself
 * @PFNSCOPE_SPELLED_NOTHING: markup without a meaning here
 * @PFNSCOPE_SPELLED_CHARACTER: one character
 * @PFNSCOPE_SPELLED_NEWLINE: a newline within a record
 * @PFNSCOPE_SPELLED_BREAK: a tag that begins a line
 */
enum pfnscope_spelled {
	PFNSCOPE_SPELLED_ITSELF,
	PFNSCOPE_SPELLED_NOTHING,
	PFNSCOPE_SPELLED_CHARACTER,
	PFNSCOPE_SPELLED_NEWLINE,
	PFNSCOPE_SPELLED_BREAK,
};

enum pfnscope_spelled pfnscope_spelling(struct pfnscope_scan *s, bool cut,
					char *means);

#endif
