// SPDX-License-Identifier: GPL-2.0-only
/* Which options there are: the table of those of several commands, and a command's own. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "cmd/options-inside.h"

#define LETTERS	"JrbnvhVo:t:"

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

const struct pfnscope_option *pfnscope_options_own(const struct pfnscope_command *command)
{
	return command ? command->options : pfnscope_cmd_status.options;
}

int pfnscope_option_letter(const struct pfnscope_command *command, size_t option)
{
	return command->letters && command->letters[option] != '-' ?
	       command->letters[option] : 0;
}

void pfnscope_options_letters(const struct pfnscope_command *command, char *letters, size_t size)
{
	size_t used = (size_t)snprintf(letters, size, command ? ":" : "+:"), i;

	for (i = 0; command && command->letters && command->letters[i]; i++)
		if (pfnscope_option_letter(command, i))
			used += (size_t)snprintf(letters + used, size - used, "%c%s",
						 command->letters[i],
						 command->options[i].argument ? ":" : "");
	snprintf(letters + used, size - used, "%s", LETTERS);
}

int pfnscope_options_own_letter(const struct pfnscope_command *command, int letter)
{
	const char *found = command && command->letters && letter > 0 && letter < 0x7f &&
			    letter != '-' ? strchr(command->letters, letter) : NULL;

	return found ? OPTION_OWN + (int)(found - command->letters) : -1;
}

struct option *pfnscope_options_long(const struct pfnscope_command *command)
{
	const struct pfnscope_shared_option *shared;
	const struct pfnscope_option *own = pfnscope_options_own(command);
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
