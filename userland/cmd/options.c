// SPDX-License-Identifier: GPL-2.0-only
/* The command line, by getopt_long() over the two tables of options, and what is wrong with it. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/moment.h"
#include "base/nearest.h"
#include "cmd/options-inside.h"
#include "source/parse.h"
#include "table/select.h"

static const char *help_of(const struct pfnscope_run *run, char **text)
{
	*text = run->command ? pfnscope_format("pfnscope %s --help",
					       run->command->name) :
		pfnscope_strdup("pfnscope --help");
	return *text;
}

/* The shared option that @word means, in its short or its long form, or NULL. */
static const struct pfnscope_shared_option *shared_of(const char *word)
{
	const struct pfnscope_shared_option *shared = pfnscope_shared_options;
	size_t length = strcspn(word, "=");

	for (; shared->letter; shared++) {
		if (!strncmp(word, "--", 2) &&
		    strlen(shared->option.name) == length - 2 &&
		    !strncmp(word + 2, shared->option.name, length - 2))
			return shared;
		if (word[0] == '-' && word[1] == shared->letter && !word[2])
			return shared;
	}
	return NULL;
}

/* Known elsewhere, and nothing that this command could obey. */
static int no_option(struct pfnscope_run *run, const char *name)
{
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "%s has no --%s (pfnscope %s --help lists its options)",
			     run->command->name, name, run->command->name);
}

static int bad_option(struct pfnscope_run *run, const struct option *list,
		      const char *word, bool lacks_argument)
{
	const struct pfnscope_shared_option *shared = shared_of(word);
	struct pfnscope_nearest nearest = { .word = word + strspn(word, "-") };
	char *help = NULL;

	if (run->command && shared && pfnscope_options_own_letter(run->command, word[1]) < 0 &&
	    !pfnscope_option_fits(shared, run->command))
		return no_option(run, shared->option.name);
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

static int set_columns(struct pfnscope_run *run, const char *columns)
{
	if (run->format.columns)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "-o is given twice (COL,COL names several columns)");
	if (!strcmp(columns, "all"))
		run->format.all = true;
	else
		run->format.columns = columns;
	return 0;
}

static int set_top(struct pfnscope_run *run, const char *number)
{
	if (!pfnscope_digits(number, strlen(number), &run->top) &&
	    run->top < UINT32_MAX)
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "--top: not a number of rows: \"%s\"", number);
}

/* Options that choose rows. */
static int choose_option(struct pfnscope_run *run, int letter, const char *argument)
{
	uint64_t node;

	switch (letter) {
	case OPTION_NODE:
		if (pfnscope_digits(argument, strlen(argument), &node))
			return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				"--node: not a number of a node: \"%s\"",
				argument);
		return pfnscope_where_equal(&run->where, "node", argument,
					    &run->error);
	case OPTION_ZONE:
		return pfnscope_where_equal(&run->where, "zone", argument,
					    &run->error);
	case OPTION_WHERE:
		return pfnscope_where_add(&run->where, argument, &run->error);
	case OPTION_TOP:
		return set_top(run, argument);
	case OPTION_SORT:
		run->sort = argument;
		return 0;
	}
	run->all = true;
	return 0;
}

static int set_time(struct pfnscope_run *run, struct pfnscope_line *line, const char *text)
{
	line->timed = true;
	if (pfnscope_moment(text, (int64_t)time(NULL), &run->until))
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
		"-t: not a time such as '3m ago', '2026-11-27 17:14:58', 17:14 or @1764263698, in UTC: \"%s\"",
		text);
}

static void take_own(struct pfnscope_run *run, size_t option)
{
	const struct pfnscope_command *command = run->command;

	run->values[option] = optarg ? optarg : "";
	if (command && command->repeats &&
	    !strcmp(command->repeats, command->options[option].name))
		pfnscope_lines_add(&run->repeated, "%s", optarg);
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
		return set_columns(run, optarg);
	case OPTION_OUTPUT_ALL:
		run->format.all = true;
		return 0;
	case 'b':
		run->format.bytes = true;
		return 0;
	case 'n':
		run->format.no_headings = true;
		return 0;
	case 'v':
		run->verbose = true;
		return 0;
	case OPTION_ROOT:
		line->root = optarg;
		return 0;
	case OPTION_FROM:
		line->from = optarg;
		return 0;
	case 't':
		return set_time(run, line, optarg);
	case 'h':
		line->help = true;
		return 0;
	case 'V':
		line->version = true;
		return 0;
	}
	if (letter < OPTION_OWN)
		return choose_option(run, letter, optarg);
	take_own(run, (size_t)(letter - OPTION_OWN));
	return 0;
}

