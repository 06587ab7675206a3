/* SPDX-License-Identifier: GPL-2.0-only */
/* A growing text, and words of others made safe to print. */
#ifndef PFNSCOPE_BASE_TEXT_H
#define PFNSCOPE_BASE_TEXT_H

#include <stdbool.h>
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

/* Bytes of the UTF-8 sequence at @at, 0 where there is none. */
size_t pfnscope_utf8_length(const char *at);
/*
 * A word that somebody else chose: the name of a task or of a cgroup. Bytes that
 * could steer a terminal, are no UTF-8 or stand in @also come as in /proc/mounts,
 * as a backslash and three octal digits.
 */
void pfnscope_text_put_printable(struct pfnscope_text *text, const char *word,
				 const char *also);
/* The same as a copy, to be freed: for words within lines of text. */
char *pfnscope_text_printable(const char *word);

/* @text of @length characters, which no NUL has to end. */
bool pfnscope_ends_in(const char *text, size_t length, const char *ending);

/* How much of a sentence goes into a line of @room characters; blanks behind it do not. */
size_t pfnscope_text_line(const char *text, size_t room);

#endif
