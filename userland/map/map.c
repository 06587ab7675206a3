// SPDX-License-Identifier: GPL-2.0-only
/* What each block of the picture is. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "map/map.h"

/* Besides the classes of the legend. */
static const char *const columns[] = {
	"node", "zone", "start_pfn", "present_pages", "blocker_class", "blocker",
};

enum { NODE, ZONE, START, PRESENT, BLOCKER_CLASS, BLOCKER, FIRST_CLASS };

const struct pfnscope_map_legend pfnscope_map_legend[PFNSCOPE_MAP_CLASSES] = {
	{ "free_pages", "free", '.', 235, "#20242b" },
	{ "anon_pages", "anonymous memory", 'A', 33, "#3b82f6" },
	{ "file_pages", "page cache", 'C', 41, "#22c55e" },
	{ "shmem_pages", "shmem, tmpfs", 'M', 43, "#14b8a6" },
	{ "hugetlb_pages", "hugetlb", 'H', 27, "#1d4ed8" },
	{ "movable_ops_pages", "zsmalloc, movable", 'Z', 80, "#67e8f9" },
	{ "slab_pages", "slab", 'S', 208, "#f97316" },
	{ "page_table_pages", "page tables", 'T', 220, "#eab308" },
	{ "kernel_stack_pages", "kernel stacks", 'K', 201, "#d946ef" },
	{ "kernel_pages", "other kernel memory", 'X', 196, "#ef4444" },
	{ "reserved_pages", "reserved", 'R', 244, "#6b7280" },
	{ "unreferenced_pages", "per-CPU lists, tails", 'P', 65, "#4d7c5f" },
	{ "large_kmalloc_pages", "large kmalloc", 'L', 203, "#f87171" },
	{ "page_pool_pages", "network page pool", 'N', 141, "#a78bfa" },
	{ "offline_pages", "balloon, offline", 'B', 110, "#94a3b8" },
	{ "guard_pages", "guard", 'G', 180, "#d6b48c" },
	{ "unaccepted_pages", "unaccepted", 'U', 152, "#b6d7d7" },
	{ "hwpoison_pages", "hardware poison", 'W', 88, "#7f1d1d" },
	{ NULL, "anything else", 'O', 130, "#a16207" },
};

static struct pfnscope_field column(const char *name)
{
	int index = pfnscope_view_field(&pfnscope_view_pageblocks, name);

	return pfnscope_view_pageblocks.fields[index];
}

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
		fields[i] = column(columns[i]);
	for (i = 0; i < PFNSCOPE_MAP_OTHER; i++)
		fields[FIRST_CLASS + i] = column(pfnscope_map_legend[i].column);
	view = pfnscope_view_pageblocks;
	view.fields = fields;
	view.nr_fields = FIRST_CLASS + PFNSCOPE_MAP_OTHER;
	return &view;
}

static uint64_t number(const struct pfnscope_table *table, size_t row,
		       size_t field)
{
	const struct pfnscope_value *value =
		pfnscope_table_value(table, row, field);

	return value && value->known ? value->number : 0;
}

static const char *string(const struct pfnscope_table *table, size_t row,
			  size_t field)
{
	const struct pfnscope_value *value =
		pfnscope_table_value(table, row, field);

	return value && value->known ? value->string : NULL;
}

static void fill_block(const struct pfnscope_table *table, size_t row,
		       struct pfnscope_map_block *block)
{
	uint64_t present = number(table, row, PRESENT), most = 0, pages;
	uint64_t free = number(table, row, FIRST_CLASS), others = present;
	unsigned int i;

	block->node = number(table, row, NODE);
	block->zone = string(table, row, ZONE);
	block->pfn = number(table, row, START);
	block->class = PFNSCOPE_MAP_FREE;
	for (i = 0; i < PFNSCOPE_MAP_OTHER; i++) {
		pages = number(table, row, FIRST_CLASS + i);
		others -= pages < others ? pages : others;
		if (i == PFNSCOPE_MAP_FREE || pages <= most)
			continue;
		most = pages;
		block->class = i;
	}
	if (others > most)
		block->class = PFNSCOPE_MAP_OTHER;
	if (free > present)
		free = present;
	block->used_percent = present ?
		(unsigned int)((present - free) * 100 / present) : 0;
	block->blocker = string(table, row, BLOCKER);
	if (!block->blocker)
		block->blocker = string(table, row, BLOCKER_CLASS);
	if (block->blocker && !strcmp(block->blocker, "none"))
		block->blocker = NULL;
}

void pfnscope_map_add(struct pfnscope_map *map,
		      const struct pfnscope_table *table)
{
	if (map->count == map->capacity) {
		map->capacity = 2 * map->capacity + 64;
		map->blocks = pfnscope_realloc(map->blocks, map->capacity,
					       sizeof(*map->blocks));
	}
	fill_block(table, 0, &map->blocks[map->count++]);
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
