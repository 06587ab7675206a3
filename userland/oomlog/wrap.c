// SPDX-License-Identifier: GPL-2.0-only
/*
 * A record with escaped newlines is one long line, which mail clients, forms and
 * terminals wrap: then it is put together before its newlines are undone. Lines
 * of one width around it tell a wrapped record from one that has ended.
 */
#include "oomlog/wrap.h"

#include <ctype.h>

#include "base/array.h"

/* Lines before and behind that are looked at. */
#define NEARBY		6

/* No word of a report that is wrapped at blanks leaves more of a line. */
#define RAGGED		40

/* "07:44:52" */
#define LONGEST_TIME	8

/* Lines that are this long are no text that was wrapped. */
#define WIDEST		250

/* Return: true where a newline is escaped in the line, which ends there afterwards. */
static bool to_escape(struct pfnscope_scan *line)
{
	static const char *const newlines[] = { "\\x0a", "\\n", "#012", "\\012" };
	struct pfnscope_scan found;
	bool any = false;

	for (size_t i = 0; i < ARRAY_SIZE(newlines); i++)
		if (pfnscope_scan_find(line, newlines[i], &found)) {
			line->end = found.at;
			any = true;
		}
	return any;
}

static struct pfnscope_scan line_at(struct pfnscope_scan s)
{
	const char *end = s.at < s.end ? memchr(s.at, '\n', (size_t)(s.end - s.at)) : NULL;

	if (end)
		s.end = end;
	return s;
}

static size_t width_of_line(struct pfnscope_scan line)
{
	return (size_t)(line.end - line.at) - (line.end > line.at && line.end[-1] == '\r');
}

/* The lines around one. */
struct nearby {
	size_t wide;			/* width of that one */
	unsigned int alike;		/* others of about that width */
	size_t widest;			/* of all but those of a single long word */
};

static void count_nearby(struct nearby *nearby, struct pfnscope_scan line)
{
	const char *blank = memrchr(line.at, ' ', (size_t)(line.end - line.at));
	size_t wide = width_of_line(line);

	if (line.end - (blank ? blank : line.at) > RAGGED)
		return;
	nearby->alike += wide + RAGGED > nearby->wide && wide < nearby->wide + RAGGED;
	if (wide > nearby->widest)
		nearby->widest = wide;
}

static struct pfnscope_scan line_before(struct pfnscope_scan before)
{
	const char *from = memrchr(before.at, '\n', (size_t)(before.end - before.at));

	return (struct pfnscope_scan){ from ? from + 1 : before.at, before.end };
}

static struct nearby look_around(struct pfnscope_scan before, struct pfnscope_scan behind)
{
	struct nearby nearby = { .wide = width_of_line(line_before(before)) };

	for (int i = 0; i < NEARBY && behind.at < behind.end; i++) {
		struct pfnscope_scan line = line_at(behind);

		count_nearby(&nearby, line);
		behind.at = line.end + 1;
	}
	for (int i = 0; i < NEARBY && before.end > before.at; i++) {
		before.end = line_before(before).at - 1;
		if (before.end > before.at)
			count_nearby(&nearby, line_before(before));
	}
	return nearby;
}

/* Several lines about as wide, and none that is wider. */
static bool is_of_wrapped(const struct nearby *nearby)
{
	return nearby->wide <= WIDEST && nearby->alike >= 2 &&
	       nearby->widest < nearby->wide + RAGGED;
}

/* Who wraps at blanks does so where the next word has no room. */
static bool next_had_room(const struct nearby *nearby, struct pfnscope_scan next)
{
	const char *end = memchr(next.at, ' ', (size_t)(next.end - next.at));
	size_t word = (size_t)((end ? end : next.end) - next.at);

	return nearby->wide + 1 + word <= nearby->widest;
}

static void skip_quotes(struct pfnscope_scan *s)
{
	for (;;) {
		struct pfnscope_scan t = *s;

		pfnscope_scan_blanks(&t);
		if (!pfnscope_scan_char(&t, '>'))
			return;
		pfnscope_scan_char(&t, ' ');
		*s = t;
	}
}

