/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the squares and words of the picture are, for whoever can paint them. */
#ifndef PFNSCOPE_MAP_PICTURE_H
#define PFNSCOPE_MAP_PICTURE_H

#include "map/map.h"

/**
 * struct pfnscope_map_pen - who paints; lengths in pixels, from the upper left
 * @begin: a white sheet of that size
 * @square: one of that colour, pale where it is half empty or more
 * @text: begins at x, stands on y
 * @data: for them
 */
struct pfnscope_map_pen {
	void (*begin)(void *data, unsigned int width, unsigned int height);
	void (*square)(void *data, unsigned int x, unsigned int y,
		       unsigned int size, const char *rgb, bool pale);
	void (*text)(void *data, unsigned int x, unsigned int y,
		     const char *text);
	void *data;
};

void pfnscope_map_paint(const struct pfnscope_map *map,
			const struct pfnscope_map_pen *pen);

#endif
