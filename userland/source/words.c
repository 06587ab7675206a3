// SPDX-License-Identifier: GPL-2.0-only
/* Single words of files that are no table. What cannot be read has none. */
#include <string.h>

#include "base/alloc.h"
#include "source/parse.h"
#include "source/words.h"

/* Whether the line has @nth words and one more, which is left in @token. */
static bool take_nth(struct pfnscope_parser *parser, unsigned int nth,
		     struct pfnscope_token *token)
{
	unsigned int i = 0;

	while (i <= nth && pfnscope_parse_word(parser, token))
		i++;
	return i == nth + 1;
}

bool pfnscope_word_is_there(const struct pfnscope_source *source,
			    const char *path, unsigned int nth, const char *word)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token token;
	bool found = false;

	if (pfnscope_source_input(source, path, &parser.input))
		return false;
	while (!found && pfnscope_parse_line(&parser) > 0)
		found = take_nth(&parser, nth, &token) && !strcmp(token.text, word);
	pfnscope_input_close(parser.input);
	return found;
}

char *pfnscope_word_of_first_line(const struct pfnscope_source *source,
				  const char *path, unsigned int nth)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token token;
	char *word = NULL;

	if (pfnscope_source_input(source, path, &parser.input))
		return NULL;
	if (pfnscope_parse_line(&parser) > 0 && take_nth(&parser, nth, &token))
		word = pfnscope_strdup(token.text);
	pfnscope_input_close(parser.input);
	return word;
}

char *pfnscope_word_behind(const struct pfnscope_source *source,
			   const char *path, const char *key)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token token;
	char *word = NULL;

	if (pfnscope_source_input(source, path, &parser.input))
		return NULL;
	while (!word && pfnscope_parse_line(&parser) > 0)
		if (pfnscope_parse_word(&parser, &token) &&
		    !strcmp(token.text, key) &&
		    pfnscope_parse_word(&parser, &token))
			word = pfnscope_strdup(token.text);
	pfnscope_input_close(parser.input);
	return word;
}

char *pfnscope_word_in_brackets(const struct pfnscope_source *source, const char *path)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token token;
	char *word = NULL;

	if (pfnscope_source_input(source, path, &parser.input))
		return NULL;
	if (pfnscope_parse_line(&parser) > 0)
		while (!word && pfnscope_parse_word(&parser, &token))
			if (*token.text == '[' && token.length > 2 &&
			    token.text[token.length - 1] == ']')
				word = pfnscope_strndup(token.text + 1, token.length - 2);
	pfnscope_input_close(parser.input);
	return word;
}
