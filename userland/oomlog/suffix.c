// SPDX-License-Identifier: GPL-2.0-only
/* The end of a message in a table of several columns: "text",17 or text<tab>warn */
#include "oomlog/suffix.h"

#include <ctype.h>

static unsigned int count_marks(char mark, const char *from, const char *to)
{
	unsigned int n = 0;

	for (; from < to; from++)
		n += *from == mark;
	return n;
}

/* A full table forgets what was seen least. */
static struct pfnscope_suffix *suffix_find(struct pfnscope_suffixes *suffixes,
					   char mark, unsigned int marks)
{
	struct pfnscope_suffix *least = &suffixes->suffix[0];

	for (unsigned int i = 0; i < PFNSCOPE_SUFFIXES; i++) {
		struct pfnscope_suffix *suffix = &suffixes->suffix[i];

		if (suffix->mark == mark && suffix->count == marks)
			return suffix;
		if (suffix->seen < least->seen)
			least = suffix;
	}
	*least = (struct pfnscope_suffix){ .mark = mark, .count = marks };
	return least;
}

/**
 * pfnscope_suffix_learn - the end of the kernel's text is known in a line
 * @suffixes: what is known so far
 * @anchor: the kernel's text
 * @end: of the line
 */
void pfnscope_suffix_learn(struct pfnscope_suffixes *suffixes,
			   const struct pfnscope_anchor *anchor,
			   const char *end)
{
	struct pfnscope_suffix *suffix;
	const char *at = anchor->end;

	while (at < end && *at == ' ')
		at++;
	if (at == end || isalnum((unsigned char)*at) ||
	    (unsigned char)*at >= 0x80)
		return;
	suffix = suffix_find(suffixes, *at, count_marks(*at, at, end));
	suffix->seen++;
	suffix->ranks |= 1U << anchor->rank;
}

/**
 * pfnscope_suffix_cut - take off what stands behind the message
 * @suffixes: what is known
 * @line: the line, which ends with the message afterwards
 *
 * As with prefixes, what was seen behind lines of one kind alone is none.
 *
 * Return: true where something was cut off.
 */
bool pfnscope_suffix_cut(const struct pfnscope_suffixes *suffixes,
			 struct pfnscope_scan *line)
{
	const struct pfnscope_suffix *best = NULL;
	const char *at = line->end;
	unsigned int left;

	for (unsigned int i = 0; i < PFNSCOPE_SUFFIXES; i++) {
		const struct pfnscope_suffix *suffix = &suffixes->suffix[i];

		if (suffix->ranks & (suffix->ranks - 1) &&
		    (!best || suffix->seen > best->seen))
			best = suffix;
	}
	if (!best)
		return false;
	for (left = best->count; left && at > line->at;)
		left -= *--at == best->mark;
	if (left)
		return false;
	line->end = at;
	return true;
}
