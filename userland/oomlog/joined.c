// SPDX-License-Identifier: GPL-2.0-only
/*
 * Newlines that were lost. Most of the kernel's lines begin with a word that only it prints; rows of tables
 * do not, and are looked for only behind the heading of their table.
 */
#include "oomlog/joined.h"

#include <ctype.h>
#include <string.h>

#include "base/array.h"
#include "oomlog/anchor.h"
#include "oomlog/line.h"

/* Begin a line wherever they stand, but are no anchors: other programs print them too. */
static const struct opening {
	const char *text;
	enum pfnscope_joined_rows rows;
} openings[] = {
	{ "Unreclaimable slab info:", PFNSCOPE_JOINED_SLABS },
	{ "oom_reaper: reaped process ", PFNSCOPE_JOINED_NONE },
	{ "Tasks in /", PFNSCOPE_JOINED_NONE },
	{ "Kernel panic - not syncing", PFNSCOPE_JOINED_NONE },
	{ "RIP: ", PFNSCOPE_JOINED_NONE },
	{ "EIP: ", PFNSCOPE_JOINED_NONE },
};

static bool is_opening(struct pfnscope_joined *joined, struct pfnscope_scan s)
{
	for (size_t i = 0; i < ARRAY_SIZE(openings); i++) {
		if (!pfnscope_scan_starts(&s, openings[i].text))
			continue;
		joined->rows = openings[i].rows;
		return true;
	}
	return false;
}

/* "hog invoked oom-killer: ", "sh: page allocation failure": of a name with blanks the last word. */
static bool is_header(const struct pfnscope_joined *joined, struct pfnscope_scan s)
{
	while (s.at < s.end && *s.at != ' ' && *s.at != ':')
		s.at++;
	return joined->any && (pfnscope_scan_starts(&s, " invoked oom-killer: ") ||
			       pfnscope_scan_starts(&s, ": page allocation failure"));
}

/* Up to 5.0 a line of its own: "Killed process 22 (hog) total-vm:". */
static bool is_kill(struct pfnscope_scan s, const char *begin)
{
	return pfnscope_scan_starts(&s, "Killed process ") &&
	       (s.at - begin < 2 || s.at[-2] != ':');
}

/* "anon 4096 ": what follows the number is another one, or other text. */
static bool begins_stat(struct pfnscope_scan s)
{
	const char *begin = s.at;

	while (s.at < s.end && (islower((unsigned char)*s.at) || isdigit((unsigned char)*s.at) ||
				*s.at == '_'))
		s.at++;
	return islower((unsigned char)*begin) && pfnscope_scan_char(&s, ' ') &&
	       pfnscope_scan_digits(&s) &&
	       (pfnscope_scan_done(&s) || isblank((unsigned char)*s.at));
}

static bool is_row(const struct pfnscope_joined *joined, struct pfnscope_scan s)
{
	switch (joined->rows) {
	case PFNSCOPE_JOINED_TASKS:
		return pfnscope_line_task_row(s);
	case PFNSCOPE_JOINED_STATS:
		return begins_stat(s);
	case PFNSCOPE_JOINED_SLABS:
		return pfnscope_line_slab_row(s) || pfnscope_scan_starts(&s, "Name ");
	default:
		return false;
	}
}

static bool is_anchored(struct pfnscope_joined *joined, struct pfnscope_scan s)
{
	struct pfnscope_anchor anchor;

	if (!pfnscope_anchor_here(s, &anchor))
		return false;
	joined->rows = anchor.rank == PFNSCOPE_ANCHOR_TASKS ? PFNSCOPE_JOINED_TASKS :
		       pfnscope_scan_starts(&s, "Memory cgroup stats for ") ?
		       PFNSCOPE_JOINED_STATS : PFNSCOPE_JOINED_NONE;
	joined->left.at = anchor.past;
	return true;
}

static bool begins(struct pfnscope_joined *joined, struct pfnscope_scan s, const char *begin)
{
	return is_anchored(joined, s) || is_opening(joined, s) || is_row(joined, s) ||
	       is_kill(s, begin) || is_header(joined, s);
}

/**
 * pfnscope_joined_begin - a text that may be in the middle of a table
 * @joined: will be at its beginning
 * @text: without what stands before the kernel's own
 */
void pfnscope_joined_begin(struct pfnscope_joined *joined, struct pfnscope_scan text)
{
	pfnscope_scan_blanks(&text);
	*joined = (struct pfnscope_joined){
		.left = text,
		.rows = pfnscope_line_task_row(text) ? PFNSCOPE_JOINED_TASKS :
			pfnscope_line_slab_row(text) ? PFNSCOPE_JOINED_SLABS :
						       PFNSCOPE_JOINED_NONE,
	};
}

/**
 * pfnscope_joined_next - where does the next of the kernel's lines begin?
 * @joined: the text; what was looked at is passed
 *
 * Return: its first byte, NULL where none follows.
 */
const char *pfnscope_joined_next(struct pfnscope_joined *joined)
{
	const char *begin = joined->left.at;
	bool inside = joined->any && !isblank((unsigned char)begin[-1]);	/* a word */

	while (joined->left.at < joined->left.end) {
		struct pfnscope_scan s = joined->left;

		joined->left.at++;
		if (!inside && !isblank((unsigned char)*s.at) && begins(joined, s, begin)) {
			joined->any = true;
			return s.at;
		}
		inside = !isblank((unsigned char)*s.at);
	}
	return NULL;
}