static bool was_given(const struct pfnscope_run *run,
		      const struct pfnscope_line *line, int letter)
{
	const struct pfnscope_format *format = &run->format;

	switch (letter) {
	case 'J': return format->kind == PFNSCOPE_FORMAT_JSON;
	case 'r': return format->kind == PFNSCOPE_FORMAT_RAW;
	case 'o': return format->columns;
	case OPTION_OUTPUT_ALL: return format->all;
	case 'b': return format->bytes;
	case 'n': return format->no_headings;
	case 'v': return run->verbose;
	case OPTION_ROOT: return line->root;
	case OPTION_FROM: return line->from;
	case 't': return line->timed;
	}
	return false;
}

static int check_sort(struct pfnscope_run *run, const struct pfnscope_view *view)
{
	const char *unknown;
	char *columns;

	if (!run->sort || !strcmp(run->sort, "none"))
		return 0;
	columns = pfnscope_strdup(run->sort);
	unknown = pfnscope_table_sort(NULL, view, columns);
	/* The table for people has columns of its own: whether it is one of those it says. */
	if (run->command->brief || run->command->tell)
		unknown = NULL;
	if (unknown)
		pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--sort: %s has no column \"%s\" (pfnscope %s --help lists them)",
			view->name, unknown, run->command->name);
	free(columns);
	return unknown ? -1 : 0;
}

int pfnscope_options_not_of(struct pfnscope_run *run)
{
	const struct pfnscope_option *own = pfnscope_options_own(NULL);

	for (; own->name; own++)
		if (run->values[own - pfnscope_options_own(NULL)])
			return no_option(run, own->name);
	return 0;
}

int pfnscope_options_check(struct pfnscope_run *run,
			   const struct pfnscope_line *line)
{
	const struct pfnscope_shared_option *shared = pfnscope_shared_options;
	const struct pfnscope_view *view = run->command->view;

	for (; shared->letter; shared++)
		if (was_given(run, line, shared->letter) &&
		    !pfnscope_option_fits(shared, run->command))
			return no_option(run, shared->option.name);
	if (line->root && line->from)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE, "either --root or --from");
	if (line->timed && !line->from && !run->command->moments)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "-t: of which folder? (--from FOLDER -t TIME)");
	if (!view)
		return 0;
	if (run->command->view_of)
		view = run->command->view_of(run);
	return pfnscope_columns_check(&run->format, view, &run->error) ||
	       pfnscope_where_check(&run->where, view, &run->error) ||
	       check_sort(run, view) ? -1 : 0;
}

int pfnscope_options_parse(struct pfnscope_run *run, struct pfnscope_line *line,
			   int argc, char **argv)
{
	struct option *list = pfnscope_options_long(run->command);
	int letter, own, failure = 0;
	char letters[64];

	pfnscope_options_letters(run->command, letters, sizeof(letters));
	opterr = 0;
	optind = 0;	/* begins anew, and forgets the order of the last time */
	while (!failure &&
	       (letter = getopt_long(argc, argv, letters, list, NULL)) != -1) {
		if (letter == '?' || letter == ':') {
			char short_form[] = { '-', (char)optopt, '\0' };
			bool is_short = optopt > 0 && optopt < OPTION_OUTPUT_ALL &&
					strncmp(argv[optind - 1], "--", 2);

			failure = bad_option(run, list, is_short ? short_form :
					     argv[optind - 1], letter == ':');
		} else {
			own = pfnscope_options_own_letter(run->command, letter);
			failure = apply(run, line, own < 0 ? letter : own);
		}
	}
	free(list);
	return failure ? -1 : optind;
}
