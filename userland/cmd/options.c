// SPDX-License-Identifier: GPL-2.0-only
/* The command line, by getopt_long() over the two tables of options. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/nearest.h"
#include "cmd/options.h"

#define LETTERS	":JrbnhVo:"

enum {
	OPTION_ALL = 256,
	OPTION_ROOT,
	OPTION_OWN,	/* the first of the command's own */
};

const struct pfnscope_shared_option pfnscope_shared_options[] = {
	{ 'J', { "json", NULL, "JSON: integers and null, all columns" } },
	{ 'r', { "raw", NULL, "cells for scripts: no units, all columns" } },
	{ 'o', { "output", "COLS",
		 "columns, comma separated; +COLS adds to the usual ones" } },
	{ OPTION_ALL, { "output-all", NULL, "all columns" } },
	{ 'b', { "bytes", NULL, "sizes in bytes" } },
	{ 'n', { "noheadings", NULL, "no line of column names" } },
	{ OPTION_ROOT, { "root", "DIR",
			 "read DIR/proc, DIR/sys instead of the running system" } },
	{ 'h', { "help", NULL, "this text" } },
	{ 'V', { "version", NULL, "version of the command" } },
	{ 0, { NULL, NULL, NULL } },
};

static void add(struct option *list, size_t *count,
		const struct pfnscope_option *option, int value)
{
	list[(*count)++] = (struct option) {
		.name = option->name,
		.has_arg = option->argument ? required_argument : no_argument,
		.val = value,
	};
}

static struct option *long_options(const struct pfnscope_command *command)
{
	const struct pfnscope_shared_option *shared;
	const struct pfnscope_option *own = command ? command->options : NULL;
	size_t size = 1, count = 0, i;
	struct option *list;

	for (shared = pfnscope_shared_options; shared->letter; shared++)
		size++;
	for (i = 0; own && own[i].name; i++)
		size++;
	list = pfnscope_calloc(size, sizeof(*list));
	for (shared = pfnscope_shared_options; shared->letter; shared++)
		add(list, &count, &shared->option, shared->letter);
	for (i = 0; own && own[i].name; i++)
		add(list, &count, &own[i], OPTION_OWN + (int)i);
	return list;
}

static const char *help_of(const struct pfnscope_run *run, char **text)
{
	*text = run->command ? pfnscope_format("pfnscope %s --help",
					       run->command->name) :
		pfnscope_strdup("pfnscope --help");
	return *text;
}

static int bad_option(struct pfnscope_run *run, const struct option *list,
		      const char *word, bool lacks_argument)
{
	struct pfnscope_nearest nearest = { .word = word + strspn(word, "-") };
	char *help = NULL;

	for (; list->name && !strncmp(word, "--", 2); list++)
		pfnscope_nearest_try(&nearest, list->name);
	if (lacks_argument)
		pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			      "option %s needs an argument (%s tells)", word,
			      help_of(run, &help));
	else if (nearest.found)
		pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			      "unknown option %s, did you mean --%s?", word,
			      nearest.found);
	else
		pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			      "unknown option %s (%s lists them)", word,
			      help_of(run, &help));
	free(help);
	return -1;
}

static int set_kind(struct pfnscope_run *run, enum pfnscope_format_kind kind)
{
	if (run->format.kind != PFNSCOPE_FORMAT_TABLE &&
	    run->format.kind != kind)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--json and --raw exclude each other");
	run->format.kind = kind;
	return 0;
}

static int apply(struct pfnscope_run *run, struct pfnscope_line *line,
		 int letter)
{
	switch (letter) {
	case 'J':
		return set_kind(run, PFNSCOPE_FORMAT_JSON);
	case 'r':
		return set_kind(run, PFNSCOPE_FORMAT_RAW);
	case 'o':
		run->format.columns = optarg;
		return 0;
	case OPTION_ALL:
		run->format.all = true;
		return 0;
	case 'b':
		run->format.bytes = true;
		return 0;
	case 'n':
		run->format.no_headings = true;
		return 0;
	case OPTION_ROOT:
		line->root = optarg;
		return 0;
	case 'h':
		line->help = true;
		return 0;
	case 'V':
		line->version = true;
		return 0;
	}
	run->values[letter - OPTION_OWN] = optarg ? optarg : "";
	return 0;
}

int pfnscope_options_parse(struct pfnscope_run *run, struct pfnscope_line *line,
			   int argc, char **argv)
{
	const char *letters = run->command ? LETTERS : "+" LETTERS;
	struct option *list = long_options(run->command);
	int letter, failure = 0;

	opterr = 0;
	optind = 0;	/* begins anew, and forgets the order of the last time */
	while (!failure &&
	       (letter = getopt_long(argc, argv, letters, list, NULL)) != -1) {
		if (letter == '?' || letter == ':') {
			char short_form[] = { '-', (char)optopt, '\0' };
			bool is_short = optopt > 0 && optopt < OPTION_ALL &&
					strncmp(argv[optind - 1], "--", 2);

			failure = bad_option(run, list, is_short ? short_form :
					     argv[optind - 1], letter == ':');
		} else {
			failure = apply(run, line, letter);
		}
	}
	free(list);
	return failure ? -1 : optind;
}
