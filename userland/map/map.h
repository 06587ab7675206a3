/* SPDX-License-Identifier: GPL-2.0-only */
/* Physical memory as a picture: one place for each pageblock. */
#ifndef PFNSCOPE_MAP_MAP_H
#define PFNSCOPE_MAP_MAP_H

#include "table/table.h"

/* What most of a block is. */
enum pfnscope_map_class {
	PFNSCOPE_MAP_FREE,
	PFNSCOPE_MAP_ANON,
	PFNSCOPE_MAP_FILE,
	PFNSCOPE_MAP_SHMEM,
	PFNSCOPE_MAP_HUGETLB,
	PFNSCOPE_MAP_MOVABLE,
	PFNSCOPE_MAP_SLAB,
	PFNSCOPE_MAP_TABLE,
	PFNSCOPE_MAP_STACK,
	PFNSCOPE_MAP_KERNEL,
	PFNSCOPE_MAP_RESERVED,
	PFNSCOPE_MAP_WAITING,
	PFNSCOPE_MAP_LARGE_KMALLOC,
	PFNSCOPE_MAP_PAGE_POOL,
	PFNSCOPE_MAP_OFFLINE,
	PFNSCOPE_MAP_GUARD,
	PFNSCOPE_MAP_UNACCEPTED,
	PFNSCOPE_MAP_HWPOISON,
	PFNSCOPE_MAP_OTHER,
	PFNSCOPE_MAP_CLASSES
};

/**
 * struct pfnscope_map_legend - how a class is shown
 * @column: of pageblocks, NULL for what no other column has
 * @name: in the legend
 * @letter: capital for a block that is more than half in use
 * @colour: of the 256 of a terminal
 * @rgb: the same for pictures
 */
struct pfnscope_map_legend {
	const char *column;
	const char *name;
	char letter;
	unsigned int colour;
	const char *rgb;
};

/**
 * struct pfnscope_map_block - one block
 * @node: NUMA node
 * @zone: name of its zone
 * @pfn: its first page frame
 * @class: what most of its pages in use are; free only if all are
 * @used_percent: pages in use
 * @blocker: what keeps it from being freed: class or slab cache, NULL for nothing
 */
struct pfnscope_map_block {
	uint64_t node;
	const char *zone;
	uint64_t pfn;
	enum pfnscope_map_class class;
	unsigned int used_percent;
	const char *blocker;
};

extern const struct pfnscope_map_legend
	pfnscope_map_legend[PFNSCOPE_MAP_CLASSES];
const struct pfnscope_view *pfnscope_map_view(void);

/**
 * struct pfnscope_map - all blocks, in the order of the file
 * @blocks: the blocks
 * @count: how many
 * @capacity: how many there is room for
 */
struct pfnscope_map {
	struct pfnscope_map_block *blocks;
	size_t count;
	size_t capacity;
};

/* Adds the first row of a table of pfnscope_map_view(), which keeps the names. */
void pfnscope_map_add(struct pfnscope_map *map,
		      const struct pfnscope_table *table);
void pfnscope_map_clear(struct pfnscope_map *map);
/* Whether the block of this row begins another zone than the one before. */
bool pfnscope_map_new_zone(const struct pfnscope_map_block *block,
			   const struct pfnscope_map_block *before);

#endif
