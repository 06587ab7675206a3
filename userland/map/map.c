// SPDX-License-Identifier: GPL-2.0-only
/* What each block of the picture is. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "map/map.h"
#include "view/pageblocks.h"

#define LEGEND(upper, column, name, letter, colour, sgr, light, dark) \
	{ PAGEBLOCKS_##column, name, letter, colour, sgr, { light, dark } },

const struct pfnscope_map_legend pfnscope_map_legend[PFNSCOPE_MAP_CLASSES] = {
	PFNSCOPE_MAP_LIST(LEGEND)
};

/* Besides the classes of the legend. */
static const unsigned int columns[] = {
	PAGEBLOCKS_node, PAGEBLOCKS_zone, PAGEBLOCKS_start_pfn,
	PAGEBLOCKS_present_pages, PAGEBLOCKS_blocker_class, PAGEBLOCKS_blocker,
};

#define FIRST_CLASS	ARRAY_SIZE(columns)

/**
 * pfnscope_map_view - the columns of pageblocks that a map is made of
 *
 * Fewer than there are: a terabyte has half a million rows.
 *
 * Return: pageblocks with these alone, in the order of enum pfnscope_map_class.
 */
const struct pfnscope_view *pfnscope_map_view(void)
{
	static struct pfnscope_field fields[FIRST_CLASS + PFNSCOPE_MAP_OTHER];
	static struct pfnscope_view view;
	size_t i;

	if (view.fields)
		return &view;
	for (i = 0; i < FIRST_CLASS; i++)
		fields[i] = pfnscope_view_pageblocks.fields[columns[i]];
	for (i = 0; i < PFNSCOPE_MAP_OTHER; i++)
		fields[FIRST_CLASS + i] =
			pfnscope_view_pageblocks.fields[pfnscope_map_legend[i].column];
	view = pfnscope_view_pageblocks;
	view.fields = fields;
	view.nr_fields = FIRST_CLASS + PFNSCOPE_MAP_OTHER;
	return &view;
}

/* Pages of each class in this row; what no class has is the last one's. */
static uint64_t count_pages(const struct PAGEBLOCKS_table *table,
			    uint64_t pages[PFNSCOPE_MAP_CLASSES])
{
	uint64_t present = pfnscope_table_or_zero(CELL(table, 0, PAGEBLOCKS_present_pages));
	uint64_t others = present;
	unsigned int i;

	for (i = 0; i < PFNSCOPE_MAP_OTHER; i++) {
		pages[i] = pfnscope_table_or_zero(&table->all, 0, pfnscope_map_legend[i].column);
		if (pages[i] > others)
			pages[i] = others;
		others -= pages[i];
	}
	pages[PFNSCOPE_MAP_OTHER] = others;
	return present;
}

static enum pfnscope_map_class largest_class(const uint64_t pages[PFNSCOPE_MAP_CLASSES])
{
	enum pfnscope_map_class class = PFNSCOPE_MAP_FREE, i;
	uint64_t most = 0;

	for (i = PFNSCOPE_MAP_FREE + 1; i < PFNSCOPE_MAP_CLASSES; i++) {
		if (pages[i] <= most)
			continue;
		most = pages[i];
		class = i;
	}
	return class;
}

static void fill_block(const struct PAGEBLOCKS_table *table,
		       const uint64_t pages[PFNSCOPE_MAP_CLASSES],
		       uint64_t present, struct pfnscope_map_block *block)
{
	block->pfn = pfnscope_table_or_zero(CELL(table, 0, PAGEBLOCKS_start_pfn));
	block->class = (uint8_t)largest_class(pages);
	block->used_percent = (uint8_t)(present ?
		(present - pages[PFNSCOPE_MAP_FREE]) * 100 / present : 0);
	block->blocker = pfnscope_table_string(CELL(table, 0, PAGEBLOCKS_blocker));
	if (!block->blocker)
		block->blocker = pfnscope_table_string(CELL(table, 0, PAGEBLOCKS_blocker_class));
	if (block->blocker && !strcmp(block->blocker, "none"))
		block->blocker = NULL;
}

static bool map_wants_block(const struct pfnscope_map *map,
			    const struct pfnscope_map_block *block)
{
	if (map->by_node && block->node != map->node)
		return false;
	return !map->only_zone ||
	       (block->zone && !strcasecmp(block->zone, map->only_zone));
}

static void add_up(struct pfnscope_map *map,
		   const uint64_t pages[PFNSCOPE_MAP_CLASSES], uint64_t present)
{
	unsigned int i;

	for (i = 0; i < PFNSCOPE_MAP_CLASSES; i++)
		map->pages[i] += pages[i];
	map->present += present;
	if (!map->block_pages)
		map->block_pages = 1;
	while (map->block_pages < present && map->block_pages << 1)
		map->block_pages <<= 1;
}

void pfnscope_map_add(struct pfnscope_map *map,
		      const struct pfnscope_table *any)
{
	const struct PAGEBLOCKS_table *table = PAGEBLOCKS_OF(any);
	uint64_t pages[PFNSCOPE_MAP_CLASSES], present;
	struct pfnscope_map_block block = {
		.node = (uint32_t)pfnscope_table_or_zero(CELL(table, 0, PAGEBLOCKS_node)),
		.zone = pfnscope_table_string(CELL(table, 0, PAGEBLOCKS_zone)),
	};

	if (!map_wants_block(map, &block))
		return;
	if (map->count == map->capacity) {
		map->capacity = 2 * map->capacity + 64;
		map->blocks = pfnscope_realloc(map->blocks, map->capacity,
					       sizeof(*map->blocks));
	}
	present = count_pages(table, pages);
	fill_block(table, pages, present, &block);
	add_up(map, pages, present);
	map->blocks[map->count++] = block;
}

void pfnscope_map_clear(struct pfnscope_map *map)
{
	free(map->blocks);
	map->blocks = NULL;
	map->count = 0;
	map->capacity = 0;
}

bool pfnscope_map_new_zone(const struct pfnscope_map_block *block,
			   const struct pfnscope_map_block *before)
{
	return !before->zone || !block->zone || block->node != before->node ||
	       strcmp(block->zone, before->zone);
}

size_t pfnscope_map_zone_end(const struct pfnscope_map *map, size_t first)
{
	size_t end = first + 1;

	while (end < map->count &&
	       !pfnscope_map_new_zone(&map->blocks[end], &map->blocks[first]))
		end++;
	return end;
}
