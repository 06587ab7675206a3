/* SPDX-License-Identifier: GPL-2.0-only */
/* The known word that a mistyped one is nearest to. */
#ifndef PFNSCOPE_BASE_NEAREST_H
#define PFNSCOPE_BASE_NEAREST_H

#include <stddef.h>

/**
 * struct pfnscope_nearest - a search
 * @word: what was typed
 * @found: the nearest of what was tried, NULL while none is near
 * @distance: edits between the two
 */
struct pfnscope_nearest {
	const char *word;
	const char *found;
	size_t distance;
};

void pfnscope_nearest_try(struct pfnscope_nearest *nearest,
			  const char *candidate);

#endif
