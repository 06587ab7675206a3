// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope: the way from a command line to a command. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/nearest.h"
#include "base/terminal.h"
#include "cmd/options.h"
#include "source/origin.h"
#include "uapi/pfnscope.h"

static int find_command(struct pfnscope_run *run, const char *name)
{
	const struct pfnscope_command *const *command = pfnscope_commands;
	struct pfnscope_nearest nearest = { .word = name };

	run->command = pfnscope_command_find(name);
	if (run->command)
		return 0;
	for (; *command; command++)
		pfnscope_nearest_try(&nearest, (*command)->name);
	if (!nearest.found)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"unknown command \"%s\" (pfnscope --help lists them)",
			name);
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "unknown command \"%s\", did you mean \"%s\"?",
			     name, nearest.found);
}

/* Everything that can be wrong with the command line is said before a read. */
static int check_line(struct pfnscope_run *run, const struct pfnscope_line *line)
{
	const struct pfnscope_command *command = run->command;

	if (run->nr_arguments && !command->arguments)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "%s takes no argument: \"%s\"",
				     command->name, run->arguments[0]);
	return pfnscope_options_check(run, line);
}

static int tell_help(struct pfnscope_run *run, const struct pfnscope_line *line)
{
	if (line->version)
		pfnscope_render_text("pfnscope %s\n", PFNSCOPE_VERSION);
	else
		pfnscope_help(run->command);
	return pfnscope_render_finish(&run->error);
}

/* "help COMMAND" is "COMMAND --help". */
static int help(struct pfnscope_run *run, int words, char **word)
{
	const struct pfnscope_line line = { .help = true };

	if (words > 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "help of one command at a time: \"%s\"", word[1]);
	if (words && strcmp(*word, "help") && find_command(run, *word))
		return -1;
	return tell_help(run, &line);
}

/* Whose figures a JSON document has; a log is of any machine. */
static void fill_head(struct pfnscope_run *run)
{
	run->head.command = run->command->name;
	run->head.origin.taken_at = -1;
	run->format.head = &run->head;
	if (run->format.kind == PFNSCOPE_FORMAT_JSON && !run->command->rootless)
		pfnscope_origin_read(run->source, &run->head.origin);
}

static int open_source(struct pfnscope_run *run, const struct pfnscope_line *line)
{
	int64_t until = run->command->moments ? INT64_MAX : run->until, at;

	run->from = line->from;
	if (!line->from)
		return pfnscope_source_open(line->root, &run->source, &run->error);
	if (pfnscope_source_from_until(line->from, until, &run->source, &at, &run->error))
		return -1;
	if (at >= 0)
		pfnscope_run_of(run, line->from, at);
	return 0;
}

static int run_command(struct pfnscope_run *run, struct pfnscope_line *line,
		       int argc, char **argv)
{
	int first = pfnscope_options_parse(run, line, argc, argv);
	int status;

	if (first < 0)
		return -1;
	if (line->help || line->version)
		return tell_help(run, line);
	run->arguments = argv + first;
	run->nr_arguments = (size_t)(argc - first);
	if (check_line(run, line) ||
	    open_source(run, line))
		return -1;
	fill_head(run);
	status = run->command->run(run);
	pfnscope_source_close(run->source);
	return status;
}

/* Room for the values of a command's options, in place of those before. */
static void make_values(struct pfnscope_run *run, const struct pfnscope_option *option)
{
	size_t options = 1;

	for (; option && option->name; option++)
		options++;
	free(run->values);
	run->values = pfnscope_calloc(options, sizeof(*run->values));
}

/* The command of the first word, or status without one. */
static int run_named(struct pfnscope_run *run, struct pfnscope_line *line, int argc,
		     char **argv)
{
	if (!argc) {
		run->command = &pfnscope_cmd_status;
		/* The word in the place of argv[0] is none of it. */
		return run_command(run, line, 1, argv - 1);
	}
	if (find_command(run, *argv) || pfnscope_options_not_of(run))
		return -1;
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
		run->command = pfnscope_command_with(run->command, argv[i]);
	make_values(run, run->command->options);
	return run_command(run, line, argc, argv);
}

static int dispatch(struct pfnscope_run *run, int argc, char **argv)
{
	struct pfnscope_line line = { 0 };
	int first;

	if (argc > 1 && !strcmp(argv[1], "--complete")) {
		pfnscope_complete((size_t)argc - 2, argv + 2);
		return pfnscope_render_finish(&run->error);
	}
	if (argc > 1 && !strcmp(argv[1], "--schema"))
		return pfnscope_schema(argc > 2 ? argv[2] : NULL, &run->error);
	make_values(run, pfnscope_cmd_status.options);
	first = pfnscope_options_parse(run, &line, argc, argv);
	if (first < 0)
		return -1;
	if (line.version || (line.help && first == argc))
		return tell_help(run, &line);
	if (first < argc && !strcmp(argv[first], "help"))
		return help(run, argc - first - 1, argv + first + 1);
	return run_named(run, &line, argc - first, argv + first);
}

int main(int argc, char **argv)
{
	struct pfnscope_run run = { .top = UINT64_MAX, .until = INT64_MAX };
	int status;

	/* Widths of columns need to know characters; nothing else is localised. */
	setlocale(LC_CTYPE, "");
	run.format.colours = pfnscope_terminal().colours;
	status = dispatch(&run, argc, argv);
	free(run.values);
	pfnscope_where_clear(&run.where);
	pfnscope_lines_clear(&run.repeated);
	if (run.error.status == PFNSCOPE_OK)
		return status;
	fprintf(stderr, "pfnscope: %s\n", run.error.text);
	return run.error.status;
}
