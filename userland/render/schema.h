/* SPDX-License-Identifier: GPL-2.0-only */
/* JSON Schema 2020-12 of every document, from the declarations of its keys. */
#ifndef PFNSCOPE_RENDER_SCHEMA_H
#define PFNSCOPE_RENDER_SCHEMA_H

#include "render/shape.h"

/* What @command answers, if it is not one table; or if it is the table of @view. */
void pfnscope_schema_of_document(const char *command,
				 const struct pfnscope_document *document);
void pfnscope_schema_of_table(const char *command,
			      const struct pfnscope_view *view);

#endif
