/* SPDX-License-Identifier: GPL-2.0-only */
/* The picture of physical memory, in each of its forms. */
#ifndef PFNSCOPE_MAP_RENDER_H
#define PFNSCOPE_MAP_RENDER_H

#include <stdio.h>

#include "base/error.h"
#include "base/terminal.h"
#include "map/map.h"
#include "map/pages.h"

/* Letters, scaled to the screen. */
void pfnscope_map_text(const struct pfnscope_map *map,
		       const struct pfnscope_terminal *screen, FILE *out);
/* A picture of squares, as text. */
void pfnscope_map_svg(const struct pfnscope_map *map);
/* The same as pixels; fails where the command was built without libpng. */
int pfnscope_map_png(const struct pfnscope_map *map,
		     struct pfnscope_error *error);
/* One page that needs no other file: look closer, search, choose classes. */
void pfnscope_map_html(const struct pfnscope_map *map,
		       const struct pfnscope_map_pages *pages);

#endif
