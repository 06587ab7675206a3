// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "render/render.h"
#include "render/wrap.h"

#define WIDTH	78

/**
 * pfnscope_wrap - print a sentence, a line ending before the width does
 * @first: indent of the first line
 * @next: indent of those below
 * @format: printf format of the sentence
 */
void pfnscope_wrap(const char *first, const char *next, const char *format, ...)
{
	const char *indent = first;
	va_list arguments;
	const char *at;
	char *text;

	va_start(arguments, format);
	text = pfnscope_vformat(format, arguments);
	va_end(arguments);
	at = text;
	do {
		size_t cut = pfnscope_text_line(at, WIDTH - strlen(indent));

		pfnscope_render_text("%s%.*s\n", indent, (int)cut, at);
		at += cut;
		at += strspn(at, " ");
		indent = next;
	} while (*at);
	free(text);
}
