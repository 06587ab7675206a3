// SPDX-License-Identifier: GPL-2.0-only
/*
 * Transport: cuts a text into lines while undoing what mail, journals and
 * consoles did to its bytes. One pass, one line of memory. The prefixes of
 * each line are the business of oomlog-prefix.c.
 */
#include "oomlog/scan.h"
#include "oomlog/undress.h"

#include <ctype.h>
#include <string.h>

/* A terminal is this wide at least. */
#define NARROWEST	60

struct transport {
	struct pfnscope_scan in;
	const char *begin;		/* of the line in the file */
	size_t column;			/* at which the text was cut, or 0 */
	const struct pfnscope_loglines *out;
	bool quoted_printable;
	bool goes_on;			/* the message, behind an escaped newline */
	struct pfnscope_logline last;
	size_t number;
	size_t size;
	char line[PFNSCOPE_LOGLINE_MAX];
};

static void keep(struct transport *t, char c)
{
	if (t->size < sizeof(t->line))
		t->line[t->size++] = c;
}

static size_t width(const char *from, const char *to)
{
	if (to > from && to[-1] == '\r')
		to--;
	return (size_t)(to - from);
}

/*
 * A terminal or a form that cuts at a column leaves many lines of just that
 * length and none longer; a mail client that wraps at blanks does not. Return:
 * the column, 0 where the text was not cut.
 */
static size_t cut_column(const char *text, size_t size)
{
	size_t lines[4] = { 0 };	/* of the longest, one less, ... */
	const char *end = text + size;
	size_t longest = 0;

	for (int pass = 0; pass < 2; pass++) {
		for (const char *at = text; at < end;) {
			const char *to = memchr(at, '\n', (size_t)(end - at));
			size_t length = width(at, to ? to : end);

			if (!pass && length > longest)
				longest = length;
			if (pass && longest - length < 4)
				lines[longest - length]++;
			at = to ? to + 1 : end;
		}
	}
	if (longest < NARROWEST || lines[0] < 4 ||
	    lines[0] <= 2 * (lines[1] + lines[2] + lines[3]))
		return 0;
	return longest;
}

/* A record of several lines has its time and its caller before the first. */
static void inherit(struct pfnscope_logline *line,
		    const struct pfnscope_logline *last)
{
	line->stamped = true;
	if (!line->caller[0])
		memcpy(line->caller, last->caller, sizeof(line->caller));
}

static void emit(struct transport *t, const char *from, size_t size)
{
	struct pfnscope_logline line = { .number = t->number };

	pfnscope_undress_line(from, size, &line);
	if (t->goes_on && t->last.stamped)
		inherit(&line, &t->last);
	line.full = t->column &&
		    width(t->begin, t->in.at - 1) == t->column;
	t->out->line(t->out->context, &line);
	t->last = line;
}

/* "[   34.739137] " - also in the middle of a line, where another began. */
static bool is_stamp(struct pfnscope_scan s)
{
	size_t fraction;

	if (!pfnscope_scan_char(&s, '['))
		return false;
	pfnscope_scan_blanks(&s);
	if (!pfnscope_scan_digits(&s) || !pfnscope_scan_char(&s, '.'))
		return false;
	fraction = pfnscope_scan_digits(&s);
	return fraction == 6 && pfnscope_scan_char(&s, ']');
}

/*
 * Two messages in one line: program output without a newline before a kernel
 * line, or two CPUs on one console. What is behind a second stamp is its own.
 */
static void end_line(struct transport *t)
{
	struct pfnscope_scan s = pfnscope_scan_from(t->line, t->size);
	const char *from = s.at;
	bool seen = false;

	for (; s.at < s.end; s.at++) {
		if (*s.at != '[' || !is_stamp(s))
			continue;
		if (seen || s.at - from > 60) {
			emit(t, from, (size_t)(s.at - from));
			from = s.at;
		}
		seen = true;
	}
	emit(t, from, (size_t)(s.end - from));
	t->size = 0;
}

