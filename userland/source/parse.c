// SPDX-License-Identifier: GPL-2.0-only
/* The tokenizer: lines, cells, lists, escapes, strict integers. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "source/parse.h"

/**
 * pfnscope_parse_fail() - say what is wrong and where
 * @parser: where
 * @column: column of the line, from 1
 * @format: printf format of what is wrong
 *
 * Return: -1.
 */
int pfnscope_parse_fail(struct pfnscope_parser *parser, size_t column,
			const char *format, ...)
{
	char why[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(why, sizeof(why), format, arguments);
	va_end(arguments);
	return pfnscope_fail(parser->error, PFNSCOPE_BAD_DATA, "%s:%lu:%zu: %s",
			     pfnscope_input_name(parser->input), parser->line,
			     column, why);
}

static size_t column_in_line(const struct pfnscope_parser *parser, const char *at)
{
	return (size_t)(at - parser->text) + 1;
}

/**
 * pfnscope_parse_line() - go to the next line
 * @parser: its tokens begin anew
 *
 * A line without a newline is one that was cut off, and a NUL is not text:
 * both are failures.
 *
 * Return: 1 a line, 0 the end of the file, -1 failed.
 */
int pfnscope_parse_line(struct pfnscope_parser *parser)
{
	long length = pfnscope_input_line(parser->input, &parser->text,
					  parser->error);
	char *nul;

	if (length <= 0)
		return (int)length;
	parser->line++;
	parser->at = parser->text;
	parser->end = parser->text + length - 1;
	nul = memchr(parser->text, '\0', (size_t)length);
	if (nul)
		return pfnscope_parse_fail(parser, column_in_line(parser, nul),
					   "a NUL byte");
	if (*parser->end != '\n')
		return pfnscope_parse_fail(parser, (size_t)length + 1,
					   "the file is cut off here");
	*parser->end = '\0';
	return 1;
}

static void parse_take(struct pfnscope_parser *parser, struct pfnscope_token *token,
		       char *begin, char *end)
{
	token->text = begin;
	token->length = (size_t)(end - begin);
	token->column = column_in_line(parser, begin);
	parser->at = end;
	if (end < parser->end) {
		*end = '\0';
		parser->at = end + 1;
	}
}

bool pfnscope_parse_word(struct pfnscope_parser *parser,
			 struct pfnscope_token *token)
{
	char *begin = parser->at + strspn(parser->at, " \t\r");

	if (begin == parser->end)
		return false;
	parse_take(parser, token, begin, begin + strcspn(begin, " \t\r"));
	return true;
}

int pfnscope_parse_cell(struct pfnscope_parser *parser,
			struct pfnscope_token *token)
{
	char *begin = parser->at, *end;

	if (begin == parser->end)
		return 0;
	end = memchr(begin, ' ', (size_t)(parser->end - begin));
	if (!end)
		end = parser->end;
	if (begin == end)
		return pfnscope_parse_fail(parser, column_in_line(parser, begin),
					   "an empty cell");
	if (end == parser->end - 1)
		return pfnscope_parse_fail(parser, column_in_line(parser, end),
					   "a blank at the end of the line");
	parse_take(parser, token, begin, end);
	return 1;
}

/**
 * pfnscope_parse_element() - the next element of a comma list
 * @parser: where failures go
 * @list: a cell
 * @element: zeroed before the first call, then the element before
 *
 * The list is cut at the comma, so each cell can be walked once.
 *
 * Return: 1 an element, 0 the end, -1 an empty element.
 */
int pfnscope_parse_element(struct pfnscope_parser *parser,
			   const struct pfnscope_token *list,
			   struct pfnscope_token *element)
{
	char *end = list->text + list->length;
	char *begin = list->text;

	if (element->text) {
		begin = element->text + element->length;
		if (begin == end)
			return 0;
		begin++;
	}
	element->text = begin;
	element->length = strcspn(begin, ",");
	element->column = list->column + (size_t)(begin - list->text);
	if (!element->length)
		return pfnscope_parse_fail(parser, element->column,
					   "an empty element in a list");
	begin[element->length] = '\0';
	return 1;
}

static int number_failed(struct pfnscope_parser *parser,
			 const struct pfnscope_token *token, int failure)
{
	return pfnscope_parse_fail(parser, token->column, "%s: \"%.60s\"",
				   failure == ERANGE ? "too large a number" :
				   "not a number", token->text);
}

int pfnscope_parse_number(struct pfnscope_parser *parser,
			  const struct pfnscope_token *token,
			  uint64_t *number)
{
	int failure = pfnscope_digits(token->text, token->length, number);

	return failure ? number_failed(parser, token, failure) : 0;
}

int pfnscope_parse_signed(struct pfnscope_parser *parser,
			  const struct pfnscope_token *token, int64_t *number)
{
	size_t minus = token->text[0] == '-';
	uint64_t magnitude;
	int failure = pfnscope_digits(token->text + minus,
				      token->length - minus, &magnitude);

	if (!failure && magnitude > (uint64_t)INT64_MAX + minus)
		failure = ERANGE;
	if (failure)
		return number_failed(parser, token, failure);
	/* In unsigned arithmetic INT64_MIN needs no case of its own. */
	*number = (int64_t)(minus ? 0 - magnitude : magnitude);
	return 0;
}

static int octal_escape(const char *at)
{
	int i, sum = 0;

	for (i = 0; i < 3; i++) {
		if (at[i] < '0' || at[i] > '7')
			return -1;
		sum = sum * 8 + (at[i] - '0');
	}
	return sum;
}

int pfnscope_parse_escapes(struct pfnscope_parser *parser,
			   struct pfnscope_token *token)
{
	char *to = token->text;
	const char *from;

	for (from = token->text; *from; from++) {
		int character = (unsigned char)*from;

		if (character == '\\') {
			character = octal_escape(from + 1);
			if (character <= 0 || character > 255)
				return pfnscope_parse_fail(parser,
					token->column + (size_t)(from - token->text),
					"a backslash must begin an escape like \\040");
			from += 3;
		}
		*to++ = (char)character;
	}
	*to = '\0';
	token->length = (size_t)(to - token->text);
	return 0;
}
