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
 * pfnscope_scan_kb - read a decimal number of kilobytes, "12kB" or "12KB"
 * @s: the cursor
 * @value: the number
 *
 * Return: false, and the cursor stays, where the unit is not there: the line was
 * cut within the number.
 */
bool pfnscope_scan_kb(struct pfnscope_scan *s, int64_t *value)
{
	struct pfnscope_scan t = *s;
	int64_t number;

	if (!pfnscope_scan_number(&t, &number))
		return false;
	pfnscope_scan_blanks(&t);
	if (!pfnscope_scan_skip(&t, "kB") && !pfnscope_scan_skip(&t, "KB"))
		return false;
	*value = number;
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

/* More than a line is searched as it is, by what is made for that. */
#define LONGEST_LINE	4096

static struct pfnscope_scan find_exactly(struct pfnscope_scan s, const char *word)
{
	size_t size = strlen(word);
	const char *at = memmem(s.at, (size_t)(s.end - s.at), word, size);

	return (struct pfnscope_scan){ at, at ? at + size : NULL };
}

/* Where a word stands first; the blank that many begin with is everywhere, so look for what follows. */
static struct pfnscope_scan scan_find(struct pfnscope_scan s, const char *word)
{
	size_t skip = *word == ' ' && word[1];
	const char *at = s.at;

	if (s.end - s.at > LONGEST_LINE)
		return find_exactly(s, word);
	for (at += skip; at < s.end; at++) {
		const char *behind;

		at = memchr(at, word[skip], (size_t)(s.end - at));
		if (!at)
			break;
		behind = pfnscope_scan_behind(at - skip, s.end, word);
		if (behind)
			return (struct pfnscope_scan){ at - skip, behind };
	}
	return (struct pfnscope_scan){ 0 };
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
	const char *found = scan_find(*s, word).at;

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
	struct pfnscope_scan found = scan_find(*s, word);

	if (!found.at)
		return false;
	s->at = found.end;
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
	struct pfnscope_scan s = line, found;

	while ((found = scan_find(s, key)).at) {
		const char *word = found.at;

		s.at = found.end;
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

/* A date and a time, in any order. */
#define TIME_REACH	32

/**
 * pfnscope_scan_time_of_day - does a line begin with a time, as "Jun 18 07:44:52"?
 * @s: the line
 *
 * No message of the kernel's memory management holds one.
 *
 * Return: true if so.
 */
bool pfnscope_scan_time_of_day(struct pfnscope_scan s)
{
	const char *reach = s.end - s.at > TIME_REACH ? s.at + TIME_REACH : s.end;

	for (; s.at < reach; s.at++) {
		struct pfnscope_scan t = s;

		if (pfnscope_scan_digits(&t) == 2 && pfnscope_scan_char(&t, ':') &&
		    pfnscope_scan_digits(&t) == 2 && pfnscope_scan_char(&t, ':') &&
		    pfnscope_scan_digits(&t) == 2)
			return true;
	}
	return false;
}
