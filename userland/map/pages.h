/* SPDX-License-Identifier: GPL-2.0-only */
/* The pages within some of the blocks of a map, as the running kernel tells them. */
#ifndef PFNSCOPE_MAP_PAGES_H
#define PFNSCOPE_MAP_PAGES_H

#include "base/error.h"
#include "map/map.h"
#include "source/source.h"

#define PFNSCOPE_MAP_PAGES_BLOCKS	4096	/* that are looked into at most */

/* A page: its class, and the cgroup it is charged to as an index, 0 for none. */
struct pfnscope_map_page {
	uint8_t class;
	uint16_t cgroup;
};

/* A cgroup: the inode of its directory, and its path, NULL where nobody names it. */
struct pfnscope_map_cgroup {
	uint64_t id;
	char *path;
	uint16_t index;
};

/**
 * struct pfnscope_map_pages - what is in the blocks that were asked for
 * @first: page frame; blocks that begin or end here or above,
 * @last: and here or below
 * @zone: of zones of that name, NULL for all
 * @nr_blocks: how many blocks that are
 * @blocks: which of the map
 * @pages: of each, one behind the other, as many as the largest block has
 * @cgroups: those that any of the pages is charged to, by @id
 * @nr_cgroups: how many
 * @by_cgroup: whether the kernel tells what pages are charged to
 */
struct pfnscope_map_pages {
	uint64_t first;
	uint64_t last;
	const char *zone;
	size_t nr_blocks;
	size_t *blocks;
	struct pfnscope_map_page *pages;
	struct pfnscope_map_cgroup *cgroups;
	size_t nr_cgroups;
	bool by_cgroup;
};

/* Up to the next block, or to where it would begin. */
uint64_t pfnscope_map_block_size(const struct pfnscope_map *map, size_t block);
/* What a page of that class may be: its flags tell less than the module does. */
const char *pfnscope_map_page_name(enum pfnscope_map_class class);
/* Fills @pages for the blocks that its first members choose. */
int pfnscope_map_pages_read(const struct pfnscope_source *source,
			    const struct pfnscope_map *map,
			    struct pfnscope_map_pages *pages,
			    struct pfnscope_error *error);
void pfnscope_map_pages_clear(struct pfnscope_map_pages *pages);

#endif