/* "[   34.739137] " and any date with a time of day, of which the time may be wrapped. */
static bool begins_record(struct pfnscope_scan s)
{
	struct pfnscope_scan t = s;

	to_escape(&s);

	pfnscope_scan_blanks(&t);
	if (pfnscope_scan_char(&t, '<') && pfnscope_scan_digits(&t) && pfnscope_scan_char(&t, '>'))
		return true;
	if (pfnscope_scan_char(&t, '[')) {
		pfnscope_scan_blanks(&t);
		if (pfnscope_scan_digits(&t) && pfnscope_scan_char(&t, '.') &&
		    pfnscope_scan_digits(&t) == 6 && pfnscope_scan_char(&t, ']'))
			return true;
	}
	t.end = s.at + LONGEST_TIME < s.end ? s.at + LONGEST_TIME : s.end;
	t.at = s.at;
	return pfnscope_scan_time_of_day(s) && !pfnscope_scan_time_of_day(t);
}

/* The class of one character, which is that of all of a number or a word. */
static char class_at(struct pfnscope_scan *s)
{
	unsigned char c = (unsigned char)*s->at++;
	int (*is)(int) = isdigit(c) ? isdigit : isalpha(c) ? isalpha : isblank(c) ? isblank : NULL;

	while (is && s->at < s->end && is((unsigned char)*s->at))
		s->at++;
	return is == isdigit ? '0' : is == isalpha ? 'a' : is ? ' ' : (char)c;
}

/* "4,1406,155638059,-;" and "4,1407,": numbers differ, marks are the same. */
static bool begins_alike(struct pfnscope_scan a, struct pfnscope_scan b)
{
	bool marks = false;

	for (int i = 0; i < 6; i++) {
		char class;

		if (a.at >= a.end || b.at >= b.end)
			return false;
		class = class_at(&a);
		if (class != class_at(&b))
			return false;
		marks |= ispunct((unsigned char)class);
	}
	return marks;
}

/* Is the record that goes on at the cursor one with escaped newlines? */
static bool is_escaped(struct pfnscope_scan s)
{
	for (int i = 0; i < NEARBY && s.at < s.end; i++) {
		struct pfnscope_scan line = line_at(s), text = line;

		if (i && begins_record(line))
			break;
		if (to_escape(&text))
			return true;
		s.at = line.end + 1;
	}
	return false;
}

/**
 * pfnscope_wrap_possible - are there records with escaped newlines at all?
 * @text: a piece of the log
 *
 * Return: true if so.
 */
bool pfnscope_wrap_possible(struct pfnscope_scan text)
{
	return to_escape(&text);
}

/**
 * pfnscope_wrap_at - does a record go on behind a newline of the file?
 * @before: the text up to the newline
 * @behind: what follows it; if the record goes on, moved behind marks of quoting
 * @head: the beginning of the record, PFNSCOPE_WRAP_HEAD bytes or less
 * @escaped: newlines of this record were escaped
 * @column: at which this text was cut, or 0
 *
 * Return: what the newline is.
 */
enum pfnscope_wrap pfnscope_wrap_at(struct pfnscope_scan before,
				    struct pfnscope_scan *behind,
				    struct pfnscope_scan head, bool escaped,
				    size_t column)
{
	struct pfnscope_scan next = line_at(*behind);
	struct nearby nearby;
	bool cut;

	skip_quotes(&next);
	if (pfnscope_scan_done(&next) || begins_record(next) || begins_alike(head, next) ||
	    (!escaped && !is_escaped(*behind)))
		return PFNSCOPE_WRAP_NONE;
	nearby = look_around(before, *behind);
	cut = column && nearby.wide == column;
	if (!is_of_wrapped(&nearby) || (!cut && next_had_room(&nearby, next)))
		return PFNSCOPE_WRAP_NONE;
	behind->at = next.at;
	return cut || before.end[-1] == '-' ? PFNSCOPE_WRAP_CUT : PFNSCOPE_WRAP_BLANK;
}
