/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A JSON document that is a list, printed as it comes: an answer of any length
 * needs the memory of one element.
 */
#ifndef PFNSCOPE_RENDER_LIST_H
#define PFNSCOPE_RENDER_LIST_H

#include <stdbool.h>

struct json_object;

/* Between begin and end, each element; takes over @element. */
void pfnscope_list_begin(void);
void pfnscope_list_element(struct json_object *element, bool first);
void pfnscope_list_end(bool empty);

#endif
