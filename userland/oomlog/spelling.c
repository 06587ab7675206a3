// SPDX-License-Identifier: GPL-2.0-only
/* How loggers, terminals, web pages and markup spell characters of a log. */
#include "oomlog/spelling.h"
#include "oomlog/unicode.h"

#include <ctype.h>

#include "base/array.h"

/* An escape of a character, and what follows ESC, is shorter than this. */
#define LONGEST_ESCAPE	8

static enum pfnscope_spelled spelled(char c, char *means)
{
	*means = c;
	if (c == '\n')
		return PFNSCOPE_SPELLED_NEWLINE;
	return c == '\t' || (c >= 0x20 && c != 0x7f) ?
	       PFNSCOPE_SPELLED_CHARACTER : PFNSCOPE_SPELLED_NOTHING;
}

/* @count digits of @base, as in \x0a, \u003c and #012. */
static bool digits(struct pfnscope_scan *s, int base, int count, int *value)
{
	struct pfnscope_scan t = *s;

	*value = 0;
	for (; count; count--, t.at++) {
		int c = t.at < t.end ? tolower((unsigned char)*t.at) : 0;
		int digit = isdigit(c) ? c - '0' :
			    c >= 'a' && c <= 'f' ? c - 'a' + 10 : base;

		if (digit >= base)
			return false;
		*value = *value * base + digit;
	}
	*s = t;
	return true;
}

/* ESC [ 1 ; 31 m: the colours of a terminal, ESC itself being passed. */
static bool colour(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	if (!pfnscope_scan_char(&t, '['))
		return false;
	while (t.at < t.end && (isdigit((unsigned char)*t.at) || *t.at == ';' ||
				*t.at == '?'))
		t.at++;
	if (t.at < t.end && isalpha((unsigned char)*t.at))
		t.at++;
	*s = t;
	return true;
}

/* "[0;33m" where a paste lost ESC, which is invisible. */
static bool bare_colour(struct pfnscope_scan *s)
{
	struct pfnscope_scan t = *s;

	if (!pfnscope_scan_char(&t, '['))
		return false;
	for (int i = 0; i < 4; i++) {
		size_t size = pfnscope_scan_digits(&t);

		if (!size || size > 3)
			return false;
		if (pfnscope_scan_char(&t, 'm')) {
			*s = t;
			return true;
		}
		if (!pfnscope_scan_char(&t, ';'))
			return false;
	}
	return false;
}

/* @look is what pfnscope_unicode_ascii() returns. */
static enum pfnscope_spelled looks_like(int look, char *means)
{
	if (look == PFNSCOPE_UNICODE_OTHER)
		return PFNSCOPE_SPELLED_ITSELF;
	return look ? spelled((char)look, means) : PFNSCOPE_SPELLED_NOTHING;
}

static enum pfnscope_spelled code(struct pfnscope_scan *s, int value,
				  char *means)
{
	if (value == 0x1b) {
		colour(s);
		return PFNSCOPE_SPELLED_NOTHING;
	}
	return looks_like(value < 0x80 ? value : pfnscope_unicode_ascii(value),
			  means);
}

/* Behind a backslash: of C, JSON, Python, journald; marks of Markdown. */
static enum pfnscope_spelled backslash(struct pfnscope_scan *s, char *means)
{
	static const char names[] = "ntreb", meanings[] = "\n\t\r\033\b";
	const char *name;
	int value;

	while (pfnscope_scan_char(s, '\\'))
		;
	if (pfnscope_scan_done(s))
		return PFNSCOPE_SPELLED_ITSELF;
	name = strchr(names, *s->at);
	if (pfnscope_scan_char(s, 'x'))
		return digits(s, 16, 2, &value) ? code(s, value, means) :
						  PFNSCOPE_SPELLED_ITSELF;
	if (pfnscope_scan_char(s, 'u'))
		return digits(s, 16, 4, &value) ? code(s, value, means) :
						  PFNSCOPE_SPELLED_ITSELF;
	if (digits(s, 8, 3, &value))
		return code(s, value, means);
	s->at++;
	if (name)
		return code(s, meanings[name - names], means);
	return strchr("\"*_[]<>()#`~|-", s->at[-1]) ?
	       spelled(s->at[-1], means) : PFNSCOPE_SPELLED_ITSELF;
}

