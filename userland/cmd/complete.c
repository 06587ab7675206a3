// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the shell's completion asks: the words of a command line, the last of
 * them unfinished; answers with candidates, one a line. ":directories" and
 * ":files" leave the answer to the shell.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allocator/gfp.h"
#include "cmd/explain.h"
#include "cmd/options.h"
#include "cmd/top.h"
#include "cmd/scan.h"
#include "source/memory-blocks.h"
#include "source/mounts.h"
#include "triage/triage.h"
#include "view/incidents.h"
#include "view/zones.h"

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

/* What was typed before the word that is being typed stays as it is. */
static char *last_word(char *typed, const char *separators, char *before,
		       size_t size)
{
	char *word = typed, *at;
	size_t kept;

	for (at = typed; *at; at++)
		if (strchr(separators, *at))
			word = at + 1;
	kept = (size_t)(word - typed);
	if (kept >= size)
		return NULL;
	memcpy(before, typed, kept);
	before[kept] = '\0';
	return word;
}

/* Behind a comma, and behind what @signs has before the first. */
static void offer_columns(const struct pfnscope_view *view, char *typed,
			  const char *signs)
{
	char before[256], separators[8];
	char *word;

	snprintf(separators, sizeof(separators), ",%s", signs);
	word = last_word(typed, separators, before, sizeof(before));
	for (size_t i = 0; view && word && i < view->nr_fields; i++)
		offer(before, view->fields[i].name, word);
}

/* The shell hands an open quote over, and wants none back. */
static void offer_gfp(char *typed)
{
	char before[256];
	const char *name;
	char *word;

	typed += strspn(typed, "'\"");
	word = last_word(typed, "|", before, sizeof(before));
	for (size_t i = 0; word && (name = pfnscope_gfp_name(i)); i++)
		offer(before, name, word);
}

/* --- what the machine has, or the root that was given --- */

/* The cell of @row, a string or a number, as text; false where it is not known. */
static bool cell_text(const struct pfnscope_table *table, size_t row,
		      unsigned int column, char *out, size_t size)
{
	const struct pfnscope_value *value = pfnscope_table_cell(table, row, column);

	if (value && table->view->fields[column].type == PFNSCOPE_STRING)
		snprintf(out, size, "%s", value->string);
	else if (value)
		snprintf(out, size, "%" PRIu64, value->number);
	return value;
}

/* Whether a row above has the same. */
static bool is_repeated(const struct pfnscope_table *table, size_t row,
			unsigned int column, const char *cell)
{
	char other[64];

	while (row--)
		if (cell_text(table, row, column, other, sizeof(other)) &&
		    !strcmp(other, cell))
			return true;
	return false;
}

/* Each value of a column once; of a file that costs nothing to read. */
static void offer_cells(const char *root, const struct pfnscope_view *view,
			const char *file, unsigned int column, const char *typed)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_source *source;
	struct pfnscope_table *table;
	char cell[64];
	int failed;

	if (root ? pfnscope_source_from(root, &source, &error) :
		   pfnscope_source_open(NULL, &source, &error))
		return;
	failed = file ? pfnscope_view_read_file(source, view, file, &table, &error) :
			pfnscope_view_read(source, view, &table, &error);
	for (size_t row = 0; !failed && row < table->nr_rows; row++)
		if (cell_text(table, row, column, cell, sizeof(cell)) &&
		    !is_repeated(table, row, column, cell))
			offer("", cell, typed);
	if (!failed)
		pfnscope_table_free(table);
	pfnscope_source_close(source);
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
	if (!strcmp(word, "-t"))
		return "time";
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

/* Of file systems that are mounted. */
static void offer_fs_types(const char *root, const char *typed)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_mounts mounts;
	struct pfnscope_source *source;
	const char *type;

	if (root ? pfnscope_source_from(root, &source, &error) :
		   pfnscope_source_open(NULL, &source, &error))
		return;
	pfnscope_mounts_read(source, &mounts);
	for (size_t i = 0; (type = pfnscope_mounts_type(&mounts, i)); i++)
		offer("", type, typed);
	pfnscope_mounts_free(&mounts);
	pfnscope_source_close(source);
}

