// SPDX-License-Identifier: GPL-2.0-only
/* A growing text, and words of others made safe to print. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

void pfnscope_text_put(struct pfnscope_text *text, const char *more,
		       size_t length)
{
	if (text->size - text->length <= length) {
		text->size = 2 * text->size + length + 64;
		text->data = pfnscope_realloc(text->data, text->size, 1);
	}
	memcpy(text->data + text->length, more, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void pfnscope_text_put_string(struct pfnscope_text *text, const char *more)
{
	pfnscope_text_put(text, more, strlen(more));
}

void pfnscope_text_put_char(struct pfnscope_text *text, char character)
{
	pfnscope_text_put(text, &character, 1);
}

void pfnscope_text_put_number(struct pfnscope_text *text, uint64_t number,
			      unsigned int base)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[number % base];
		number /= base;
	} while (number);
	pfnscope_text_put(text, digits + at, sizeof(digits) - at);
}

size_t pfnscope_utf8_length(const char *word)
{
	const unsigned char *at = (const unsigned char *)word;
	size_t length = at[0] < 0x80 ? 1 : at[0] >= 0xc2 && at[0] < 0xe0 ? 2 :
			(at[0] & 0xf0) == 0xe0 ? 3 :
			at[0] >= 0xf0 && at[0] < 0xf5 ? 4 : 0;
	size_t i;

	for (i = 1; i < length; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	/* Overlong forms, surrogates, beyond U+10FFFF. */
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
	    (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return length;
}

/* Control characters are those of ASCII and U+0080 to U+009F. */
static bool is_control(const char *at, size_t length)
{
	unsigned char first = (unsigned char)at[0];

	if (length == 2)
		return first == 0xc2 && (unsigned char)at[1] < 0xa0;
	return length == 1 && (first < ' ' || first == 0x7f);
}

void pfnscope_text_put_printable(struct pfnscope_text *text, const char *word,
				 const char *also)
{
	char escape[5];

	while (*word) {
		size_t length = pfnscope_utf8_length(word);

		if (length && !is_control(word, length) && !strchr(also, *word)) {
			pfnscope_text_put(text, word, length);
			word += length;
			continue;
		}
		snprintf(escape, sizeof(escape), "\\%03o", (unsigned char)*word++);
		pfnscope_text_put_string(text, escape);
	}
}

char *pfnscope_text_printable(const char *word)
{
	struct pfnscope_text text = { 0 };

	pfnscope_text_put_printable(&text, word, "");
	return text.data ? text.data : pfnscope_strdup("");
}

/* Where to break what is longer than a line: flags, paths, lists of nodes. */
static size_t inside_a_word(const char *text, size_t room)
{
	size_t cut = room;

	while (cut > room / 2 && !strchr("/|,", text[cut - 1]))
		cut--;
	return cut > room / 2 ? cut : room;
}

size_t pfnscope_text_line(const char *text, size_t room)
{
	size_t length = strlen(text), cut = room;

	if (length <= room)
		return length;
	while (cut && text[cut] != ' ')
		cut--;
	return cut ? cut : inside_a_word(text, room);
}

bool pfnscope_ends_in(const char *text, size_t length, const char *ending)
{
	size_t size = strlen(ending);

	return length >= size && !memcmp(text + length - size, ending, size);
}
