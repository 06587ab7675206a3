// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the shell's completion asks: the words of a command line, the last of
 * them unfinished; answers with candidates, one a line. ":directories" and
 * ":files" leave the answer to the shell.
 */
#include <string.h>

#include "cmd/options.h"

static void offer(const char *before, const char *word, const char *typed)
{
	if (!strncmp(word, typed, strlen(typed)))
		pfnscope_render_text("%s%s\n", before, word);
}

static void offer_options(const struct pfnscope_command *command,
			  const char *typed)
{
	const struct pfnscope_shared_option *shared = pfnscope_shared_options;
	const struct pfnscope_option *own = command ? command->options : NULL;

	if (strncmp(typed, "--", 2))
		typed = "--";
	for (; own && own->name; own++)
		offer("--", own->name, typed + 2);
	for (; shared->letter; shared++)
		if (pfnscope_option_fits(shared, command))
			offer("--", shared->option.name, typed + 2);
}

/* What stands before the last comma stays as it was typed. */
static void offer_columns(const struct pfnscope_view *view, char *typed)
{
	char *word = strrchr(typed, ',');
	char before[256] = "";
	size_t i, kept;

	word = word ? word + 1 : typed + (*typed == '+');
	kept = (size_t)(word - typed);
	if (!view || kept >= sizeof(before))
		return;
	memcpy(before, typed, kept);
	for (i = 0; i < view->nr_fields; i++)
		offer(before, view->fields[i].name, word);
}

static void offer_commands(const char *typed)
{
	const struct pfnscope_command *const *command = pfnscope_commands;

	for (; *command; command++)
		offer("", (*command)->name, typed);
}

/* The option whose argument the word behind @word is, or NULL. */
static const char *wants_argument(const struct pfnscope_command *command,
				  const char *word)
{
	const struct pfnscope_shared_option *shared = pfnscope_shared_options;
	const struct pfnscope_option *own = command ? command->options : NULL;

	if (!strcmp(word, "-o"))
		return "output";
	if (strncmp(word, "--", 2))
		return NULL;
	for (; shared->letter; shared++)
		if (shared->option.argument &&
		    pfnscope_option_fits(shared, command) &&
		    !strcmp(word + 2, shared->option.name))
			return shared->option.name;
	for (; own && own->name; own++)
		if (own->argument && !strcmp(word + 2, own->name))
			return own->name;
	return NULL;
}

/**
 * pfnscope_complete() - print the candidates for the last word
 * @count: of @words, the last of which is being typed
 * @words: the command line behind "pfnscope"
 */
void pfnscope_complete(size_t count, char **words)
{
	const struct pfnscope_command *command = NULL;
	const char *option = NULL;
	char nothing[] = "";
	size_t i;

	if (!count)
		return;
	/* bash hands "--root=DIR" over as three words. */
	if (!strcmp(words[count - 1], "="))
		words[count - 1] = nothing;
	for (i = 0; i + 1 < count; i++) {
		if (!strcmp(words[i], "="))
			continue;
		if (!option && !command && *words[i] != '-')
			command = pfnscope_command_find(words[i]);
		option = option ? NULL : wants_argument(command, words[i]);
	}
	if (option && !strcmp(option, "output"))
		offer_columns(command ? command->view : NULL, words[count - 1]);
	else if (option && !strcmp(option, "root"))
		pfnscope_render_text(":directories\n");
	else if (!option && *words[count - 1] == '-')
		offer_options(command, words[count - 1]);
	else if (!option && !command)
		offer_commands(words[count - 1]);
	else if (!option && command->arguments)
		pfnscope_render_text(":files\n");
}
