// SPDX-License-Identifier: GPL-2.0-only
/*
 * What only many lines tell: whether a text was cut at a column, has an empty
 * line behind each line, or was a log before it became a paragraph.
 */
#include "oomlog/anchor.h"
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

/* The kernel's longest lines, which a wrapped text has not. */
#define WRAPPED_WIDTH	160
#define WRAPPED_LINES	4

/* Lines of the kernel that begin in this one, 2 where there are more; does the first stand in front? */
static unsigned int count_anchors(struct pfnscope_scan line, bool *in_front)
{
	struct pfnscope_anchor anchor;

	pfnscope_scan_blanks(&line);
	if (!pfnscope_anchor_find(line, &anchor))
		return 0;
	*in_front = anchor.at == line.at;
	line.at = anchor.past;
	while (line.at < line.end && *line.at != ' ')
		line.at++;
	return pfnscope_anchor_find(line, &anchor) ? 2 : 1;
}

/*
 * Without stamps: lines of the kernel begin anywhere in those of the text, and two in one. Those of a report that
 * was only wrapped begin in front.
 */
static bool is_paragraph_of_words(const char *text, size_t size)
{
	const char *end = text + size;
	size_t with = 0, pairs = 0, in_front = 0;

	while (text < end) {
		const char *to = memchr(text, '\n', (size_t)(end - text));
		size_t width = width_between(text, to ? to : end);
		bool front = false;
		unsigned int anchors = count_anchors(pfnscope_scan_from(text, width), &front);

		if (anchors && width > WRAPPED_WIDTH)
			return false;
		with += anchors != 0;
		pairs += anchors > 1;
		in_front += front;
		text = to ? to + 1 : end;
	}
	return with >= WRAPPED_LINES && pairs >= 2 && pairs * 5 >= with && in_front * 5 < with * 2;
}

/*
 * Marks that each message has: of a log they stand below one another, of a paragraph anywhere, and two in one
 * line. A column is that of a stamp; for a logger's mark the words before it, since names of machines differ.
 */
struct marks {
	size_t columns[STAMP_COLUMNS];
	size_t count;
	size_t pairs;
	size_t most;			/* in one column */
};

static bool is_mark(struct pfnscope_scan s, bool stamps)
{
	return stamps ? *s.at == '[' && pfnscope_look_is_stamp(s) :
			*s.at == ' ' && pfnscope_scan_starts(&s, " kernel: ");
}

static void count_marks(struct pfnscope_scan s, bool stamps, struct marks *marks)
{
	const char *line = s.at, *before = NULL;
	size_t words = 0, column;

	*marks = (struct marks){ 0 };
	for (; s.at < s.end; s.at++) {
		if (*s.at == '\n') {
			line = s.at + 1;
			words = 0;
		}
		words += *s.at == ' ';
		column = stamps ? (size_t)(s.at - line) : words;
		if (s.at - line >= STAMP_COLUMNS || !is_mark(s, stamps))
			continue;
		marks->pairs += before && before >= line;
		before = s.at;
		marks->count++;
		if (++marks->columns[column] > marks->most)
			marks->most = marks->columns[column];
	}
}

static bool are_scattered(const struct marks *marks, size_t pairs)
{
	return marks->count >= STAMPS && marks->pairs >= pairs && marks->most * 5 < marks->count * 2;
}

/**
 * pfnscope_look_paragraph - did this text lose its newlines, and was wrapped then?
 * @text: a block of the log
 * @size: its bytes
 *
 * Return: true if so.
 */
bool pfnscope_look_paragraph(const char *text, size_t size)
{
	struct pfnscope_scan s = pfnscope_scan_from(text, size);
	struct marks marks;

	count_marks(s, true, &marks);
	if (marks.count)
		return are_scattered(&marks, 2);
	count_marks(s, false, &marks);
	return are_scattered(&marks, 1) || is_paragraph_of_words(text, size);
}
