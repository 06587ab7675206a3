// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope --schema [NAME]: for the build, which keeps what it prints in files. */
#include <string.h>

#include "cmd/options.h"
#include "render/schema.h"

#define OTHERS	(sizeof(((struct pfnscope_command *)0)->others) / \
		 sizeof(struct pfnscope_other))

/* The tables that @command answers as JSON: view 0 and on, NULL where there is none. */
static const struct pfnscope_view *table_of(const struct pfnscope_command *command,
					    size_t i)
{
	if (!i)
		return command->view;
	return command->others[i - 1].json ? command->others[i - 1].view : NULL;
}

static void list_names(const struct pfnscope_command *command)
{
	for (size_t i = 0; i <= OTHERS; i++)
		if (table_of(command, i))
			pfnscope_render_text("%s\n", table_of(command, i)->name);
	if (command->document)
		pfnscope_render_text("%s\n", command->document->name);
}

static bool put_schema(const struct pfnscope_command *command, const char *name)
{
	for (size_t i = 0; i <= OTHERS; i++) {
		const struct pfnscope_view *view = table_of(command, i);

		if (!view || strcmp(view->name, name))
			continue;
		pfnscope_schema_of_table(command->name, view);
		return true;
	}
	if (!command->document || strcmp(command->document->name, name))
		return false;
	pfnscope_schema_of_document(command->name, command->document);
	return true;
}

/**
 * pfnscope_schema() - print the schema of a JSON document
 * @name: of the document, NULL for the list of names
 * @error: where failures go
 *
 * Return: 0 or -1.
 */
int pfnscope_schema(const char *name, struct pfnscope_error *error)
{
	const struct pfnscope_command *const *command = pfnscope_commands;
	bool found = false;

	for (; *command && !found; command++) {
		const struct pfnscope_command *variant = (*command)->variant;

		if (name)
			found = put_schema(*command, name) ||
				(variant && put_schema(variant, name));
		else
			list_names(*command);
		if (!name && variant)
			list_names(variant);
	}
	if (name && !found)
		return pfnscope_fail(error, PFNSCOPE_USAGE,
				     "no JSON document \"%s\" (pfnscope --schema lists them)",
				     name);
	return pfnscope_render_finish(error);
}
