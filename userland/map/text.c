// SPDX-License-Identifier: GPL-2.0-only
/*
 * The map as letters, for terminals and for files. A letter is as many blocks as
 * it takes to fit a screen, a power of two and never of two zones.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "map/render.h"

#define MARGIN		24	/* node, zone and address before each line */
#define PFN_MARGIN	14	/* the page frame besides, where every block is shown */
#define ROUND		8	/* letters of a line are a multiple of that */
#define ENTRY		38	/* width of a legend's entry */
#define AROUND		8	/* lines that are neither letters nor legend */

struct cell {
	enum pfnscope_map_class class;
	unsigned int used_percent;
};

struct sheet {
	FILE *out;
	const struct pfnscope_terminal *screen;
	size_t scale;		/* blocks of a letter */
	unsigned int width;	/* letters of a line */
};

/* What most of the blocks are; a class only where not more than half are free. */
static struct cell cell_of(const struct pfnscope_map_block *block, size_t count)
{
	size_t blocks[PFNSCOPE_MAP_CLASSES] = { 0 }, i;
	uint64_t used = 0;
	struct cell cell = { .class = PFNSCOPE_MAP_FREE };

	for (i = 0; i < count; i++) {
		blocks[block[i].class]++;
		used += block[i].used_percent;
	}
	cell.used_percent = (unsigned int)(used / count);
	if (blocks[PFNSCOPE_MAP_FREE] > count / 2)
		return cell;
	blocks[PFNSCOPE_MAP_FREE] = 0;
	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++)
		if (blocks[i] > blocks[cell.class])
			cell.class = i;
	return cell;
}

static char letter(const struct cell *cell)
{
	char c = pfnscope_map_legend[cell->class].letter;

	return cell->used_percent > 50 || c == '.' ? c : (char)(c | 0x20);
}

/* Colour changes between letters, not with each. */
static void put_colour(const struct sheet *sheet,
		       const struct pfnscope_map_legend *class)
{
	if (sheet->screen->colours == 256)
		fprintf(sheet->out, "\033[38;5;%um", class->colour);
	else if (sheet->screen->colours)
		fprintf(sheet->out, "\033[%um", class->sgr);
}

static void end_colour(const struct sheet *sheet)
{
	if (sheet->screen->colours)
		fprintf(sheet->out, "\033[0m");
}

static void put_block_cells(const struct sheet *sheet,
			    const struct pfnscope_map_block *block, size_t count)
{
	enum pfnscope_map_class last = PFNSCOPE_MAP_CLASSES;
	size_t part;

	for (; count; count -= part, block += part) {
		struct cell cell;

		part = count < sheet->scale ? count : sheet->scale;
		cell = cell_of(block, part);
		if (cell.class != last)
			put_colour(sheet, &pfnscope_map_legend[cell.class]);
		last = cell.class;
		fputc(letter(&cell), sheet->out);
	}
	end_colour(sheet);
	fputc('\n', sheet->out);
}

static void put_margin(const struct pfnscope_map *map, const struct sheet *sheet,
		       size_t at, bool begins)
{
	const struct pfnscope_map_block *block = &map->blocks[at];
	char *zone = pfnscope_text_printable(block->zone ? block->zone : "-");
	char *address = pfnscope_map_address(map, block->pfn);

	if (begins)
		fprintf(sheet->out, "%4" PRIu32 " %-8s", block->node, zone);
	else
		fprintf(sheet->out, "%13s", "");
	if (!sheet->screen->rows)
		fprintf(sheet->out, "%13" PRIu64 " ", block->pfn);
	fprintf(sheet->out, "%9s  ", address);
	free(address);
	free(zone);
}

static void text_zone(const struct pfnscope_map *map, const struct sheet *sheet,
		      size_t first, size_t end)
{
	size_t line = sheet->width * sheet->scale, at;

	for (at = first; at < end; at += line) {
		put_margin(map, sheet, at, at == first);
		put_block_cells(sheet, &map->blocks[at],
				end - at < line ? end - at : line);
	}
}

