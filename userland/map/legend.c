// SPDX-License-Identifier: GPL-2.0-only
/* What the classes are called, and their ink. */
#include "map/map.h"
#include "view/pageblocks.h"

#define LEGEND(upper, column, name, letter, colour, sgr, light, dark) \
	{ PAGEBLOCKS_##column, name, letter, colour, sgr, { light, dark } },

const struct pfnscope_map_legend pfnscope_map_legend[PFNSCOPE_MAP_CLASSES] = {
	PFNSCOPE_MAP_LIST(LEGEND)
};
