// SPDX-License-Identifier: GPL-2.0-only
/* A JSON document whose last key is a list, printed one element a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "render/list.h"
#include "render/parts.h"

/*
 * json-c writes the document with an empty list in it. That is the last key, so the
 * last bracket that opens a list is its own: there the text is parted.
 */
void pfnscope_list_begin(struct pfnscope_list *list,
			 struct json_object *document, const char *key)
{
	const char *text, *bracket;

	json_object_object_add(document, key, json_object_new_array());
	text = json_object_to_json_string_ext(document, PFNSCOPE_JSON_STYLE);
	bracket = strrchr(text, '[') + 1;
	pfnscope_json_text(text, (size_t)(bracket - text));
	list->tail = pfnscope_strdup(bracket + strspn(bracket, " "));
	list->empty = true;
	json_object_put(document);
}

void pfnscope_list_element(struct pfnscope_list *list,
			   struct json_object *element)
{
	fputs(list->empty ? "\n" : ",\n", pfnscope_output());
	list->empty = false;
	pfnscope_json_put(element, PFNSCOPE_JSON_STYLE);
}

void pfnscope_list_end(struct pfnscope_list *list)
{
	fprintf(pfnscope_output(), "%s%s\n", list->empty ? "" : "\n", list->tail);
	free(list->tail);
	list->tail = NULL;
}
