// SPDX-License-Identifier: GPL-2.0-only
/* Where two pieces meet: did the break fall within a word, or between two? */
#include "oomlog/join-inside.h"

/**
 * pfnscope_join_open_frame - does the frame that is held go on?
 * @joiner: holds it
 *
 * Return: true for "[<c01af34c>] ?", which lacks its function, and for "(a) from
 * [<c01af34c>] (b", which lacks its end.
 */
bool pfnscope_join_open_frame(const struct pfnscope_joiner *joiner)
{
	struct pfnscope_scan s = join_held(joiner);
	int depth = 0;

	if (joiner->held.kind != PFNSCOPE_LINE_FRAME)
		return join_ends_with(s, "?") || join_ends_with(s, "]");
	for (; s.at < s.end; s.at++)
		depth += (*s.at == '(') - (*s.at == ')');
	return depth > 0;
}

/* "free:57" of "free:5752kB", "0*10" of "0*1024kB", "(UM" of "(UME)". */
static bool is_cut_field(struct pfnscope_scan word, bool pages)
{
	struct pfnscope_scan value = word;

	if (pfnscope_scan_starts(&word, "("))
		return !join_ends_with(word, ")");
	if (pfnscope_scan_after(&value, "*"))
		return !join_ends_with(word, "kB");
	value = word;
	while (value.at < value.end && (islower((unsigned char)*value.at) ||
					strchr("_()", *value.at)))
		value.at++;
	if (value.at == word.at)
		return false;
	if (pfnscope_scan_done(&value))
		return true;
	if (!pfnscope_scan_char(&value, ':'))
		return false;
	if (pages && !pfnscope_scan_done(&value))
		return false;
	return !join_ends_with(value, "kB") && !join_ends_with(value, "KB");
}

/*
 * "/kubepo" and "ds/pod1 killed as": a path ends before a word of the kernel's,
 * or in a colon.
 */
static bool is_cut_path(struct pfnscope_scan word, const struct pfnscope_logline *line)
{
	struct pfnscope_scan next = pfnscope_scan_from(line->text, line->size);

	return pfnscope_scan_starts(&word, "/") && !join_ends_with(word, ":") &&
	       !pfnscope_scan_starts(&next, "killed ") && !pfnscope_scan_starts(&next, "are going");
}

/* The number of "limit 5242" and of "rss:44" has lost its unit. */
static bool is_cut_number(struct pfnscope_scan word, char next)
{
	return word.at < word.end && isdigit((unsigned char)word.end[-1]) &&
	       (isdigit((unsigned char)next) || next == 'k' || next == 'K');
}

/* "all_unreclaimable? yes": a word, and no name of a field that lacks its end. */
static bool is_answer(struct pfnscope_scan word)
{
	return (pfnscope_scan_skip(&word, "yes") || pfnscope_scan_skip(&word, "no")) && pfnscope_scan_done(&word);
}

/* Of a header: "oom_score_adj=-9" and "99", "gfp_mask=0x140c" and "a(GFP_", "(GFP_KERN" and "EL)". */
static bool was_cut_header(struct pfnscope_scan word, const struct pfnscope_logline *line)
{
	struct pfnscope_scan next = pfnscope_scan_from(line->text, line->size), mask = word;
	uint64_t ignored;

	if (pfnscope_scan_after(&word, "(") && !pfnscope_scan_has(word, ")"))
		return true;
	if (!pfnscope_scan_after(&mask, "=0x") && !pfnscope_scan_after(&mask, ":0x"))
		return mask.at < mask.end && isdigit((unsigned char)mask.end[-1]) &&
		       isdigit((unsigned char)*line->text);
	if (!pfnscope_scan_done(&mask) &&
	    (!pfnscope_scan_hex(&mask, &ignored) || !pfnscope_scan_done(&mask)))
		return false;
	pfnscope_scan_hex(&next, &ignored);
	return pfnscope_scan_done(&next) || strchr("(,", *next.at);
}

/* The lines of a cgroup: paths, and numbers with a unit. */
static bool was_cut_memcg(enum pfnscope_line_kind kind, struct pfnscope_scan s,
			  const struct pfnscope_logline *line)
{
	struct pfnscope_scan word = { join_last_word(s), s.end };
	bool fields = pfnscope_scan_has(s, "B ") && join_ends_with(word, ":") &&
		      isdigit((unsigned char)*line->text);

	if (kind == PFNSCOPE_LINE_MEMCG_STATS && (fields || (pfnscope_scan_has(s, "B ") &&
						  is_cut_field(word, false))))
		return true;
	return is_cut_path(word, line) || (kind != PFNSCOPE_LINE_MEMCG_TASK &&
					   is_cut_number(word, *line->text));
}

/* A whole field of a zone or node before, the name of another one behind. */
static bool is_between_fields(const struct pfnscope_joiner *joiner, char next)
{
	struct pfnscope_scan s = join_held(joiner);

	return (joiner->held.kind == PFNSCOPE_LINE_ZONE ||
		joiner->held.kind == PFNSCOPE_LINE_NODE) &&
	       (join_ends_with(s, "kB") || join_ends_with(s, "KB")) &&
	       isalpha((unsigned char)next);
}

/**
 * pfnscope_join_was_cut - is there no blank between what is held and the next piece?
 * @joiner: holds the message
 * @line: the piece
 *
 * A cut at a column splits words, a wrap at blanks does not. The fields of these
 * lines have a fixed shape, so the last one says which it was.
 *
 * Return: true if so.
 */
bool pfnscope_join_was_cut(const struct pfnscope_joiner *joiner,
			   const struct pfnscope_logline *line)
{
	char next = *line->text;
	struct pfnscope_scan s = join_held(joiner);
	struct pfnscope_scan word = { join_last_word(s), s.end };
	bool pages = joiner->held.kind == PFNSCOPE_LINE_COUNTERS ||
		     joiner->held.kind == PFNSCOPE_LINE_COUNTERS_MORE;

	if (joiner->held.full)
		return !line->indented && !joiner->held.spaced &&
		       !is_between_fields(joiner, next);
	if (join_ends_with_hyphen(s) && isalnum((unsigned char)next))
		return true;
	/* "oom-kill:constraint=a,nodemask=b": no blank but within a name. */
	if (joiner->held.kind == PFNSCOPE_LINE_CONSTRAINT)
		return true;
	if (joiner->held.kind == PFNSCOPE_LINE_FRAME)
		return pfnscope_join_open_frame(joiner);
	if (joiner->held.kind == PFNSCOPE_LINE_HEADER)
		return was_cut_header(word, line);
	if (joiner->held.kind == PFNSCOPE_LINE_MEMCG_TASK ||
	    joiner->held.kind == PFNSCOPE_LINE_MEMCG_STATS ||
	    joiner->held.kind == PFNSCOPE_LINE_MEMCG_USAGE)
		return was_cut_memcg(joiner->held.kind, s, line);
	if (joiner->held.kind != PFNSCOPE_LINE_ZONE &&
	    joiner->held.kind != PFNSCOPE_LINE_NODE &&
	    joiner->held.kind != PFNSCOPE_LINE_LIST && !pages)
		return false;
	if (isdigit((unsigned char)next) && pages && word.at < word.end &&
	    isdigit((unsigned char)word.end[-1]))
		return true;
	return next == '*' || (is_cut_field(word, pages) && !(is_answer(word) && isupper((unsigned char)next)));
}
