// SPDX-License-Identifier: GPL-2.0-only
/* The command line, by getopt_long() over the two tables of options. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/moment.h"
#include "base/nearest.h"
#include "cmd/options.h"
#include "source/parse.h"
#include "table/select.h"

#define LETTERS	"JrbnvhVo:t:"

enum {
	OPTION_OUTPUT_ALL = 256,
	OPTION_ROOT,
	OPTION_FROM,
	OPTION_NODE,
	OPTION_ZONE,
	OPTION_WHERE,
	OPTION_SORT,
	OPTION_TOP,
	OPTION_ALL,
	OPTION_OWN,	/* the first of the command's own */
};

const struct pfnscope_shared_option pfnscope_shared_options[] = {
	{ OPTION_NODE, { "node", "N", "only this NUMA node" },
	  PFNSCOPE_OF_ROWS, "node" },
	{ OPTION_ZONE, { "zone", "ZONE", "only zones of this name, such as DMA32" },
	  PFNSCOPE_OF_ROWS, "zone" },
	{ OPTION_WHERE, { "where", "CONDITION",
			  "only rows such as free>=1M or zone!=DMA; may be given again" },
	  PFNSCOPE_OF_ROWS, NULL },
	{ OPTION_SORT, { "sort", "COLUMNS",
			 "numbers from the largest, words by the alphabet, -COLUMN the other way; COLUMN,COLUMN; none: as read" },
	  PFNSCOPE_OF_ROWS, NULL },
	{ OPTION_TOP, { "top", "N", "only the first N rows" },
	  PFNSCOPE_OF_ROWS, NULL },
	{ OPTION_ALL, { "all", NULL, "every row, also what is left out or summed up" },
	  PFNSCOPE_OF_ROWS, NULL },
	{ 'J', { "json", NULL, "JSON: integers and null, all columns" },
	  PFNSCOPE_OF_JSON, NULL },
	{ 'r', { "raw", NULL, "cells for scripts: no units, all columns" },
	  PFNSCOPE_OF_TABLES, NULL },
	{ 'o', { "output", "COLS",
		 "columns, comma separated; +COLS adds to the usual ones, all takes every one" },
	  PFNSCOPE_OF_TABLES, NULL },
	{ OPTION_OUTPUT_ALL, { "output-all", NULL, "the same as -o all" },
	  PFNSCOPE_OF_TABLES, NULL },
	{ 'b', { "bytes", NULL, "sizes in bytes" }, PFNSCOPE_OF_TABLES, NULL },
	{ 'n', { "noheadings", NULL, "no line of column names" },
	  PFNSCOPE_OF_TABLES, NULL },
	{ 'v', { "verbose", NULL, "also what did not decide the answer" },
	  PFNSCOPE_OF_VERBOSE, NULL },
	{ OPTION_ROOT, { "root", "DIR",
			 "read DIR/proc, DIR/sys instead of the running system" },
	  PFNSCOPE_OF_ROOTS, NULL },
	{ OPTION_FROM, { "from", "FILE",
			 "read an archive of those: .tar, .tar.gz, .tar.xz, .tar.zst, also a sosreport; or such a directory" },
	  PFNSCOPE_OF_ARCHIVES, NULL },
	{ 't', { "time", "TIME",
		 "of a folder that record fills, what was recorded last until then: '3m ago', '2026-11-27 17:14'" },
	  PFNSCOPE_OF_ARCHIVES, NULL },
	{ 'h', { "help", NULL, "this text" }, PFNSCOPE_OF_ALL, NULL },
	{ 'V', { "version", NULL, "version of the command" }, PFNSCOPE_OF_ALL,
	  NULL },
	{ 0, { NULL, NULL, NULL }, PFNSCOPE_OF_ALL, NULL },
};

/* A command's own option hides a shared one of the same name. */
static bool is_hidden(const struct pfnscope_shared_option *shared,
		      const struct pfnscope_command *command)
{
	const struct pfnscope_option *own = command->options;

	for (; own && own->name; own++)
		if (!strcmp(own->name, shared->option.name))
			return true;
	return false;
}

