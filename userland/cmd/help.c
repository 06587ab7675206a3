// SPDX-License-Identifier: GPL-2.0-only
/* --help, from the tables: commands, options, fields. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "cmd/options.h"
#include "render/wrap.h"
#include "table/bound.h"

#define INDENT	29	/* where explanations begin */

/* Explanations go on in their own column. */
static void help_line(const char *left, const char *help)
{
	char first[INDENT + 1], next[INDENT + 1];

	snprintf(next, sizeof(next), "%*s", INDENT, "");
	if (strlen(left) < INDENT)
		snprintf(first, sizeof(first), "%-*s", INDENT, left);
	else
		pfnscope_render_text("%s\n", left);
	pfnscope_wrap(strlen(left) < INDENT ? first : next, next, "%s", help);
}

static void help_option(int letter, const struct pfnscope_option *option)
{
	const char *argument = option->argument ? option->argument : "";
	char short_form[] = { '-', (char)letter, ',', '\0' };
	char *left;

	left = pfnscope_format("  %s --%s%s%s",
			       letter > 0 && letter < 256 ? short_form : "   ",
			       option->name, *argument ? " " : "", argument);
	help_line(left, option->help);
	free(left);
}

static void help_options(const struct pfnscope_command *command)
{
	const struct pfnscope_shared_option *shared = pfnscope_shared_options;
	const struct pfnscope_option *own = command ? command->options : NULL;

	pfnscope_render_text("\nOptions:\n");
	for (size_t i = 0; own && own[i].name; i++)
		help_option(pfnscope_option_letter(command, i), &own[i]);
	for (; shared->letter; shared++)
		if (pfnscope_option_fits(shared, command))
			help_option(shared->letter, &shared->option);
}

/* What is a colour on a terminal is a word for everybody. */
static void help_bounds(const struct pfnscope_view *view)
{
	size_t i;

	pfnscope_render_text("\nMarks (colours on a terminal):\n");
	for (i = 0; i < view->nr_bounds; i++) {
		const struct pfnscope_bound *bound = &view->bounds[i];
		char *left = pfnscope_format("    %s", bound->word ? bound->word :
					     view->fields[bound->field].name);

		help_line(left, view->bounds[i].help);
		free(left);
	}
}

/* Whether a table heads it by another word than that its name begins with. */
static bool is_headed_otherwise(const struct pfnscope_field *field)
{
	size_t length = field->heading ? strlen(field->heading) : 0;

	return length && (strncasecmp(field->name, field->heading, length) ||
			  (field->name[length] &&
			   strchr(field->name + length, '_') != field->name + length));
}

static void help_columns(const struct pfnscope_view *view, bool stars)
{
	size_t i;

	for (i = 0; i < view->nr_fields; i++) {
		const struct pfnscope_field *field = &view->fields[i];
		bool star = stars && field->flags & PFNSCOPE_SHOWN;
		char *left = pfnscope_format("  %c %s", star ? '*' : ' ', field->name);
		char *right = is_headed_otherwise(field) ?
			      pfnscope_format("%s: %s", field->heading, field->help) :
			      pfnscope_strdup(field->help);

		help_line(left, right);
		free(right);
		free(left);
	}
}

static void help_fields(const struct pfnscope_command *command)
{
	const struct pfnscope_other *other = command->others;
	size_t i;

	pfnscope_render_text("\n");
	pfnscope_wrap("", "", "A row is %s.", command->view->row);
	pfnscope_render_text("Columns (* shown without -o):\n");
	help_columns(command->view, true);
	if (command->view->nr_bounds)
		help_bounds(command->view);
	for (i = 0; i < ARRAY_SIZE(command->others) && other[i].when; i++) {
		pfnscope_render_text("\n");
		pfnscope_wrap("", "", "%s a row is %s:", other[i].when,
			      other[i].view->row);
		help_columns(other[i].view, false);
	}
}

static void help_command(const struct pfnscope_command *command)
{
	pfnscope_render_text("Usage: pfnscope %s [OPTION]...%s%s\n\n%c%s.\n",
			     command->name, command->arguments ? " " : "",
			     command->arguments ? command->arguments : "",
			     toupper((unsigned char)command->summary[0]),
			     command->summary + 1);
	if (command->description)
		pfnscope_render_text("\n%s\n", command->description);
	if (command->view)
		help_fields(command);
	help_options(command);
	pfnscope_render_text("\nExamples:\n");
	for (size_t i = 0; i < ARRAY_SIZE(command->examples); i++)
		pfnscope_render_text("  pfnscope %s\n", command->examples[i]);
}

static void help_group(enum pfnscope_group group)
{
	static const char *const titles[PFNSCOPE_GROUPS] = {
		[PFNSCOPE_GROUP_ASK] = "Ask",
		[PFNSCOPE_GROUP_TIME] = "What happens over time",
		[PFNSCOPE_GROUP_WHO] = "Who holds it",
		[PFNSCOPE_GROUP_MUCH] = "How much there is",
		[PFNSCOPE_GROUP_RECLAIM] = "How it is reclaimed",
		[PFNSCOPE_GROUP_MODULE] = "The module",
	};
	const struct pfnscope_command *const *listed;
	char *left;

	pfnscope_render_text(" %s:\n", titles[group]);
	for (listed = pfnscope_commands; *listed; listed++) {
		if ((*listed)->group != group)
			continue;
		left = pfnscope_format("  %s", (*listed)->name);
		help_line(left, (*listed)->summary);
		free(left);
	}
}

/**
 * pfnscope_help() - print the help of a command, or of all
 * @command: which, NULL for the list of commands
 */
void pfnscope_help(const struct pfnscope_command *command)
{
	if (command) {
		help_command(command);
		return;
	}
	pfnscope_render_text("Usage: pfnscope [OPTION]... [COMMAND [OPTION]...]\n\n"
			     "Shows and explains the state of physical memory. Without a command: status.\n\n"
			     "Commands (pfnscope help COMMAND tells more):\n");
	for (enum pfnscope_group group = 0; group < PFNSCOPE_GROUPS; group++)
		help_group(group);
	help_options(NULL);
	pfnscope_render_text("\nWords such as pageblock or watermark: man 7 pfnscope, which is also\n"
			     "Documentation/admin-guide/glossary.rst.\n"
			     "\nExit status: 0 fine, 1 warning, 2 critical, 3 partial data, 4 module absent,\n"
			     "64 wrong usage, 65 bad data, 71 system error, 74 output not written.\n");
}
