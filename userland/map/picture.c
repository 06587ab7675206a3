// SPDX-License-Identifier: GPL-2.0-only
/* The map as a picture of squares, whoever paints it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "map/picture.h"

#define TITLE		24	/* height of a zone's heading */
#define LEGEND		16	/* height of a line of the legend */
#define LEGEND_WIDTH	200	/* and width of an entry */
#define MANY		65536	/* blocks from which on squares are small */

struct sheet {
	unsigned int step;	/* from one square to the next */
	unsigned int width;	/* squares in a line */
};

struct place {
	unsigned int column;
	unsigned int y;
};

static const struct pfnscope_map_block none;

/* Not more than four times as high as it is wide. */
static struct sheet sheet_for(const struct pfnscope_map *map)
{
	struct sheet sheet = { map->count > MANY ? 4 : 8, 128 };

	while (map->count / sheet.width > 4 * sheet.width)
		sheet.width *= 2;
	return sheet;
}

/* To the next place; a zone begins on a line of its own. Returns if it does. */
static bool next_place(const struct sheet *sheet, struct place *place,
		       const struct pfnscope_map_block *block,
		       const struct pfnscope_map_block *before)
{
	bool zone = pfnscope_map_new_zone(block, before);

	if (zone) {
		place->y += (before->zone ? sheet->step : 0) + TITLE;
		place->column = 0;
	} else if (++place->column == sheet->width) {
		place->y += sheet->step;
		place->column = 0;
	}
	return zone;
}

static unsigned int height(const struct pfnscope_map *map,
			   const struct sheet *sheet)
{
	const struct pfnscope_map_block *before = &none;
	struct place place = { 0 };
	size_t i;

	for (i = 0; i < map->count; before = &map->blocks[i++])
		next_place(sheet, &place, &map->blocks[i], before);
	return place.y + sheet->step + TITLE;
}

static void paint_title(const struct pfnscope_map_pen *pen, unsigned int y,
			const struct pfnscope_map_block *block)
{
	char title[128];

	snprintf(title, sizeof(title), "node %" PRIu64 " zone %s", block->node,
		 block->zone ? block->zone : "-");
	pen->text(pen->data, 0, y, title);
}

static void paint_legend(const struct pfnscope_map_pen *pen,
			 unsigned int columns, unsigned int top)
{
	unsigned int i, x, y;

	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++) {
		x = i % columns * LEGEND_WIDTH;
		y = top + i / columns * LEGEND;
		pen->square(pen->data, x, y, 10, pfnscope_map_legend[i].rgb,
			    false);
		pen->text(pen->data, x + 16, y + 10,
			  pfnscope_map_legend[i].name);
	}
}

/**
 * pfnscope_map_paint() - paint the map
 * @map: what
 * @pen: by whom
 */
void pfnscope_map_paint(const struct pfnscope_map *map,
			const struct pfnscope_map_pen *pen)
{
	const struct pfnscope_map_block *block, *before = &none;
	struct sheet sheet = sheet_for(map);
	unsigned int width = sheet.width * sheet.step, columns, bottom;
	struct place place = { 0 };
	size_t i;

	columns = width / LEGEND_WIDTH;
	bottom = height(map, &sheet);
	pen->begin(pen->data, width, bottom + LEGEND *
		   ((PFNSCOPE_MAP_CLASSES + columns - 1) / columns));
	for (i = 0; i < map->count; i++, before = block) {
		block = &map->blocks[i];
		if (next_place(&sheet, &place, block, before))
			paint_title(pen, place.y - 6, block);
		pen->square(pen->data, place.column * sheet.step, place.y,
			    sheet.step - 1,
			    pfnscope_map_legend[block->class].rgb,
			    block->class != PFNSCOPE_MAP_FREE &&
			    block->used_percent <= 50);
	}
	paint_legend(pen, columns, bottom);
}
