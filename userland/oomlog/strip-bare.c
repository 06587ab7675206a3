// SPDX-License-Identifier: GPL-2.0-only
/* One line: what stands before and behind the kernel's text in it is taken off. */
#include "oomlog/joined.h"
#include "oomlog/line.h"
#include "oomlog/strip-inside.h"

#include <ctype.h>
#include <string.h>

/* Lines that tell where a text is wrapped: half a report. */
#define NEARBY		32

/**
 * pfnscope_strip_quotes - skip the marks of quoted mail
 * @s: the line; moves behind them
 *
 * Return: how many.
 */
unsigned int pfnscope_strip_quotes(struct pfnscope_scan *s)
{
	unsigned int depth = 0;

	for (;;) {
		struct pfnscope_scan t = *s;

		pfnscope_scan_blanks(&t);
		if (!pfnscope_scan_char(&t, '>'))
			return depth;
		depth++;
		pfnscope_scan_char(&t, ' ');
		*s = t;
	}
}

/* A stamp has blanks too: wrapped, "[" ends a line and "828.600750]" follows. */
static bool broken_stamp(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	pfnscope_scan_blanks(&t);
	if (pfnscope_scan_char(&t, '[') && pfnscope_scan_done(&t)) {
		*s = t;
		return true;
	}
	t = *s;
	if (!pfnscope_scan_digits(&t) || !pfnscope_scan_char(&t, '.') ||
	    pfnscope_scan_digits(&t) != 6 || !pfnscope_scan_char(&t, ']'))
		return false;
	pfnscope_scan_char(&t, ' ');
	*s = t;
	return true;
}

/* CONFIG_PRINTK_CALLER: "[ T5241]" of a task, "[    C1]" of a CPU, "caller=T1". */
static void take_caller(struct pfnscope_scan prefix,
			struct pfnscope_logline *line)
{
	struct pfnscope_scan s = prefix;

	for (; s.at < s.end; s.at++) {
		struct pfnscope_scan t = s, id;

		if (!pfnscope_scan_skip(&t, "caller=") &&
		    !pfnscope_scan_char(&t, '['))
			continue;
		pfnscope_scan_blanks(&t);
		id = t;
		if (!pfnscope_scan_char(&t, 'T') && !pfnscope_scan_char(&t, 'C'))
			continue;
		if (!pfnscope_scan_digits(&t) || t.at >= t.end ||
		    !strchr("];,", *t.at))
			continue;
		pfnscope_scan_word(&id, "];,", line->caller,
				   sizeof(line->caller));
	}
}

/* "web-1": what begins with a letter or digit and has a letter, and is neither a time nor a level. */
static bool is_host(struct pfnscope_scan word)
{
	bool letter = false;

	for (const char *at = word.at; at < word.end; at++) {
		if (!isalnum((unsigned char)*at) && (at == word.at || !strchr("-._", *at)))
			return false;
		letter |= isalpha((unsigned char)*at) != 0;
	}
	return letter;
}

/* "Jun  2 03:11:00 web-1 kernel: ", "<4>1 2024-06-02T03:11:00Z web-1 kernel - - ": one file of many machines. */
static void take_host(struct pfnscope_scan prefix, struct pfnscope_logline *line)
{
	struct pfnscope_scan kernel, host;

	if (!pfnscope_scan_find(&prefix, " kernel", &kernel))
		return;
	host = (struct pfnscope_scan){ kernel.at, kernel.at };
	while (host.at > prefix.at && host.at[-1] != ' ')
		host.at--;
	if (is_host(host))
		pfnscope_scan_copy(host.at, host.end, line->host, sizeof(line->host));
}

/**
 * pfnscope_strip_knows - is this a line of a report?
 * @s: the line, or what is left of it
 *
 * Return: whether it is.
 */
bool pfnscope_strip_knows(struct pfnscope_scan s)
{
	pfnscope_scan_blanks(&s);
	return pfnscope_line_kind(s) != PFNSCOPE_LINE_OTHER;
}

/* Marks and words without a time may also be the beginning of a bare line. */
static bool is_prefix(const struct pfnscope_match *match,
		      struct pfnscope_scan line)
{
	return match->whole && (match->clock || pfnscope_strip_knows(match->rest) ||
				!pfnscope_strip_knows(line));
}

/*
 * A record of the same log without the kernel's own time goes on with the line
 * before; any other is not the kernel's, and ends it.
 */
static void other_record(const struct pfnscope_match *match,
			 struct pfnscope_scan *s, struct pfnscope_logline *line)
{
	*s = match->rest;
	line->stamped = !match->stamp_missing;
}