static bool skip_newline(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	while (t.at < t.end && (*t.at == ' ' || *t.at == '\t'))
		t.at++;
	pfnscope_scan_char(&t, '\r');
	if (!pfnscope_scan_char(&t, '\n'))
		return false;
	*s = t;
	return true;
}

static int hex_pair(const struct pfnscope_scan *s)
{
	int value = 0;

	if (s->end - s->at < 2)
		return -1;
	for (int i = 0; i < 2; i++) {
		int c = (unsigned char)s->at[i];

		if (!isdigit(c) && (c < 'A' || c > 'F'))
			return -1;
		value = value * 16 + (isdigit(c) ? c - '0' : c - 'A' + 10);
	}
	return value;
}

/*
 * Behind a '=': soft line breaks are undone, "=3D" is the sign itself, and
 * bytes that a kernel log never holds otherwise are decoded. "=10" stays: in a
 * log that is not quoted-printable it is "order=10".
 */
static void equals_sign(struct transport *t)
{
	int value = hex_pair(&t->in);

	if (t->quoted_printable && skip_newline(&t->in)) {
		t->number++;
		return;
	}
	if (t->quoted_printable && (value == '=' || value == ' ' ||
				    value == '\t' || value == '>' ||
				    value >= 0x80)) {
		t->in.at += 2;
		keep(t, (char)value);
		return;
	}
	keep(t, '=');
}

/* The ways in which loggers write a newline or a tab inside a message. */
static bool escape(struct transport *t)
{
	static const struct {
		const char *text;
		char means;
	} escapes[] = {
		{ "\\x0a", '\n' }, { "\\x09", '\t' }, { "#012", '\n' },
		{ "#011", '\t' }, { "\\n", '\n' }, { "\\t", '\t' },
		{ "\\u003c", '<' }, { "\\u003e", '>' }, { "\\\"", '"' },
		{ "&gt;", '>' }, { "&lt;", '<' }, { "&amp;", '&' },
		{ "&quot;", '"' }, { "&nbsp;", ' ' }, { "\302\240", ' ' },
	};

	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		if (!pfnscope_scan_skip(&t->in, escapes[i].text))
			continue;
		if (escapes[i].means != '\n') {
			keep(t, escapes[i].means);
			return true;
		}
		end_line(t);
		t->goes_on = true;
		return true;
	}
	return false;
}

/* Colour codes of a terminal: ESC [ ... letter. */
static void terminal_code(struct transport *t)
{
	if (!pfnscope_scan_char(&t->in, '['))
		return;
	while (t->in.at < t->in.end && (isdigit((unsigned char)*t->in.at) ||
					*t->in.at == ';'))
		t->in.at++;
	if (t->in.at < t->in.end && isalpha((unsigned char)*t->in.at))
		t->in.at++;
}

static void next_byte(struct transport *t)
{
	unsigned char c = (unsigned char)*t->in.at;

	if ((c == '\\' || c == '#' || c == '&' || c == 0xc2) && escape(t))
		return;
	t->in.at++;
	if (c == '\n') {
		end_line(t);
		t->goes_on = false;
		t->begin = t->in.at;
		t->number++;
	} else if (c == '=') {
		equals_sign(t);
	} else if (c == 0x1b) {
		terminal_code(t);
	} else if (c == '\t' || (c >= 0x20 && c != 0x7f)) {
		keep(t, (char)c);
	}
}

/**
 * pfnscope_undress - cut a log into bare lines
 * @text: the log
 * @size: its size in bytes
 * @out: takes each line
 *
 * Linear in @size, two passes; keeps one line of at most PFNSCOPE_LOGLINE_MAX bytes.
 */
void pfnscope_undress(const char *text, size_t size,
		      const struct pfnscope_loglines *out)
{
	struct transport t = {
		.in = pfnscope_scan_from(text, size),
		.begin = text,
		.column = cut_column(text, size),
		.out = out,
		.number = 1,
	};

	t.quoted_printable = memmem(text, size, "=3D", 3) != NULL;
	while (!pfnscope_scan_done(&t.in))
		next_byte(&t);
	if (t.size)
		end_line(&t);
}