/* "#012" of rsyslog: control characters alone. */
static enum pfnscope_spelled spelled_octal(struct pfnscope_scan *s, char *means)
{
	int value;

	if (!digits(s, 8, 3, &value) || value >= 0x20)
		return PFNSCOPE_SPELLED_ITSELF;
	return code(s, value, means);
}

/* "^[[0m" and "^M" of cat -v and of consoles that show what they are sent. */
static enum pfnscope_spelled caret(struct pfnscope_scan *s, char *means)
{
	struct pfnscope_scan t = *s;

	if (pfnscope_scan_char(&t, '[')) {
		if (!colour(&t))
			return PFNSCOPE_SPELLED_ITSELF;
		*s = t;
		return PFNSCOPE_SPELLED_NOTHING;
	}
	if (pfnscope_scan_char(s, 'I'))
		return spelled('\t', means);
	if (!pfnscope_scan_char(s, 'M'))
		return PFNSCOPE_SPELLED_ITSELF;
	return pfnscope_scan_done(s) || *s->at == '\n' || *s->at == '\r' ?
	       PFNSCOPE_SPELLED_NOTHING : PFNSCOPE_SPELLED_BREAK;
}

static enum pfnscope_spelled entity(struct pfnscope_scan *s, char *means)
{
	static const struct {
		const char *name;
		char means;
	} names[] = {
		{ "gt;", '>' }, { "lt;", '<' }, { "amp;", '&' },
		{ "quot;", '"' }, { "apos;", '\'' }, { "nbsp;", ' ' },
		{ "ast;", '*' }, { "lowbar;", '_' }, { "lsqb;", '[' },
		{ "rsqb;", ']' }, { "equals;", '=' }, { "times;", '*' },
		{ "ndash;", '-' }, { "minus;", '-' },
	};
	int64_t number;
	uint64_t hex = 0;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (pfnscope_scan_skip(s, names[i].name))
			return spelled(names[i].means, means);
	if (!pfnscope_scan_char(s, '#'))
		return PFNSCOPE_SPELLED_ITSELF;
	if (pfnscope_scan_char(s, 'x')) {
		if (!pfnscope_scan_hex(s, &hex) || hex > 0xffff)
			return PFNSCOPE_SPELLED_ITSELF;
		number = (int64_t)hex;
	} else if (!pfnscope_scan_number(s, &number) || number < 0 ||
		   number > 0xffff) {
		return PFNSCOPE_SPELLED_ITSELF;
	}
	return pfnscope_scan_char(s, ';') ? code(s, (int)number, means) :
					    PFNSCOPE_SPELLED_ITSELF;
}

/* Elements of HTML that people paste logs in: lines, cells of a table, looks. */
static const struct {
	enum pfnscope_spelled means;
	const char *names;
} elements[] = {
	{ PFNSCOPE_SPELLED_BREAK, " br p div pre li ul ol tr table tbody thead hr "
	  "blockquote html body head h1 h2 h3 " },
	{ PFNSCOPE_SPELLED_CHARACTER, " td th " },
	{ PFNSCOPE_SPELLED_NOTHING, " span code font a b i u em strong tt samp "
	  "kbd small wbr mark " },
};

static enum pfnscope_spelled element(const char *from, const char *to)
{
	char name[20] = " ";
	size_t size = (size_t)(to - from);

	if (!size || size > sizeof(name) - 3)
		return PFNSCOPE_SPELLED_ITSELF;
	memcpy(name + 1, from, size);
	name[size + 1] = ' ';
	for (size_t i = 0; i < ARRAY_SIZE(elements); i++)
		if (strstr(elements[i].names, name))
			return elements[i].means;
	return PFNSCOPE_SPELLED_ITSELF;
}

