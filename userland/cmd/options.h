/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line: options that every command has, and a command's own. */
#ifndef PFNSCOPE_CMD_OPTIONS_H
#define PFNSCOPE_CMD_OPTIONS_H

#include "cmd/cmd.h"

/**
 * struct pfnscope_shared_option - an option of every command
 * @letter: short form, or a number above any character where there is none
 * @option: long form
 */
struct pfnscope_shared_option {
	int letter;
	struct pfnscope_option option;
};

/* Ended by a row with letter 0. */
extern const struct pfnscope_shared_option pfnscope_shared_options[];

/**
 * struct pfnscope_line - what the command line says before a command runs
 * @root: argument of --root
 * @help: --help was given
 * @version: --version was given
 */
struct pfnscope_line {
	const char *root;
	bool help;
	bool version;
};

/*
 * Before the command: @run->command is NULL and parsing stops at the first
 * word. Behind it: options and words in any order; @run->values has room for
 * the options of the command.
 * Return: index of the first word that is no option, or -1.
 */
int pfnscope_options_parse(struct pfnscope_run *run, struct pfnscope_line *line,
			   int argc, char **argv);

/* All commands, ended by NULL. */
extern const struct pfnscope_command *const pfnscope_commands[];
const struct pfnscope_command *pfnscope_command_find(const char *name);

void pfnscope_help(const struct pfnscope_command *command);
void pfnscope_complete(size_t count, char **words);

#endif
