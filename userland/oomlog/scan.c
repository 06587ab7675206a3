// SPDX-License-Identifier: GPL-2.0-only
/* Scanning one line of log without ever reading past its end. */
#include "oomlog/scan.h"

#include <ctype.h>
#include <string.h>

/**
 * pfnscope_scan_digits - step over decimal digits
 * @s: the cursor
 *
 * Return: how many there were.
 */
size_t pfnscope_scan_digits(struct pfnscope_scan *s)
{
	const char *from = s->at;

	while (s->at < s->end && isdigit((unsigned char)*s->at))
		s->at++;
	return (size_t)(s->at - from);
}

/**
 * pfnscope_scan_number - read a decimal number, with a minus sign or without
 * @s: the cursor
 * @value: the number
 *
 * Return: false, and the cursor stays, where there is none or where it has
 * more than 18 digits: no figure of memory is that large, so it is damage.
 */
bool pfnscope_scan_number(struct pfnscope_scan *s, int64_t *value)
{
	struct pfnscope_scan t = *s;
	bool minus = pfnscope_scan_char(&t, '-');
	const char *from = t.at;
	size_t digits = pfnscope_scan_digits(&t);
	int64_t number = 0;

	if (!digits || digits > 18)
		return false;
	for (; from < t.at; from++)
		number = number * 10 + (*from - '0');
	*value = minus ? -number : number;
	*s = t;
	return true;
}

/**
 * pfnscope_scan_hex - read a hexadecimal number, with 0x or without
 * @s: the cursor
 * @value: the number
 *
 * Return: false, and the cursor stays, where there is none or it is too long.
 */
bool pfnscope_scan_hex(struct pfnscope_scan *s, uint64_t *value)
{
	struct pfnscope_scan t = *s;
	uint64_t number = 0;
	size_t digits = 0;

	pfnscope_scan_skip(&t, "0x");
	for (; t.at < t.end && isxdigit((unsigned char)*t.at); t.at++) {
		int c = tolower((unsigned char)*t.at);

		number = number << 4 | (unsigned int)(c <= '9' ? c - '0' :
							 c - 'a' + 10);
		digits++;
	}
	if (!digits || digits > 16)
		return false;
	*value = number;
	*s = t;
	return true;
}

/* memmem() prepares a table for each word: too much for a line. */
#define LONGEST_LINE	4096

/* The blank that many words begin with is everywhere: look for what follows. */
static const char *find(const char *at, const char *end, const char *word)
{
	size_t size = strlen(word), skip = *word == ' ' && word[1];
	const char *last;

	if (end - at > LONGEST_LINE)
		return memmem(at, (size_t)(end - at), word, size);
	if ((size_t)(end - at) < size)
		return NULL;
	last = end - size + skip;
	for (at += skip; at <= last; at++) {
		at = memchr(at, word[skip], (size_t)(last - at) + 1);
		if (!at)
			return NULL;
		if (!memcmp(at - skip, word, size))
			return at - skip;
	}
	return NULL;
}

/**
 * pfnscope_scan_find - where a word stands
 * @s: the cursor, which stays
 * @word: the word, not empty
 * @at: set to the word
 *
 * Return: true if it was found.
 */
bool pfnscope_scan_find(const struct pfnscope_scan *s, const char *word,
			struct pfnscope_scan *at)
{
	const char *found = find(s->at, s->end, word);

	if (!found)
		return false;
	*at = *s;
	at->at = found;
	return true;
}

/**
 * pfnscope_scan_after - go on after the first occurrence of a word
 * @s: the cursor, which stays where the word does not occur
 * @word: the word
 *
 * Return: true if it was found.
 */
bool pfnscope_scan_after(struct pfnscope_scan *s, const char *word)
{
	struct pfnscope_scan found;

	if (!pfnscope_scan_find(s, word, &found))
		return false;
	s->at = found.at + strlen(word);
	return true;
}

/**
 * pfnscope_scan_copy - copy a piece of the line, without bytes nobody can read
 * @from: first byte
 * @to: the byte behind the last
 * @out: where to
 * @size: size of @out; what is longer is cut
 */
void pfnscope_scan_copy(const char *from, const char *to, char *out,
			size_t size)
{
	size_t n = 0;

	for (; from < to && n + 1 < size; from++) {
		unsigned char c = (unsigned char)*from;

		out[n++] = c >= 0x20 && c < 0x7f ? (char)c : '?';
	}
	out[n] = '\0';
}

/**
 * pfnscope_scan_word - copy up to a stop character
 * @s: the cursor, moved to the stop
 * @stop: characters that end the word
 * @out: where to
 * @size: size of @out
 */
void pfnscope_scan_word(struct pfnscope_scan *s, const char *stop, char *out,
			size_t size)
{
	const char *from = s->at;

	while (s->at < s->end && !strchr(stop, *s->at))
		s->at++;
	pfnscope_scan_copy(from, s->at, out, size);
}

/**
 * pfnscope_scan_value - the number behind a key somewhere in the line
 * @line: the line
 * @key: the key with its separator, as "free:" or "order="
 * @value: the number, untouched where the key is not there
 *
 * The key must begin a word: "free:" is not found in "nr_free:".
 *
 * Return: true if it was found.
 */
bool pfnscope_scan_value(struct pfnscope_scan line, const char *key,
			 int64_t *value)
{
	struct pfnscope_scan s = line;

	while (pfnscope_scan_after(&s, key)) {
		const char *word = s.at - strlen(key);

		if (word > line.at && (isalnum((unsigned char)word[-1]) ||
				       word[-1] == '_' || word[-1] == '-' ||
				       word[-1] == '('))
			continue;
		pfnscope_scan_blanks(&s);
		if (pfnscope_scan_number(&s, value))
			return true;
	}
	return false;
}
