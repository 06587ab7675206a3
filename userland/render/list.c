// SPDX-License-Identifier: GPL-2.0-only
/* A list of JSON objects on stdout, one a line. */
#include <json-c/json.h>
#include <stdio.h>

#include "render/list.h"

#define STYLE	(JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE)

void pfnscope_list_begin(void)
{
	putchar('[');
}

void pfnscope_list_element(struct json_object *element, bool first)
{
	fputs(first ? "\n" : ",\n", stdout);
	fputs(json_object_to_json_string_ext(element, STYLE), stdout);
	json_object_put(element);
}

void pfnscope_list_end(bool empty)
{
	puts(empty ? "]" : "\n]");
}
