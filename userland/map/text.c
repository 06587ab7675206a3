// SPDX-License-Identifier: GPL-2.0-only
/* The map as letters, for terminals and for files. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"
#include "map/render.h"

#define MARGIN 14	/* the page frame number before each line */

bool pfnscope_map_colour(void)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(none && *none) && term &&
	       strcmp(term, "dumb");
}

/* A power of two, so that a line is a round number of blocks. */
unsigned int pfnscope_map_width(void)
{
	struct winsize size = { 0 };
	unsigned int width = 64, columns = 80;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		columns = size.ws_col;
	while (width > 8 && width + MARGIN > columns)
		width /= 2;
	while (width < 256 && width * 2 + MARGIN <= columns)
		width *= 2;
	return width;
}

static char letter(const struct pfnscope_map_block *block)
{
	char c = pfnscope_map_legend[block->class].letter;

	return block->used_percent > 50 || c == '.' ? c : (char)(c | 0x20);
}

static void put_block(const struct pfnscope_map_block *block, bool colour)
{
	unsigned int shade = pfnscope_map_legend[block->class].colour;

	if (colour)
		printf("\033[38;5;%um%c\033[0m", shade, letter(block));
	else
		putchar(letter(block));
}

static void put_legend(bool colour)
{
	const struct pfnscope_map_legend *entry;
	struct pfnscope_map_block block = { .used_percent = 100 };
	unsigned int i;

	printf("\n");
	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++) {
		entry = &pfnscope_map_legend[i];
		block.class = i;
		put_block(&block, colour);
		printf(" %-22s%s", entry->name,
		       i % 3 == 2 || i + 1 == PFNSCOPE_MAP_CLASSES ? "\n" : "");
	}
	printf("A letter is a pageblock and what most of it is; small where half or more is\n"
	       "empty.\n");
}

static void put_zone(const struct pfnscope_map_block *block, const char *before)
{
	char *zone = pfnscope_text_printable(block->zone ? block->zone : "-");

	printf("%snode %" PRIu64 " zone %s\n", before, block->node, zone);
	free(zone);
}

void pfnscope_map_text(const struct pfnscope_map *map, unsigned int width,
		       bool colour)
{
	static const struct pfnscope_map_block none;
	const struct pfnscope_map_block *block, *before = &none;
	unsigned int column = 0;
	size_t i;

	for (i = 0; i < map->count; i++, before = block) {
		block = &map->blocks[i];
		if (pfnscope_map_new_zone(block, before)) {
			put_zone(block, i ? "\n\n" : "");
			column = 0;
		} else if (!column) {
			printf("\n");
		}
		if (!column)
			printf("%12" PRIu64 "  ", block->pfn);
		put_block(block, colour);
		column = (column + 1) % width;
	}
	printf("\n");
	put_legend(colour);
}
