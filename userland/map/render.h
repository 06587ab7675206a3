/* SPDX-License-Identifier: GPL-2.0-only */
/* The picture of physical memory, in each of its forms. */
#ifndef PFNSCOPE_MAP_RENDER_H
#define PFNSCOPE_MAP_RENDER_H

#include "base/error.h"
#include "map/map.h"

/**
 * struct pfnscope_map_screen - what letters are written on
 * @columns: its width
 * @rows: its height, 0 for every block whatever the height
 * @colours: 0, 16 or 256
 */
struct pfnscope_map_screen {
	unsigned int columns;
	unsigned int rows;
	unsigned int colours;
};

/* That of stdout: where it is no terminal, COLUMNS and LINES or 80 by 24. */
struct pfnscope_map_screen pfnscope_map_screen(void);
/* Letters, scaled to the screen. */
void pfnscope_map_text(const struct pfnscope_map *map,
		       const struct pfnscope_map_screen *screen);
/* A picture of squares, as text. */
void pfnscope_map_svg(const struct pfnscope_map *map);
/* The same as pixels; fails where the command was built without libpng. */
int pfnscope_map_png(const struct pfnscope_map *map,
		     struct pfnscope_error *error);
/* One page that needs no other file: look closer, search, choose classes. */
void pfnscope_map_html(const struct pfnscope_map *map);

#endif
