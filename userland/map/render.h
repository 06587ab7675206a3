/* SPDX-License-Identifier: GPL-2.0-only */
/* The picture of physical memory, in each of its forms. */
#ifndef PFNSCOPE_MAP_RENDER_H
#define PFNSCOPE_MAP_RENDER_H

#include "base/error.h"
#include "map/map.h"

/* Letters, @width to a line; in colour where that is wanted. */
void pfnscope_map_text(const struct pfnscope_map *map, unsigned int width,
		       bool colour);
/* A picture of squares with a legend, as text. */
void pfnscope_map_svg(const struct pfnscope_map *map);
/* The same as pixels; fails where cairo is missing or cannot do it. */
int pfnscope_map_png(const struct pfnscope_map *map,
		     struct pfnscope_error *error);
/* One page that needs no other file: hover a block, choose classes and nodes. */
void pfnscope_map_html(const struct pfnscope_map *map);
/* Whether stdout is a terminal that shows colours, and how wide it is. */
bool pfnscope_map_colour(void);
unsigned int pfnscope_map_width(void);

#endif