/* The argument of @option. */
static void offer_argument(const struct pfnscope_command *command,
			   const char *option, const char *root, char *typed)
{
	const struct pfnscope_view *view = command ? command->view : NULL;

	if (!strcmp(option, "output"))
		offer_columns(view, typed, "+");
	else if (!strcmp(option, "sort"))
		offer_columns(view, typed, "-");
	else if (!strcmp(option, "where"))
		offer_columns(view, typed, "");
	else if (!strcmp(option, "root"))
		pfnscope_render_text(":directories\n");
	else if (!strcmp(option, "from") || !strcmp(option, "before") || !strcmp(option, "html"))
		pfnscope_render_text(":files\n");
	else if (!strcmp(option, "gfp"))
		offer_gfp(typed);
	else if (!strcmp(option, "fs"))
		offer_fs_types(root, typed);
	else if (!strcmp(option, "node"))
		offer_cells(root, &pfnscope_view_zones, NULL, ZONES_node, typed);
	else if (!strcmp(option, "zone") || !strcmp(option, "pages"))
		offer_cells(root, &pfnscope_view_zones, NULL, ZONES_zone, typed);
	for (const struct pfnscope_check *check = NULL; !strcmp(option, "explain") &&
	     (check = pfnscope_triage_next(check));)
		offer("", check->id, typed);
	for (size_t i = 0; !strcmp(option, "set") && pfnscope_what_if_key(i); i++)
		offer("", pfnscope_what_if_key(i), typed);
	for (size_t i = 0; !strcmp(option, "page") && i < pfnscope_top_count(); i++)
		offer("", pfnscope_top_pages[i].name, typed);
	for (size_t i = 0; !strcmp(option, "kind") && pfnscope_scan_kinds[i]; i++)
		offer("", pfnscope_scan_kinds[i], typed);
}

static void offer_memory_blocks(const char *root, const char *typed)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_memory_blocks blocks;
	struct pfnscope_source *source;
	char name[32];
	size_t i;

	if (root ? pfnscope_source_from(root, &source, &error) :
		   pfnscope_source_open(NULL, &source, &error))
		return;
	pfnscope_memory_blocks_read(source, &blocks);
	for (i = 0; i < blocks.count; i++) {
		snprintf(name, sizeof(name), "memory%" PRIu64, blocks.all[i].number);
		offer("", name, typed);
	}
	pfnscope_memory_blocks_clear(&blocks);
	pfnscope_source_close(source);
}

/* A word that is no option and no argument of one. */
static void offer_words(const struct pfnscope_command *command, const char *root,
			const char *typed)
{
	if (!command)
		offer_commands(typed);
	else if (command == &pfnscope_cmd_incidents)
		offer_cells(root, &pfnscope_view_incidents, "incidents/list",
			    INCIDENTS_incident, typed);
	else if (command == &pfnscope_cmd_offline || command == &pfnscope_cmd_whose)
		offer_memory_blocks(root, typed);
	else if (command->arguments)
		pfnscope_render_text(":files\n");
}

/**
 * pfnscope_complete() - print the candidates for the last word
 * @count: of @words, the last of which is being typed
 * @words: the command line behind "pfnscope"
 */
void pfnscope_complete(size_t count, char **words)
{
	const struct pfnscope_command *command = NULL;
	const char *option = NULL, *root = NULL;
	char nothing[] = "";
	char *typed;
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
		if (command)
			command = pfnscope_command_with(command, words[i]);
		if (option && (!strcmp(option, "root") || !strcmp(option, "from")))
			root = words[i];
		option = option ? NULL : wants_argument(command, words[i]);
	}
	typed = words[count - 1];
	if (option)
		offer_argument(command, option, root, typed);
	else if (*typed == '-')
		offer_options(command, typed);
	else
		offer_words(command, root, typed);
}
