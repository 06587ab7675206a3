// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a line that is known teaches of the others: the prefix before it, what
 * stands behind it, the order of the records, and what lies between them.
 */
#include "oomlog/strip-inside.h"

#include <ctype.h>
#include <string.h>

static void learn_order(struct pfnscope_strip *strip,
			enum pfnscope_anchor_rank rank)
{
	if (strip->rank != PFNSCOPE_ANCHOR_NONE) {
		strip->ups += rank > strip->rank;
		strip->downs += rank < strip->rank;
	}
	strip->rank = rank;
}

/* Is what stands behind a line that is complete of this log, or between its records? */
static void learn_between(struct pfnscope_strip *strip, struct pfnscope_scan s)
{
	struct pfnscope_match match;

	if (!strip->complete || pfnscope_scan_done(&s))
		return;
	strip->complete = false;
	if (pfnscope_strip_knows(s) ||
	    (pfnscope_shapes_match(&strip->shapes, s, &match) && match.whole))
		strip->together++;
	else
		strip->alone++;
}

/* "... Mem-Info:" behind a prefix, and no more of it. */
static bool is_complete(const struct pfnscope_anchor *anchor, struct pfnscope_scan s)
{
	const char *at = anchor->end;

	if (!at || anchor->at == s.at || anchor->rank == PFNSCOPE_ANCHOR_ZONE)
		return false;
	while (at < s.end && !isalnum((unsigned char)*at))
		at++;
	return at == s.end;
}

static void learn_line(struct pfnscope_strip *strip,
		       struct pfnscope_waiting *waiting, struct pfnscope_scan s)
{
	struct pfnscope_scan prefix;
	struct pfnscope_anchor anchor;
	const char *text = s.at;

	waiting->header = pfnscope_anchor_header(s);
	pfnscope_strip_quotes(&s);
	learn_between(strip, s);
	if (!pfnscope_anchor_find(s, &anchor))
		return;
	strip->complete = is_complete(&anchor, s);
	waiting->anchor = (size_t)(anchor.at - text);
	learn_order(strip, anchor.rank);
	if (anchor.end)
		pfnscope_suffix_learn(&strip->suffixes, &anchor, s.end);
	prefix = (struct pfnscope_scan){ s.at, anchor.at };
	pfnscope_scan_blanks(&s);
	if (s.at < anchor.at && !pfnscope_strip_knows(s))
		pfnscope_shapes_learn(&strip->shapes, prefix, anchor.rank);
}

/* "Node" ends the line before: the number of the node is no prefix of its zone. */
static bool is_behind_node(const struct pfnscope_strip *strip,
			   const struct pfnscope_waiting *waiting)
{
	const char *end = strip->text + waiting->at;

	while (end > strip->text && isblank((unsigned char)end[-1]))
		end--;
	return end - strip->text >= 4 && !memcmp(end - 4, "Node", 4);
}

/**
 * pfnscope_strip_learn - learn from the last line that waits
 * @strip: the state
 */
void pfnscope_strip_learn(struct pfnscope_strip *strip)
{
	struct pfnscope_waiting *waiting = &strip->line[strip->count - 1];

	if (is_behind_node(strip, waiting))
		return;
	learn_line(strip, waiting,
		   pfnscope_scan_from(strip->text + waiting->at, waiting->size));
}
