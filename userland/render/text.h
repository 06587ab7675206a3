/* SPDX-License-Identifier: GPL-2.0-only */
/* A growing text: cells are put together in one, a million times over. */
#ifndef PFNSCOPE_RENDER_TEXT_H
#define PFNSCOPE_RENDER_TEXT_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct pfnscope_text - zeroed to begin with, @data freed at the end
 * @data: the text, ended by a NUL once something was put
 * @length: without the NUL
 * @size: of the memory
 */
struct pfnscope_text {
	char *data;
	size_t length;
	size_t size;
};

void pfnscope_text_put(struct pfnscope_text *text, const char *more,
		       size_t length);
void pfnscope_text_put_string(struct pfnscope_text *text, const char *more);
void pfnscope_text_put_char(struct pfnscope_text *text, char character);
/* In base 10 or 16. */
void pfnscope_text_put_number(struct pfnscope_text *text, uint64_t number,
			      unsigned int base);

#endif
