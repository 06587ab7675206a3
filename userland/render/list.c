// SPDX-License-Identifier: GPL-2.0-only
/* A list of JSON objects on stdout, one a line. */
#include <stdio.h>

#include "render/list.h"
#include "render/parts.h"

void pfnscope_list_begin(void)
{
	putchar('[');
}

void pfnscope_list_element(struct json_object *element, bool first)
{
	fputs(first ? "\n" : ",\n", stdout);
	pfnscope_json_put(element, PFNSCOPE_JSON_STYLE);
}

void pfnscope_list_end(bool empty)
{
	puts(empty ? "]" : "\n]");
}
