/* SPDX-License-Identifier: GPL-2.0-only */
/* A view as a text in memory. */
#ifndef PFNSCOPE_VIEW_PRINT_H
#define PFNSCOPE_VIEW_PRINT_H

#include <linux/types.h>

struct pfnscope_view;

/* Less has no room for the head of a view. */
#define PFNSCOPE_PRINT_MIN	4096

/**
 * struct pfnscope_printing - where a view is printed to, and what else comes of it
 * @text: where to; no zero is put at the end
 * @size: room for it, PFNSCOPE_PRINT_MIN at least
 * @begun: a cursor that is begun already, and ended by the caller. Optional
 * @each: told each row, also those there is no room for. Optional
 * @data: for it
 * @whole: set where the last row was reached
 * @cut: set where there was no room for all of them
 */
struct pfnscope_printing {
	char *text;
	size_t size;
	void *begun;
	void (*each)(void *data, const void *cursor, const void *record);
	void *data;
	bool whole;
	bool cut;
};

size_t pfnscope_view_print(const struct pfnscope_view *view,
			   struct pfnscope_printing *printing);

#endif /* PFNSCOPE_VIEW_PRINT_H */
