// SPDX-License-Identifier: GPL-2.0-only
/* The map as a picture of squares. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "render/map.h"

#define STEP	8
#define WIDTH	128	/* blocks in a line */
#define TITLE	24	/* height of a zone's heading */

struct place {
	unsigned int column;
	unsigned int y;
};

/* To the next place; a zone begins on a line of its own. Returns if it does. */
static bool next_place(struct place *place,
		       const struct pfnscope_map_block *block,
		       const struct pfnscope_map_block *before)
{
	bool zone = pfnscope_map_new_zone(block, before);

	if (zone) {
		place->y += (before->zone ? STEP : 0) + TITLE;
		place->column = 0;
	} else if (++place->column == WIDTH) {
		place->y += STEP;
		place->column = 0;
	}
	return zone;
}

static unsigned int height(const struct pfnscope_table *table)
{
	struct pfnscope_map_block block, before = { 0 };
	struct place place = { 0 };
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		pfnscope_map_block(table, row, &block);
		next_place(&place, &block, &before);
		before = block;
	}
	return place.y + STEP;
}

static void put_text(const char *text)
{
	for (; *text; text++)
		if (*text > ' ' && *text <= '~' && !strchr("<>&\"", *text))
			putchar(*text);
		else
			putchar('_');
}

static void put_legend(unsigned int top)
{
	unsigned int i;

	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++)
		printf("<rect x=\"%u\" y=\"%u\" width=\"10\" height=\"10\" fill=\"%s\"/>"
		       "<text x=\"%u\" y=\"%u\">%s</text>\n",
		       i % 5 * 200, top + i / 5 * 20,
		       pfnscope_map_legend[i].rgb, i % 5 * 200 + 16,
		       top + i / 5 * 20 + 10, pfnscope_map_legend[i].name);
}

static void put_block(const struct pfnscope_map_block *block,
		      const struct place *place)
{
	printf("<rect x=\"%u\" y=\"%u\" width=\"7\" height=\"7\" fill=\"%s\"",
	       place->column * STEP, place->y,
	       pfnscope_map_legend[block->class].rgb);
	if (block->class && block->used_percent <= 50)
		printf(" opacity=\"0.55\"");
	printf("/>\n");
}

void pfnscope_map_svg(const struct pfnscope_table *table)
{
	struct pfnscope_map_block block, before = { 0 };
	unsigned int bottom = height(table) + TITLE;
	struct place place = { 0 };
	size_t row;

	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" font-family=\"sans-serif\" font-size=\"12\">\n"
	       "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
	       WIDTH * STEP, bottom + 70);
	for (row = 0; row < table->nr_rows; row++) {
		pfnscope_map_block(table, row, &block);
		if (next_place(&place, &block, &before)) {
			printf("<text x=\"0\" y=\"%u\">node %" PRIu64 " zone ",
			       place.y - 6, block.node);
			put_text(block.zone ? block.zone : "-");
			printf("</text>\n");
		}
		put_block(&block, &place);
		before = block;
	}
	put_legend(bottom);
	printf("</svg>\n");
}
