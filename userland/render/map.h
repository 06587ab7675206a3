/* SPDX-License-Identifier: GPL-2.0-only */
/* The picture of physical memory, in each of its forms. */
#ifndef PFNSCOPE_RENDER_MAP_H
#define PFNSCOPE_RENDER_MAP_H

#include "model/map.h"

/* Letters, @width to a line; in colour where that is wanted. */
void pfnscope_map_text(const struct pfnscope_table *table, unsigned int width,
		       bool colour);
/* A picture of squares with a legend. */
void pfnscope_map_svg(const struct pfnscope_table *table);
/* One page that needs no other file: hover a block, choose classes and nodes. */
void pfnscope_map_html(const struct pfnscope_table *table);
/* Whether stdout is a terminal that shows colours, and how wide it is. */
bool pfnscope_map_colour(void);
unsigned int pfnscope_map_width(void);

#endif
