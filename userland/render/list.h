/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A JSON document whose last key is a list, printed as the elements come: an answer
 * of any length needs the memory of one element.
 */
#ifndef PFNSCOPE_RENDER_LIST_H
#define PFNSCOPE_RENDER_LIST_H

#include <stdbool.h>

struct json_object;

/**
 * struct pfnscope_list - a document of which the head is printed
 * @tail: what ends it
 * @empty: no element has come yet
 */
struct pfnscope_list {
	char *tail;
	bool empty;
};

/* Prints @document up to the elements of @key, its new last key; takes it over. */
void pfnscope_list_begin(struct pfnscope_list *list,
			 struct json_object *document, const char *key);
/* Takes over @element. */
void pfnscope_list_element(struct pfnscope_list *list,
			   struct json_object *element);
void pfnscope_list_end(struct pfnscope_list *list);

#endif