/* Read from the kernel's own words on; what else this log holds is unknown. */
static void from_anchor(struct pfnscope_strip *strip,
			const struct pfnscope_waiting *waiting, struct pfnscope_scan *s,
			struct pfnscope_logline *line)
{
	s->at = strip->text + waiting->at + waiting->anchor;
	line->stamped = true;
	strip->lost = true;
}

static void off(struct pfnscope_strip *strip,
		const struct pfnscope_match *match, struct pfnscope_scan *s,
		struct pfnscope_logline *line)
{
	strip->quoted = match->rest.at > s->at && match->rest.at[-1] == '"';
	take_caller((struct pfnscope_scan){ s->at, match->rest.at }, line);
	take_host((struct pfnscope_scan){ s->at, match->rest.at }, line);
	*s = match->rest;
	line->stamped |= match->words;
}

/* In journalctl -o verbose, tables of records, dumps of arrays. */
static bool has_lines_between(const struct pfnscope_strip *strip)
{
	return strip->alone >= 2 && strip->alone > 2 * strip->together;
}

/* No prefix, and no line that is known: the rest of a wrapped one, or another's. */
static void without_prefix(const struct pfnscope_strip *strip,
			   struct pfnscope_scan bare, struct pfnscope_logline *line)
{
	line->unread = strip->lost && !pfnscope_scan_done(&bare);
	line->stamped |= line->unread || has_lines_between(strip) ||
			 pfnscope_scan_time_of_day(bare);
}

static void take_prefix(struct pfnscope_strip *strip,
			const struct pfnscope_waiting *waiting, struct pfnscope_scan *s,
			struct pfnscope_logline *line)
{
	bool anchored = waiting->anchor != PFNSCOPE_NO_ANCHOR;
	struct pfnscope_match match;
	struct pfnscope_scan bare = *s;

	pfnscope_scan_blanks(&bare);
	if ((pfnscope_shapes_match(&strip->shapes, *s, &match) &&
	     is_prefix(&match, *s)) ||
	    (!match.whole && pfnscope_shapes_inside(&strip->shapes, *s, &match))) {
		off(strip, &match, s, line);
		/* A console that stamps what already has a stamp. */
		while (pfnscope_shapes_match(&strip->shapes, *s, &match) &&
		       match.whole && match.clock)
			off(strip, &match, s, line);
		strip->lost = false;
	} else if (!anchored && !match.whole && match.rest.at > s->at) {
		other_record(&match, s, line);
	} else if (broken_stamp(s)) {
		line->stamped = true;
	} else if (pfnscope_strip_knows(bare)) {
		strip->lost = false;
	} else if (anchored) {
		from_anchor(strip, waiting, s, line);
	} else {
		without_prefix(strip, bare, line);
	}
}

/* What JSON has behind a message, when that ended in an escaped newline. */
static bool is_json_rest(const struct pfnscope_scan *s)
{
	return pfnscope_scan_starts(s, "\",\"") ||
	       pfnscope_scan_starts(s, "\"}");
}

/* "2,097,012" of who made numbers easy to read; a list of nodes stands behind '=' or '-'. */
static size_t separated(struct pfnscope_scan s, const char *before)
{
	const char *from = s.at;
	size_t groups = 0;

	if (before && !strchr(" :(*[", *before))
		return 0;
	if (*s.at == '0' || pfnscope_scan_digits(&s) > 3)
		return 0;
	while (pfnscope_scan_char(&s, ',')) {
		if (pfnscope_scan_digits(&s) != 3)
			return 0;
		groups++;
	}
	return groups ? (size_t)(s.at - from) : 0;
}

static void join_separated(struct pfnscope_strip *strip, struct pfnscope_scan *s)
{
	char *to = strip->text + (s->at - strip->text);
	const char *from = s->at, *end = s->end;

	if (!memchr(from, ',', (size_t)(end - from)))
		return;
	while (from < end) {
		size_t size = isdigit((unsigned char)*from) ?
			separated(pfnscope_scan_from(from, (size_t)(end - from)), from > s->at ? to - 1 : NULL) : 0;
		const char *stop = from + (size ? size : 1);

		for (; from < stop; from++)
			if (!size || *from != ',')
				*to++ = *from;
	}
	s->end = to;
}

/* Tabs told columns apart; within the message they are the blanks of someone's editor. */
static void put(struct pfnscope_strip *strip, struct pfnscope_scan s,
		struct pfnscope_logline line)
{
	char *tab = strip->text + (s.at - strip->text);

