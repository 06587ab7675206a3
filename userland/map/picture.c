// SPDX-License-Identifier: GPL-2.0-only
/* The map as a picture of squares, whoever paints it. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "map/picture.h"

#define MARGIN		16	/* around all of it */
#define AXIS		104	/* addresses beside the squares */
#define LINE		20	/* height of a line of words */
#define MIDDLE		6	/* from the middle of letters to what they stand on */
#define LEGEND_WIDTH	512	/* and width of an entry of the legend */
#define KEY		15	/* of that step */
#define MANY		65536	/* blocks from which on squares are small */

struct sheet {
	const struct pfnscope_map *map;
	const struct pfnscope_map_pen *pen;
	unsigned int step;	/* from one square to the next */
	unsigned int width;	/* squares in a line */
};

const unsigned int pfnscope_map_ink[PFNSCOPE_MAP_SHADES] = { 35, 55, 78, 100 };

/* Not more than four times as high as it is wide. */
static struct sheet picture_sheet(const struct pfnscope_map *map,
				  const struct pfnscope_map_pen *pen)
{
	struct sheet sheet = { map, pen, map->count > MANY ? 4 : 8, 128 };

	while (map->count / sheet.width > 4 * sheet.width)
		sheet.width *= 2;
	return sheet;
}

static unsigned int shade_of(const struct pfnscope_map_block *block)
{
	unsigned int shade = block->used_percent * PFNSCOPE_MAP_SHADES / 101;

	return block->class == PFNSCOPE_MAP_FREE || shade >= PFNSCOPE_MAP_SHADES ?
	       PFNSCOPE_MAP_SHADES - 1 : shade;
}

/* Takes over the words. */
static void picture_words(const struct sheet *sheet, unsigned int x, unsigned int y,
			  char *words)
{
	sheet->pen->text(sheet->pen->data, x, y, words);
	free(words);
}

/* How many from the first on look like it. */
static unsigned int run_of(const struct pfnscope_map_block *block,
			   unsigned int count)
{
	unsigned int run = 1;

	while (run < count && block[run].class == block->class &&
	       shade_of(&block[run]) == shade_of(block))
		run++;
	return run;
}

static void paint_line(const struct sheet *sheet,
		       const struct pfnscope_map_block *block, unsigned int count,
		       unsigned int y)
{
	const unsigned int left = MARGIN + AXIS;
	unsigned int at, run;

	for (at = 0; at < count; at += run) {
		run = run_of(&block[at], count - at);
		sheet->pen->squares(sheet->pen->data, left + at * sheet->step, y,
				    sheet->step, run, block[at].class,
				    shade_of(&block[at]));
	}
}

static unsigned int zone_height(const struct sheet *sheet, size_t count)
{
	return LINE + LINE / 2 + sheet->step *
	       (unsigned int)((count + sheet->width - 1) / sheet->width);
}

/* As many addresses as there is room for. */
static void paint_zone(const struct sheet *sheet, size_t first, size_t end,
		       unsigned int y)
{
	const struct pfnscope_map_block *block = &sheet->map->blocks[first];
	unsigned int next, count;

	picture_words(sheet, MARGIN, y + LINE - 8,
		      pfnscope_format("node %" PRIu32 " zone %s", block->node,
				      block->zone ? block->zone : "-"));
	y += LINE;
	for (next = y; first < end; first += count, y += sheet->step) {
		block = &sheet->map->blocks[first];
		count = end - first < sheet->width ?
			(unsigned int)(end - first) : sheet->width;
		paint_line(sheet, block, count, y);
		if (y < next)
			continue;
		picture_words(sheet, MARGIN, y + sheet->step / 2 + MIDDLE,
			      pfnscope_map_address(sheet->map, block->pfn));
		next = y + LINE;
	}
}

static unsigned int paint_zones(const struct sheet *sheet, unsigned int y,
				bool only_height)
{
	size_t first, end;

	for (first = 0; first < sheet->map->count; first = end) {
		end = pfnscope_map_zone_end(sheet->map, first);
		if (!only_height)
			paint_zone(sheet, first, end, y);
		y += zone_height(sheet, end - first);
	}
	return y;
}

static void paint_caption(const struct sheet *sheet)
{
	char *block = pfnscope_map_size(sheet->map, sheet->map->block_pages);

	picture_words(sheet, MARGIN, MARGIN + LINE - 6, pfnscope_map_title(sheet->map));
	picture_words(sheet, MARGIN, MARGIN + 2 * LINE - 6,
		      pfnscope_format("A square is a pageblock, %s, and what most of it is, paler the emptier. Addresses in GiB.",
				      block));
	free(block);
}

/* In @columns; returns how many entries there are. */
static unsigned int paint_legend(const struct sheet *sheet, unsigned int columns,
				 unsigned int top, bool only_count)
{
	unsigned int i, shown = 0, x, y;
	char *total;

	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++) {
		if (!sheet->map->pages[i])
			continue;
		x = MARGIN + shown % columns * LEGEND_WIDTH;
		y = top + shown / columns * LINE;
		shown++;
		if (only_count)
			continue;
		sheet->pen->squares(sheet->pen->data, x, y + 2, KEY, 1, i,
				    PFNSCOPE_MAP_SHADES - 1);
		total = pfnscope_map_total(sheet->map, i);
		picture_words(sheet, x + 24, y + LINE - 6,
			      pfnscope_format("%-19s %14s",
					      pfnscope_map_legend[i].name, total));
		free(total);
	}
	return shown;
}

/**
 * pfnscope_map_paint() - paint the map
 * @map: what
 * @pen: by whom
 */
void pfnscope_map_paint(const struct pfnscope_map *map,
			const struct pfnscope_map_pen *pen)
{
	struct sheet sheet = picture_sheet(map, pen);
	unsigned int width = sheet.width * sheet.step + AXIS;
	unsigned int columns = width / LEGEND_WIDTH, entries, bottom;
	const unsigned int top = MARGIN + 2 * LINE + LINE / 2;

	bottom = paint_zones(&sheet, top, true);
	entries = paint_legend(&sheet, columns, bottom, true);
	pen->begin(pen->data, width + 2 * MARGIN, bottom + MARGIN + LINE *
		   ((entries + columns - 1) / columns));
	paint_caption(&sheet);
	paint_zones(&sheet, top, false);
	paint_legend(&sheet, columns, bottom, false);
}
