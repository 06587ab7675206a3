// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "render/render.h"
#include "render/wrap.h"

#define WIDTH	78

/* Where to break what is longer than a line: flags, paths, lists of nodes. */
static size_t inside_a_word(const char *text, size_t room)
{
	size_t cut = room;

	while (cut > room / 2 && !strchr("/|,", text[cut - 1]))
		cut--;
	return cut > room / 2 ? cut : room;
}

static size_t piece(const char *text, size_t room)
{
	size_t length = strlen(text), cut = room;

	if (length <= room)
		return length;
	while (cut && text[cut] != ' ')
		cut--;
	return cut ? cut : inside_a_word(text, room);
}

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
		size_t cut = piece(at, WIDTH - strlen(indent));

		pfnscope_render_text("%s%.*s\n", indent, (int)cut, at);
		at += cut;
		at += strspn(at, " ");
		indent = next;
	} while (*at);
	free(text);
}