bool pfnscope_option_fits(const struct pfnscope_shared_option *shared,
			  const struct pfnscope_command *command)
{
	if (!command)
		return shared->of != PFNSCOPE_OF_ROWS;
	if (is_hidden(shared, command))
		return false;
	switch (shared->of) {
	case PFNSCOPE_OF_ALL:
		return true;
	case PFNSCOPE_OF_ROOTS:
		return !command->rootless;
	case PFNSCOPE_OF_ARCHIVES:
		return !command->rootless || command->logs;
	case PFNSCOPE_OF_VERBOSE:
		return command->verbose;
	case PFNSCOPE_OF_JSON:
		return command->view || command->document;
	case PFNSCOPE_OF_TABLES:
	case PFNSCOPE_OF_ROWS:
		break;
	}
	return command->view &&
	       (!shared->column ||
		pfnscope_view_field(command->view, shared->column) >= 0);
}

static void add_option(struct option *list, size_t *count,
		       const struct pfnscope_option *option, int value)
{
	list[(*count)++] = (struct option) {
		.name = option->name,
		.has_arg = option->argument ? required_argument : no_argument,
		.val = value,
	};
}

/* Without a command it is status, whose options go without its name. */
static const struct pfnscope_option *own_options(const struct pfnscope_command *command)
{
	return command ? command->options : pfnscope_cmd_status.options;
}

int pfnscope_option_letter(const struct pfnscope_command *command, size_t option)
{
	return command->letters && command->letters[option] != '-' ?
	       command->letters[option] : 0;
}

/* The letters of @command before those of all, as the first of two counts. */
static void letters_of(const struct pfnscope_command *command, char *letters, size_t size)
{
	size_t used = (size_t)snprintf(letters, size, command ? ":" : "+:"), i;

	for (i = 0; command && command->letters && command->letters[i]; i++)
		if (pfnscope_option_letter(command, i))
			used += (size_t)snprintf(letters + used, size - used, "%c%s",
						 command->letters[i],
						 command->options[i].argument ? ":" : "");
	snprintf(letters + used, size - used, "%s", LETTERS);
}

/* The command's own option of that letter, or below 0. */
static int own_letter(const struct pfnscope_command *command, int letter)
{
	const char *found = command && command->letters && letter > 0 && letter < 0x7f &&
			    letter != '-' ? strchr(command->letters, letter) : NULL;

	return found ? OPTION_OWN + (int)(found - command->letters) : -1;
}

static struct option *long_options(const struct pfnscope_command *command)
{
	const struct pfnscope_shared_option *shared;
	const struct pfnscope_option *own = own_options(command);
	size_t size = 1, count = 0, i;
	struct option *list;

	for (shared = pfnscope_shared_options; shared->letter; shared++)
		size++;
	for (i = 0; own && own[i].name; i++)
		size++;
	list = pfnscope_calloc(size, sizeof(*list));
	for (shared = pfnscope_shared_options; shared->letter; shared++)
		if (pfnscope_option_fits(shared, command))
			add_option(list, &count, &shared->option, shared->letter);
	for (i = 0; own && own[i].name; i++)
		add_option(list, &count, &own[i], OPTION_OWN + (int)i);
	return list;
}

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

	if (run->command && shared && own_letter(run->command, word[1]) < 0 &&
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
	const struct pfnscope_option *own = own_options(NULL);

	for (; own->name; own++)
		if (run->values[own - own_options(NULL)])
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
	struct option *list = long_options(run->command);
	int letter, own, failure = 0;
	char letters[64];

	letters_of(run->command, letters, sizeof(letters));
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
			own = own_letter(run->command, letter);
			failure = apply(run, line, own < 0 ? letter : own);
		}
	}
	free(list);
	return failure ? -1 : optind;
}
