/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line: options that every command has, and a command's own. */
#ifndef PFNSCOPE_CMD_OPTIONS_H
#define PFNSCOPE_CMD_OPTIONS_H

#include "cmd/cmd.h"

/* Which commands a shared option is for. */
enum pfnscope_option_of {
	PFNSCOPE_OF_ALL,	/* every command */
	PFNSCOPE_OF_ROOTS,	/* those that read a system */
	PFNSCOPE_OF_ARCHIVES,	/* those, and the one that reads logs */
	PFNSCOPE_OF_VERBOSE,	/* those that can say more */
	PFNSCOPE_OF_JSON,	/* those that answer as JSON */
	PFNSCOPE_OF_TABLES,	/* those that show a table */
	PFNSCOPE_OF_ROWS,	/* the same, but only behind the command's name */
};

/**
 * struct pfnscope_shared_option - an option of several commands
 * @letter: short form, or a number above any character where there is none
 * @option: long form
 * @of: of which commands
 * @column: it chooses by this column; only tables that have it, or NULL
 */
struct pfnscope_shared_option {
	int letter;
	struct pfnscope_option option;
	enum pfnscope_option_of of;
	const char *column;
};

/* Ended by a row with letter 0. */
extern const struct pfnscope_shared_option pfnscope_shared_options[];
/* Whether @command, or NULL for what stands before one, has it. */
bool pfnscope_option_fits(const struct pfnscope_shared_option *shared,
			  const struct pfnscope_command *command);

/* The short form of the command's own option of that index, 0 where it has none. */
int pfnscope_option_letter(const struct pfnscope_command *command, size_t option);

/**
 * struct pfnscope_line - what the command line says before a command runs
 * @root: argument of --root
 * @from: argument of --from
 * @timed: --time was given, see @until of the run
 * @help: --help was given
 * @version: --version was given
 */
struct pfnscope_line {
	const char *root;
	const char *from;
	bool timed;
	bool help;
	bool version;
};

/*
 * Before the command: @run->command is NULL and parsing stops at the first
 * word. Behind it: options and words in any order; @run->values has room for
 * the options of the command, before it for those of status.
 * Return: index of the first word that is no option, or -1.
 */
int pfnscope_options_parse(struct pfnscope_run *run, struct pfnscope_line *line,
			   int argc, char **argv);
/* Options of status were given before another command: fails. */
int pfnscope_options_not_of(struct pfnscope_run *run);
/* Options that were given before the command and are none of it; columns. */
int pfnscope_options_check(struct pfnscope_run *run,
			   const struct pfnscope_line *line);

/* All commands, ended by NULL. */
extern const struct pfnscope_command *const pfnscope_commands[];
const struct pfnscope_command *pfnscope_command_find(const char *name);
/* What @word, an option of @command, makes of it: another one, or itself. */
const struct pfnscope_command *
pfnscope_command_with(const struct pfnscope_command *command, const char *word);

void pfnscope_help(const struct pfnscope_command *command);
void pfnscope_complete(size_t count, char **words);
int pfnscope_schema(const char *name, struct pfnscope_error *error);

#endif
