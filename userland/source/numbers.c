// SPDX-License-Identifier: GPL-2.0-only
/* Files of names and numbers, and files of one number. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/numbers.h"
#include "source/parse.h"
#include "source/words.h"

static void numbers_add(struct pfnscope_numbers *numbers, const char *name, int64_t number)
{
	size_t count = numbers->count;

	/* Room is doubled at powers of two. */
	if (!(count & (count - 1)))
		numbers->all = pfnscope_realloc(numbers->all, count ? 2 * count : 1,
						sizeof(*numbers->all));
	numbers->all[count].name = pfnscope_strdup(name);
	numbers->all[count].number = number;
	numbers->count++;
}

/* Return: 0, or -1 where the line is damaged. */
static int numbers_take_line(struct pfnscope_parser *parser, struct pfnscope_numbers *numbers)
{
	struct pfnscope_token name, value, unit;
	uint64_t number;

	if (!pfnscope_parse_word(parser, &name) || !pfnscope_parse_word(parser, &value))
		return 0;
	if (name.text[name.length - 1] == ':')
		name.text[--name.length] = '\0';
	if (!strcmp(value.text, "max")) {
		numbers_add(numbers, name.text, PFNSCOPE_UNLIMITED);
		return 0;
	}
	if (pfnscope_parse_number(parser, &value, &number))
		return -1;
	if (number > (uint64_t)PFNSCOPE_NUMBER_MAX)
		return 0;
	if (pfnscope_parse_word(parser, &unit)) {
		if (strcmp(unit.text, "kB"))
			return pfnscope_parse_fail(parser, unit.column,
						   "not a unit: \"%s\"", unit.text);
		if (number > (uint64_t)PFNSCOPE_NUMBER_MAX / 1024)
			return 0;
		number *= 1024;
	}
	numbers_add(numbers, name.text, (int64_t)number);
	return 0;
}

/* Where @strict, a line that is none of them is damage. */
static void read_lines(const struct pfnscope_source *source, const char *path,
		       bool strict, struct pfnscope_numbers *numbers)
{
	struct pfnscope_error error = { 0 }, passed = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	int failure = pfnscope_source_input(source, path, &parser.input), more;

	pfnscope_numbers_clear(numbers);
	if (failure == ENOENT && !pfnscope_source_is_live(source))
		numbers->why = pfnscope_format("/%s was not recorded", path);
	else if (failure)
		numbers->why = pfnscope_format("/%s: %s", path, strerror(failure));
	if (failure)
		return;
	while ((more = pfnscope_parse_line(&parser)) > 0) {
		parser.error = strict ? &error : &passed;
		if (numbers_take_line(&parser, numbers) && strict)
			break;
		parser.error = &error;
	}
	pfnscope_input_close(parser.input);
	if (!more)
		return;
	pfnscope_numbers_clear(numbers);
	numbers->why = pfnscope_strdup(error.text);
}

void pfnscope_numbers_read(const struct pfnscope_source *source, const char *path,
			   struct pfnscope_numbers *numbers)
{
	read_lines(source, path, true, numbers);
}

void pfnscope_numbers_pick(const struct pfnscope_source *source, const char *path,
			   struct pfnscope_numbers *numbers)
{
	read_lines(source, path, false, numbers);
}

void pfnscope_numbers_clear(struct pfnscope_numbers *numbers)
{
	for (size_t i = 0; i < numbers->count; i++)
		free(numbers->all[i].name);
	free(numbers->all);
	free(numbers->why);
	numbers->all = NULL;
	numbers->count = 0;
	numbers->why = NULL;
}

int64_t pfnscope_number(const struct pfnscope_numbers *numbers, const char *name)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (!strcmp(numbers->all[i].name, name))
			return numbers->all[i].number;
	return PFNSCOPE_MISSING;
}

int64_t pfnscope_numbers_sum(const struct pfnscope_numbers *numbers,
			     const char *prefix)
{
	int64_t sum = PFNSCOPE_MISSING;

	for (size_t i = 0; i < numbers->count; i++)
		if (!strncmp(numbers->all[i].name, prefix, strlen(prefix)))
			sum = pfnscope_plus_known(sum, numbers->all[i].number);
	return sum;
}

int64_t pfnscope_number_nth(const struct pfnscope_source *source, const char *path,
			    unsigned int nth)
{
	char *word = pfnscope_word_of_first_line(source, path, nth);
	int64_t number = PFNSCOPE_MISSING;
	uint64_t value;

	if (word && !strcmp(word, "max"))
		number = PFNSCOPE_UNLIMITED;
	else if (word && !pfnscope_digits(word, strlen(word), &value) &&
		 value <= (uint64_t)PFNSCOPE_NUMBER_MAX)
		number = (int64_t)value;
	free(word);
	return number;
}

int64_t pfnscope_number_in(const struct pfnscope_source *source, const char *path)
{
	return pfnscope_number_nth(source, path, 0);
}
