/* SPDX-License-Identifier: GPL-2.0-only */
/* A cursor over one line of log: every step is checked against its end. */
#ifndef PFNSCOPE_OOMLOG_SCAN_H
#define PFNSCOPE_OOMLOG_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct pfnscope_scan {
	const char *at;
	const char *end;
};

/*
 * The smallest steps are inline: they are taken several times for each byte of
 * logs of many megabytes.
 */

/**
 * pfnscope_scan_from - begin at a text
 * @text: first byte
 * @size: number of bytes
 *
 * Return: the cursor.
 */
static inline struct pfnscope_scan pfnscope_scan_from(const char *text,
						      size_t size)
{
	return (struct pfnscope_scan){ .at = text, .end = text + size };
}

/**
 * pfnscope_scan_done - is nothing left?
 * @s: the cursor
 *
 * Return: true at the end of the line.
 */
static inline bool pfnscope_scan_done(const struct pfnscope_scan *s)
{
	return s->at >= s->end;
}

/**
 * pfnscope_scan_is_blank - is it a blank or a tab?
 * @c: the character
 *
 * Return: whether it is.
 */
static inline bool pfnscope_scan_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/**
 * pfnscope_scan_blanks - step over blanks and tabs
 * @s: the cursor
 */
static inline void pfnscope_scan_blanks(struct pfnscope_scan *s)
{
	while (s->at < s->end && (*s->at == ' ' || *s->at == '\t'))
		s->at++;
}

/**
 * pfnscope_scan_behind - where a word that stands at a place ends
 * @at: the place
 * @end: of the line
 * @word: the word, not empty; a blank in it stands for any number of blanks and
 *	tabs, since editors and web pages make more or others of them
 *
 * Return: the byte behind it, NULL where another text stands there.
 */
static inline const char *pfnscope_scan_behind(const char *at, const char *end,
					       const char *word)
{
	for (; *word; word++) {
		if (at >= end || (*at != *word && !(*word == ' ' && *at == '\t')))
			return NULL;
		at++;
		if (*word != ' ')
			continue;
		while (word[1] == ' ')
			word++;
		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
	}
	return at;
}

/**
 * pfnscope_scan_starts - does a word stand at the cursor?
 * @s: the cursor
 * @word: the word, not empty
 *
 * Return: true if so; the cursor stays.
 */
static inline bool pfnscope_scan_starts(const struct pfnscope_scan *s,
					const char *word)
{
	return pfnscope_scan_behind(s->at, s->end, word) != NULL;
}

/**
 * pfnscope_scan_skip - step over a word if it stands at the cursor
 * @s: the cursor
 * @word: the word, not empty
 *
 * Return: true if it did.
 */
static inline bool pfnscope_scan_skip(struct pfnscope_scan *s,
				      const char *word)
{
	const char *behind = pfnscope_scan_behind(s->at, s->end, word);

	if (behind)
		s->at = behind;
	return behind != NULL;
}

/**
 * pfnscope_scan_char - step over one character if it stands at the cursor
 * @s: the cursor
 * @c: the character
 *
 * Return: true if it did.
 */
static inline bool pfnscope_scan_char(struct pfnscope_scan *s, char c)
{
	if (s->at >= s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

bool pfnscope_scan_number(struct pfnscope_scan *s, int64_t *value);
bool pfnscope_scan_kb(struct pfnscope_scan *s, int64_t *value);
bool pfnscope_scan_hex(struct pfnscope_scan *s, uint64_t *value);
size_t pfnscope_scan_digits(struct pfnscope_scan *s);
bool pfnscope_scan_after(struct pfnscope_scan *s, const char *word);
static inline bool pfnscope_scan_has(struct pfnscope_scan s, const char *word)
{
	return pfnscope_scan_after(&s, word);
}

bool pfnscope_scan_find(const struct pfnscope_scan *s, const char *word,
			struct pfnscope_scan *at);
void pfnscope_scan_copy(const char *from, const char *to, char *out,
			size_t size);
void pfnscope_scan_word(struct pfnscope_scan *s, const char *stop, char *out,
			size_t size);
bool pfnscope_scan_time_of_day(struct pfnscope_scan s);
bool pfnscope_scan_value(struct pfnscope_scan line, const char *key,
			 int64_t *value);

#endif
