// SPDX-License-Identifier: GPL-2.0-only
/* A growing text. */
#include <string.h>

#include "base/alloc.h"
#include "render/text.h"

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