/* Behind '<': lower case, so that <TASK> and <4> of the kernel are none. */
static enum pfnscope_spelled tag(struct pfnscope_scan *s, char *means)
{
	enum pfnscope_spelled what;
	const char *name;

	pfnscope_scan_char(s, '/');
	name = s->at;
	while (s->at < s->end && isalnum((unsigned char)*s->at))
		s->at++;
	what = element(name, s->at);
	if (what == PFNSCOPE_SPELLED_ITSELF || s->at >= s->end ||
	    !strchr(" \t/>", *s->at))
		return PFNSCOPE_SPELLED_ITSELF;
	while (s->at < s->end && *s->at != '>' && *s->at != '\n')
		s->at++;
	*means = '\t';
	return pfnscope_scan_char(s, '>') ? what : PFNSCOPE_SPELLED_ITSELF;
}

static enum pfnscope_spelled spelling(struct pfnscope_scan *s, char *means)
{
	switch (*s->at++) {
	case '\\':
		return backslash(s, means);
	case '#':
		return spelled_octal(s, means);
	case '^':
		return caret(s, means);
	case '&':
		return entity(s, means);
	case '<':
		return tag(s, means);
	case '[':
		s->at--;
		return bare_colour(s) ? PFNSCOPE_SPELLED_NOTHING :
					PFNSCOPE_SPELLED_ITSELF;
	case '\033':
		if (!colour(s))
			pfnscope_scan_char(s, 'M');
		return PFNSCOPE_SPELLED_NOTHING;
	case '\302':
	case '\303':
	case '\342':
	case '\343':
	case '\357':
		s->at--;
		return looks_like(pfnscope_unicode_look(s), means);
	default:
		return PFNSCOPE_SPELLED_ITSELF;
	}
}

/* A terminal cut the escape itself: read as if the newline were not there. */
static enum pfnscope_spelled cut_escape(struct pfnscope_scan *s, char *means)
{
	char text[LONGEST_ESCAPE + 1];
	size_t size = 0, skipped = 0;
	struct pfnscope_scan t;
	enum pfnscope_spelled what;

	for (const char *at = s->at; at < s->end && size < LONGEST_ESCAPE; at++) {
		if (*at == '\r' || *at == '\n')
			skipped++;
		else
			text[size++] = *at;
		if (skipped > 2)
			return PFNSCOPE_SPELLED_ITSELF;
	}
	t = pfnscope_scan_from(text, size);
	what = spelling(&t, means);
	if (what != PFNSCOPE_SPELLED_ITSELF)
		s->at += (size_t)(t.at - text) + skipped;
	return what;
}

/* Is there a newline before the escape at the cursor can end? */
static bool is_cut(struct pfnscope_scan s)
{
	if (*s.at != '\\' && *s.at != '#')
		return false;
	for (int i = 0; i < 4 && s.at < s.end; i++, s.at++)
		if (*s.at == '\n' || *s.at == '\r')
			return true;
	return false;
}

/**
 * pfnscope_spelling - what is meant by the characters at the cursor?
 * @s: the cursor, moved behind them unless they mean themselves
 * @cut: this text was cut at a column, so an escape may be cut too
 * @means: the character
 *
 * Return: what was spelled.
 */
enum pfnscope_spelled pfnscope_spelling(struct pfnscope_scan *s, bool cut,
					char *means)
{
	struct pfnscope_scan t = *s;
	enum pfnscope_spelled what;

	if (t.end - t.at > PFNSCOPE_SPELLING_MAX)
		t.end = t.at + PFNSCOPE_SPELLING_MAX;
	what = spelling(&t, means);
	if (what == PFNSCOPE_SPELLED_ITSELF && cut && is_cut(*s)) {
		t.at = s->at;
		what = cut_escape(&t, means);
	}
	if (what != PFNSCOPE_SPELLED_ITSELF)
		s->at = t.at;
	return what;
}
