/* SPDX-License-Identifier: GPL-2.0-only */
/* The tokenizer of every table the command reads, and strict integers. */
#ifndef PFNSCOPE_SOURCE_PARSE_H
#define PFNSCOPE_SOURCE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digits.h"
#include "base/error.h"
#include "source/source.h"

/**
 * struct pfnscope_parser - where in which file
 * @input: lines come from here
 * @error: failures go here, as file:line:column: why
 * @line: number of the current line, from 1
 * @text: the current line, without its newline
 * @end: behind its last character
 * @at: behind the last token
 */
struct pfnscope_parser {
	struct pfnscope_input *input;
	struct pfnscope_error *error;
	unsigned long line;
	char *text;
	char *end;
	char *at;
};

/* A word of the current line; ended by a NUL once it was taken. */
struct pfnscope_token {
	char *text;
	size_t length;
	size_t column;
};

/* Return: 1 a line, 0 the end of the file, -1 failed. */
int pfnscope_parse_line(struct pfnscope_parser *parser);
/* Words apart by any blanks. Return: false at the end of the line. */
bool pfnscope_parse_word(struct pfnscope_parser *parser,
			 struct pfnscope_token *token);
/* Cells apart by exactly one blank. Return: 1 a cell, 0 the end, -1 failed. */
int pfnscope_parse_cell(struct pfnscope_parser *parser,
			struct pfnscope_token *token);
/* The next element of a comma list; starts with @element zeroed. */
int pfnscope_parse_element(struct pfnscope_parser *parser,
			   const struct pfnscope_token *list,
			   struct pfnscope_token *element);

int pfnscope_parse_number(struct pfnscope_parser *parser,
			  const struct pfnscope_token *token,
			  uint64_t *number);
int pfnscope_parse_signed(struct pfnscope_parser *parser,
			  const struct pfnscope_token *token,
			  int64_t *number);
/* Undo \040 and its like in place. */
int pfnscope_parse_escapes(struct pfnscope_parser *parser,
			   struct pfnscope_token *token);
int pfnscope_parse_fail(struct pfnscope_parser *parser, size_t column,
			const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
