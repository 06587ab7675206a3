/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the squares and words of the picture are, for whoever can paint them. */
#ifndef PFNSCOPE_MAP_PICTURE_H
#define PFNSCOPE_MAP_PICTURE_H

#include "map/map.h"

/* Shades of a class: the emptier the block, the paler. */
#define PFNSCOPE_MAP_SHADES	4

/**
 * struct pfnscope_map_pen - who paints; lengths in pixels, from the upper left
 * @begin: an empty sheet of that size
 * @squares: so many alike in a row, @step from one to the next, which leaves a gap;
 *	the last shade is that of a full block
 * @text: begins at x, stands on y
 * @data: for them
 */
struct pfnscope_map_pen {
	void (*begin)(void *data, unsigned int width, unsigned int height);
	void (*squares)(void *data, unsigned int x, unsigned int y,
			unsigned int step, unsigned int count,
			enum pfnscope_map_class class, unsigned int shade);
	void (*text)(void *data, unsigned int x, unsigned int y,
		     const char *text);
	void *data;
};

/* How much of the ink a shade has, in per cent. */
extern const unsigned int pfnscope_map_ink[PFNSCOPE_MAP_SHADES];

void pfnscope_map_paint(const struct pfnscope_map *map,
			const struct pfnscope_map_pen *pen);

#endif
