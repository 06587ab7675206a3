// SPDX-License-Identifier: GPL-2.0-only
/*
 * What only many lines tell: whether a text was cut at a column, has an empty
 * line behind each line, or was a log before it became a paragraph.
 */
#include "oomlog/look.h"

#include <string.h>

/* A terminal is this wide at least. */
#define NARROWEST	60

static size_t width_between(const char *from, const char *to)
{
	if (to > from && to[-1] == '\r')
		to--;
	return (size_t)(to - from);
}

/**
 * pfnscope_look_column - was this text cut at a column?
 * @text: a block of it
 * @size: its bytes
 *
 * A terminal or a form that cuts leaves many lines of just that length and none
 * longer; a mail client that wraps at blanks does not.
 *
 * Return: the column, 0 where the text was not cut.
 */
size_t pfnscope_look_column(const char *text, size_t size)
{
	size_t lines[4] = { 0 };	/* of the longest, one less, ... */
	const char *end = text + size;
	size_t longest = 0;

	for (int pass = 0; pass < 2; pass++) {
		for (const char *at = text; at < end;) {
			const char *to = memchr(at, '\n', (size_t)(end - at));
			size_t length = width_between(at, to ? to : end);

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

/* Fewer lines tell nothing. */
#define SPACED_LINES	8

/**
 * pfnscope_look_spaced - is there an empty line behind each line?
 * @text: a block of the log
 * @size: its bytes
 *
 * Return: true where an editor of web pages put one there.
 */
bool pfnscope_look_spaced(const char *text, size_t size)
{
	const char *end = text + size;
	size_t lines = 0, together = 0;
	bool filled = false;

	while (text < end) {
		const char *to = memchr(text, '\n', (size_t)(end - text));
		bool empty = !width_between(text, to ? to : end);

		lines += !empty;
		together += !empty && filled;
		filled = !empty;
		text = to ? to + 1 : end;
	}
	return lines >= SPACED_LINES && together * 50 <= lines;
}

/**
 * pfnscope_look_is_stamp - does the time that the kernel prints stand here?
 * @s: the text
 *
 * Return: true for "[   34.739137] ", also in the middle of a line, where another
 * message began.
 */
bool pfnscope_look_is_stamp(struct pfnscope_scan s)
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

/* Stamps are counted by the column they stand in. */
#define STAMP_COLUMNS	128
#define STAMPS		8

/**
 * pfnscope_look_paragraph - did this text lose its newlines, and was wrapped then?
 * @text: a block of the log
 * @size: its bytes
 *
 * The stamps of a log stand below one another; of such a text anywhere, and two
 * in one line.
 *
 * Return: true if so.
 */
bool pfnscope_look_paragraph(const char *text, size_t size)
{
	size_t columns[STAMP_COLUMNS] = { 0 }, stamps = 0, pairs = 0, most = 0;
	struct pfnscope_scan s = pfnscope_scan_from(text, size);
	const char *line = text, *before = NULL;

	for (; s.at < s.end; s.at++) {
		if (*s.at == '\n')
			line = s.at + 1;
		if (*s.at != '[' || s.at - line >= STAMP_COLUMNS || !pfnscope_look_is_stamp(s))
			continue;
		pairs += before && before >= line;
		before = s.at;
		stamps++;
		if (++columns[s.at - line] > most)
			most = columns[s.at - line];
	}
	return stamps >= STAMPS && pairs >= 2 && most * 5 < stamps * 2;
}
