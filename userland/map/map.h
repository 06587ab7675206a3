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

/* The paper of a picture. */
enum pfnscope_map_paper {
	PFNSCOPE_MAP_LIGHT,
	PFNSCOPE_MAP_DARK,
	PFNSCOPE_MAP_PAPERS
};

/**
 * struct pfnscope_map_legend - how a class is shown
 * @column: of pageblocks, PAGEBLOCKS_COLUMNS for what no other column has
 * @name: in the legend
 * @letter: capital for a block that is more than half in use
 * @colour: of the 256 of a terminal
 * @sgr: the same on a terminal that has 16, 0 for that of any text
 * @rgb: the same on each paper
 */
struct pfnscope_map_legend {
	unsigned int column;
	const char *name;
	char letter;
	unsigned int colour;
	unsigned int sgr;
	uint32_t rgb[PFNSCOPE_MAP_PAPERS];
};

/**
 * struct pfnscope_map_block - one block; a terabyte has half a million of them
 * @pfn: its first page frame
 * @zone: name of its zone
 * @blocker: what keeps it from being freed: class or slab cache, NULL for nothing
 * @node: NUMA node
 * @class: enum pfnscope_map_class: what most of its pages in use are; free only if
 *	all are
 * @used_percent: pages in use
 */
struct pfnscope_map_block {
	uint64_t pfn;
	const char *zone;
	const char *blocker;
	uint32_t node;
	uint8_t class;
	uint8_t used_percent;
};

extern const struct pfnscope_map_legend
	pfnscope_map_legend[PFNSCOPE_MAP_CLASSES];
const struct pfnscope_view *pfnscope_map_view(void);

/**
 * struct pfnscope_map - all blocks, in the order of the file
 * @by_node: only those of @node
 * @node: which
 * @only_zone: only those of zones of that name, NULL for all
 * @blocks: the blocks
 * @count: how many
 * @capacity: how many there is room for
 * @pages: how many are of each class
 * @present: the sum of @pages
 * @block_pages: pages of the largest block, as a power of two
 * @page_size: in bytes
 * @host: name of the machine, NULL where it is not known
 * @kernel: its release, NULL likewise
 * @time: when it was looked at, NULL likewise
 */
struct pfnscope_map {
	bool by_node;
	uint64_t node;
	const char *only_zone;
	struct pfnscope_map_block *blocks;
	size_t count;
	size_t capacity;
	uint64_t pages[PFNSCOPE_MAP_CLASSES];
	uint64_t present;
	uint64_t block_pages;
	uint64_t page_size;
	const char *host;
	const char *kernel;
	const char *time;
};

/* Adds the first row of a table of pfnscope_map_view(), which keeps the names. */
void pfnscope_map_add(struct pfnscope_map *map,
		      const struct pfnscope_table *table);
void pfnscope_map_clear(struct pfnscope_map *map);
/* Whether the block of this row begins another zone than the one before. */
bool pfnscope_map_new_zone(const struct pfnscope_map_block *block,
			   const struct pfnscope_map_block *before);
/* Behind the last block of the zone in which @first lies. */
size_t pfnscope_map_zone_end(const struct pfnscope_map *map, size_t first);

/*
 * Words that every form of the map has, to be freed. Whose picture it is: */
char *pfnscope_map_title(const struct pfnscope_map *map);
/* a size: */
char *pfnscope_map_size(const struct pfnscope_map *map, uint64_t pages);
/* size and share of what is of a class: */
char *pfnscope_map_total(const struct pfnscope_map *map,
			 enum pfnscope_map_class class);
/* and where a block is. */
char *pfnscope_map_address(const struct pfnscope_map *map, uint64_t pfn);

#endif
