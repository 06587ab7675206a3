/* SPDX-License-Identifier: GPL-2.0-only */
/* Physical memory as a picture: one place for each pageblock. */
#ifndef PFNSCOPE_MAP_MAP_H
#define PFNSCOPE_MAP_MAP_H

#include "table/table.h"

/*
 * What most of a block is. Each is X(NAME, column of pageblocks, name in the legend,
 * letter, colour, sgr, rgb on light paper, on dark), see struct pfnscope_map_legend.
 * Free is a shade of the paper, all else is ink: dark on white, light on black. hwpoison
 * has the strongest: one such block is worth more than all others.
 */
#define PFNSCOPE_MAP_LIST(X) \
	X(FREE, free_pages, "free", '.', 245, 0, 0xe8eaed, 0x20242b) \
	X(ANON, anon_pages, "anonymous memory", 'A', 33, 94, 0x2563eb, 0x60a5fa) \
	X(FILE, file_pages, "page cache", 'C', 41, 32, 0x15803d, 0x4ade80) \
	X(SHMEM, shmem_pages, "shmem, tmpfs", 'M', 43, 36, 0x0f766e, 0x2dd4bf) \
	X(HUGETLB, hugetlb_pages, "hugetlb", 'H', 27, 34, 0x1e3a8a, 0x93c5fd) \
	X(MOVABLE, movable_ops_pages, "zsmalloc, movable", 'Z', 80, 96, 0x0891b2, 0x67e8f9) \
	X(SLAB, slab_pages, "slab", 'S', 208, 33, 0xea580c, 0xfb923c) \
	X(TABLE, page_table_pages, "page tables", 'T', 220, 93, 0xa16207, 0xfacc15) \
	X(STACK, kernel_stack_pages, "kernel stacks", 'K', 201, 95, 0xa21caf, 0xe879f9) \
	X(KERNEL, kernel_pages, "other kernel memory", 'X', 196, 91, 0xdc2626, 0xf87171) \
	X(RESERVED, reserved_pages, "reserved", 'R', 244, 90, 0x6b7280, 0x7d8694) \
	X(WAITING, unreferenced_pages, "unreferenced", 'U', 65, 92, 0x4d7c5f, 0x86b89b) \
	X(LARGE_KMALLOC, large_kmalloc_pages, "large kmalloc", 'L', 203, 31, 0xb91c1c, 0xfca5a5) \
	X(PAGE_POOL, page_pool_pages, "network page pool", 'N', 141, 35, 0x6d28d9, 0xa78bfa) \
	X(OFFLINE, offline_pages, "balloon, offline", 'B', 110, 37, 0x475569, 0x94a3b8) \
	X(GUARD, guard_pages, "guard", 'G', 180, 33, 0x92703f, 0xd6b48c) \
	X(UNACCEPTED, unaccepted_pages, "unaccepted", 'V', 152, 36, 0x5b8a8a, 0xb6d7d7) \
	X(HWPOISON, hwpoison_pages, "hardware poison", 'W', 160, 31, 0x000000, 0xffffff) \
	X(OTHER, COLUMNS, "anything else", 'O', 130, 33, 0x713f12, 0xd6a15f)

#define PFNSCOPE_MAP_CLASS(upper, ...)	PFNSCOPE_MAP_##upper,

enum pfnscope_map_class {
	PFNSCOPE_MAP_LIST(PFNSCOPE_MAP_CLASS)
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
