/* SPDX-License-Identifier: GPL-2.0-only */
/* What getopt_long() is told of the options of a command. */
#ifndef PFNSCOPE_CMD_OPTIONS_INSIDE_H
#define PFNSCOPE_CMD_OPTIONS_INSIDE_H

#include <getopt.h>

#include "cmd/options.h"

/* Of those without a letter. */
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

/* Without a command it is status, whose options go without its name. */
const struct pfnscope_option *pfnscope_options_own(const struct pfnscope_command *command);
/* The letters of @command before those of all, as the first of two counts. */
void pfnscope_options_letters(const struct pfnscope_command *command, char *letters, size_t size);
/* The command's own option of that letter, or below 0. */
int pfnscope_options_own_letter(const struct pfnscope_command *command, int letter);
/* To be freed. */
struct option *pfnscope_options_long(const struct pfnscope_command *command);

#endif