	line.spaced = s.end > s.at && isblank((unsigned char)s.end[-1]);
	while (s.end > s.at && isblank((unsigned char)s.end[-1]))
		s.end--;
	if (is_json_rest(&s)) {
		line.stamped = true;
		s.at = s.end;
	}
	while ((tab = memchr(tab, '\t', (size_t)(s.end - tab))))
		*tab = ' ';
	join_separated(strip, &s);
	line.indented = s.at < s.end && isblank((unsigned char)*s.at);
	pfnscope_scan_blanks(&s);
	line.text = s.at;
	line.size = (size_t)(s.end - s.at);
	strip->out.line(strip->out.context, &line);
	strip->last = line;
}

/* Where the newlines of a report were lost, each of its lines begins anew. */
static void put_each(struct pfnscope_strip *strip, struct pfnscope_scan s,
		     struct pfnscope_logline line)
{
	bool known = pfnscope_strip_knows(s);
	struct pfnscope_joined joined;
	const char *first, *next;

	pfnscope_joined_begin(&joined, s);
	first = joined.left.at;
	while (known && (next = pfnscope_joined_next(&joined))) {
		if (next == first || !isblank((unsigned char)next[-1]))
			continue;
		put(strip, (struct pfnscope_scan){ s.at, next }, line);
		line.stamped = true;
		s.at = next;
	}
	put(strip, s, line);
}

/* The quote that closes what the prefix opened. */
static void to_quote(struct pfnscope_scan *s)
{
	const char *at = s->at;

	for (; at < s->end; at++)
		if (*at == '"' && (at + 1 == s->end || strchr(",;}\t ", at[1])))
			s->end = at;
}

/* The longest of the lines around this one: where the text is wrapped, its width. */
static size_t widest_nearby(const struct pfnscope_strip *strip,
			    const struct pfnscope_waiting *waiting)
{
	const struct pfnscope_waiting *from = waiting, *to = strip->line + strip->count;
	size_t widest = 0;

	from = from - strip->line > NEARBY ? from - NEARBY : strip->line;
	to = to - waiting > NEARBY ? waiting + NEARBY : to;
	for (; from < to; from++)
		if (from->wraps && from->width > widest)
			widest = from->width;
	return widest;
}

/* Who wraps at blanks does so where the next word has no room. */
static bool word_had_room(const struct pfnscope_strip *strip,
			  const struct pfnscope_waiting *waiting, struct pfnscope_scan s)
{
	const char *end;

	pfnscope_scan_blanks(&s);
	end = memchr(s.at, ' ', (size_t)(s.end - s.at));
	return strip->last.width + 1 + (size_t)((end ? end : s.end) - s.at) <=
	       widest_nearby(strip, waiting);
}

/* A record of several lines has its time and its caller before the first. */
static void inherit_stamp(struct pfnscope_logline *line,
			  const struct pfnscope_logline *last)
{
	line->stamped = true;
	memcpy(line->caller, last->caller, sizeof(line->caller));
	memcpy(line->host, last->host, sizeof(line->host));
}

/**
 * pfnscope_strip_bare - take off what stands around a line, and hand it out
 * @strip: the state
 * @waiting: the line
 */
void pfnscope_strip_bare(struct pfnscope_strip *strip,
			 const struct pfnscope_waiting *waiting)
{
	struct pfnscope_scan s = pfnscope_scan_from(strip->text + waiting->at,
						    waiting->size);
	struct pfnscope_logline line = {
		.number = waiting->number,
		.width = waiting->width,
		.full = waiting->full,
		.marked = waiting->marked,
		.doubled = waiting->doubled,
	};

	if (waiting->goes_on && (strip->last.stamped || strip->escaped)) {
		inherit_stamp(&line, &strip->last);
		strip->escaped = true;
	}
	line.quotes = pfnscope_strip_quotes(&s);
	line.room = word_had_room(strip, waiting, s);
	strip->quoted = false;
	line.prefix = s.at;
	take_prefix(strip, waiting, &s, &line);
	if (line.stamped && !waiting->goes_on)
		strip->escaped = false;
	line.prefix_size = (size_t)(s.at - line.prefix);
	if (!pfnscope_suffix_cut(&strip->suffixes, &s) && strip->quoted)
		to_quote(&s);
	if (waiting->anchor == PFNSCOPE_NO_ANCHOR && !waiting->goes_on)
		put(strip, s, line);
	else
		put_each(strip, s, line);
}
