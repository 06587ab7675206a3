// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope --schema [NAME]: for the build, which keeps what it prints in files. */
#include <string.h>

#include "cmd/options.h"
#include "render/schema.h"

static void list_names(void)
{
	const struct pfnscope_command *const *command = pfnscope_commands;

	for (; *command; command++) {
		if ((*command)->view)
			pfnscope_render_text("%s\n", (*command)->view->name);
		if ((*command)->document)
			pfnscope_render_text("%s\n", (*command)->document->name);
	}
}

static bool put_schema(const char *name)
{
	const struct pfnscope_command *const *command = pfnscope_commands;

	for (; *command; command++) {
		const struct pfnscope_view *view = (*command)->view;
		const struct pfnscope_document *document = (*command)->document;

		if (view && !strcmp(view->name, name))
			pfnscope_schema_of_table((*command)->name, view);
		else if (document && !strcmp(document->name, name))
			pfnscope_schema_of_document((*command)->name, document);
		else
			continue;
		return true;
	}
	return false;
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
	if (!name)
		list_names();
	else if (!put_schema(name))
		return pfnscope_fail(error, PFNSCOPE_USAGE,
				     "no JSON document \"%s\" (pfnscope --schema lists them)",
				     name);
	return pfnscope_render_finish(error);
}