static size_t lines_of(const struct pfnscope_map *map, const struct sheet *sheet)
{
	size_t line = sheet->width * sheet->scale, lines = 0, first, end;

	for (first = 0; first < map->count; first = end) {
		end = pfnscope_map_zone_end(map, first);
		lines += (end - first + line - 1) / line;
	}
	return lines;
}

static unsigned int entries_in_line(const struct pfnscope_terminal *screen)
{
	return screen->columns < 2 * ENTRY ? 1 : screen->columns / ENTRY;
}

/* Several zones may be more than a screen has lines: each keeps one. */
static struct sheet text_sheet(const struct pfnscope_map *map,
			       const struct pfnscope_terminal *screen, FILE *out)
{
	unsigned int margin = MARGIN + (screen->rows ? 0 : PFN_MARGIN);
	struct sheet sheet = { out, screen, 1, ROUND };
	size_t entries = 0, room, i;

	if (screen->columns > margin + 2 * ROUND)
		sheet.width = (screen->columns - margin) / ROUND * ROUND;
	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++)
		entries += !!map->pages[i];
	room = AROUND + (entries + entries_in_line(screen) - 1) /
			entries_in_line(screen);
	room = screen->rows > room ? screen->rows - room : 1;
	while (screen->rows && lines_of(map, &sheet) > room &&
	       sheet.scale < map->count)
		sheet.scale *= 2;
	return sheet;
}

static void put_legend(const struct pfnscope_map *map, const struct sheet *sheet)
{
	const struct pfnscope_map_legend *entry;
	unsigned int i, shown = 0;
	char *total;

	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++) {
		if (!map->pages[i])
			continue;
		entry = &pfnscope_map_legend[i];
		total = pfnscope_map_total(map, i);
		if (shown)
			fprintf(sheet->out, "%s", shown % entries_in_line(sheet->screen) ?
			       "   " : "\n");
		put_colour(sheet, entry);
		fputc(entry->letter, sheet->out);
		end_colour(sheet);
		fprintf(sheet->out, " %-19s%14s", entry->name, total);
		shown++;
		free(total);
	}
	fputc('\n', sheet->out);
}

/* Takes it over. */
static void put_sentence(const struct sheet *sheet, char *sentence)
{
	const char *at = sentence;

	while (*at) {
		size_t line = pfnscope_text_line(at, sheet->screen->columns);

		fprintf(sheet->out, "%.*s\n", (int)line, at);
		at += line;
		at += strspn(at, " ");
	}
	free(sentence);
}

/* How much a letter is, and how to have more of it. */
static void put_scale(const struct pfnscope_map *map, const struct sheet *sheet)
{
	char *block = pfnscope_map_size(map, map->block_pages);
	char *letter = pfnscope_map_size(map, map->block_pages * sheet->scale);

	if (sheet->scale == 1)
		put_sentence(sheet, pfnscope_format(
			"A letter is a pageblock, %s, and what most of its pages in use are; a small one where half or more is free.",
			block));
	else
		put_sentence(sheet, pfnscope_format(
			"A letter is %zu pageblocks, %s, and what most of them are (--full: each); a small one where half or more is free.",
			sheet->scale, letter));
	free(letter);
	free(block);
}

void pfnscope_map_text(const struct pfnscope_map *map,
		       const struct pfnscope_terminal *screen, FILE *out)
{
	struct sheet sheet = text_sheet(map, screen, out);
	size_t first, end;

	put_sentence(&sheet, pfnscope_map_title(map));
	fprintf(out, "\nNODE ZONE    %s      GiB\n", screen->rows ? "" : "          PFN ");
	for (first = 0; first < map->count; first = end) {
		end = pfnscope_map_zone_end(map, first);
		text_zone(map, &sheet, first, end);
	}
	fputc('\n', out);
	put_legend(map, &sheet);
	put_scale(map, &sheet);
}
