// SPDX-License-Identifier: GPL-2.0-only
/* Words that every form of the map has. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/units.h"
#include "map/map.h"

#define GIB	(1024. * 1024 * 1024)

static void put_title_part(struct pfnscope_text *title, const char *before,
			   const char *word)
{
	if (!word)
		return;
	pfnscope_text_put_string(title, before);
	pfnscope_text_put_printable(title, word, "");
}

char *pfnscope_map_title(const struct pfnscope_map *map)
{
	struct pfnscope_text title = { 0 };

	pfnscope_text_put_string(&title, "Physical memory");
	put_title_part(&title, " of ", map->host);
	put_title_part(&title, ", Linux ", map->kernel);
	put_title_part(&title, ", ", map->time);
	return title.data;
}

char *pfnscope_map_size(const struct pfnscope_map *map, uint64_t pages)
{
	struct pfnscope_text size = { 0 };

	pfnscope_units_bytes(&size, (unsigned __int128)pages * map->page_size);
	return size.data;
}

char *pfnscope_map_total(const struct pfnscope_map *map,
			 enum pfnscope_map_class class)
{
	char *size = pfnscope_map_size(map, map->pages[class]), *total;
	double share = map->present ?
		100. * (double)map->pages[class] / (double)map->present : 0;

	if (map->pages[class] && share < 0.1)
		total = pfnscope_format("%s <0.1%%", size);
	else
		total = pfnscope_format("%s %.1f%%", size, share);
	free(size);
	return total;
}

char *pfnscope_map_address(const struct pfnscope_map *map, uint64_t pfn)
{
	return pfnscope_format("%.3f", (double)pfn * (double)map->page_size / GIB);
}
