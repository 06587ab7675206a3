// SPDX-License-Identifier: GPL-2.0-only
/*
 * What offline_pages() asks, in its order: a block without a hole, all in one zone; no pageblock
 * of CMA, and none with a page that neither lies on an LRU list nor knows its own way to move,
 * before which the kernel does not even try. In ZONE_MOVABLE it takes all but reserved pages for
 * movable. From there on it tries until a signal comes: so of a page that somebody holds for a
 * while, as of what has no room to go to, nobody can say more than that it is uncertain.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/offline.h"
#include "base/alloc.h"
#include "base/array.h"
#include "view/offline.h"
#include "view/pageblocks.h"
#include "view/zones.h"

/* Blockers that are named. */
#define NAMED	6

/* What is added up. */
enum sum {
	PRESENT, FREE, CLEAN, MOVABLE, UNMOVABLE, RESERVED, SLAB, LARGE_KMALLOC, PAGE_TABLE,
	KERNEL_STACK, PAGE_POOL, KERNEL, PINNED, HUGETLB, BALLOON, POISON, SUMS
};

static const unsigned int columns[SUMS] = {
	[PRESENT] = PAGEBLOCKS_present_pages,
	[FREE] = PAGEBLOCKS_free_pages,
	[CLEAN] = PAGEBLOCKS_clean_pages,
	[MOVABLE] = PAGEBLOCKS_movable_pages,
	[UNMOVABLE] = PAGEBLOCKS_unmovable_pages,
	[RESERVED] = PAGEBLOCKS_reserved_pages,
	[SLAB] = PAGEBLOCKS_slab_pages,
	[LARGE_KMALLOC] = PAGEBLOCKS_large_kmalloc_pages,
	[PAGE_TABLE] = PAGEBLOCKS_page_table_pages,
	[KERNEL_STACK] = PAGEBLOCKS_kernel_stack_pages,
	[PAGE_POOL] = PAGEBLOCKS_page_pool_pages,
	[KERNEL] = PAGEBLOCKS_kernel_pages,
	[PINNED] = PAGEBLOCKS_pinned_pages,
	[HUGETLB] = PAGEBLOCKS_hugetlb_pages,
	[BALLOON] = PAGEBLOCKS_offline_pages,
	[POISON] = PAGEBLOCKS_hwpoison_pages,
};

const char *const pfnscope_offline_needs[] = {
	"node", "zone", "start_pfn", "migratetype", "present_pages", "free_pages", "clean_pages",
	"movable_pages", "unmovable_pages", "reserved_pages", "slab_pages",
	"large_kmalloc_pages", "page_table_pages", "kernel_stack_pages", "page_pool_pages",
	"kernel_pages", "pinned_pages", "hugetlb_pages", "offline_pages", "hwpoison_pages",
	"blocker_class", "blocker", NULL,
};

/* The first page in the way of so many pageblocks. */
struct blocker {
	char *name;
	uint64_t blocks;
};

/**
 * struct block - a block of memory
 * @node: of the first page met
 * @zone: likewise, NULL where there is none
 * @sums: of its pageblocks
 * @mixed: pages of another zone were met
 * @cma: so was a pageblock of CMA
 * @isolated: and one that somebody has isolated
 * @blockers: of its pageblocks
 * @nr_blockers: how many
 */
struct block {
	uint64_t node;
	char *zone;
	uint64_t sums[SUMS];
	bool mixed;
	bool cma;
	bool isolated;
	struct blocker *blockers;
	size_t nr_blockers;
};

struct pfnscope_offline {
	const struct pfnscope_memory_blocks *known;
	uint64_t pages;
	struct block *blocks;
};

/* --- what is in each --- */

struct pfnscope_offline *pfnscope_offline_begin(const struct pfnscope_memory_blocks *blocks,
						uint64_t page_size)
{
	struct pfnscope_offline *offline = pfnscope_calloc(1, sizeof(*offline));

	offline->known = blocks;
	offline->pages = blocks->bytes / page_size;
	offline->blocks = pfnscope_calloc(blocks->count + 1, sizeof(*offline->blocks));
	return offline;
}

void pfnscope_offline_end(struct pfnscope_offline *offline)
{
	size_t i, j;

	for (i = 0; i < offline->known->count; i++) {
		for (j = 0; j < offline->blocks[i].nr_blockers; j++)
			free(offline->blocks[i].blockers[j].name);
		free(offline->blocks[i].blockers);
		free(offline->blocks[i].zone);
	}
	free(offline->blocks);
	free(offline);
}

static int compare_block_number(const void *key, const void *element)
{
	const struct pfnscope_memory_block *block = element;
	const uint64_t *number = key;

	return *number < block->number ? -1 : *number > block->number;
}

static struct block *block_of(struct pfnscope_offline *offline,
			      const struct PAGEBLOCKS_table *pageblocks)
{
	const struct pfnscope_memory_blocks *known = offline->known;
	const struct pfnscope_memory_block *found;
	uint64_t number;

	if (!offline->pages ||
	    !pfnscope_table_number(CELL(pageblocks, 0, PAGEBLOCKS_start_pfn), &number))
		return NULL;
	number /= offline->pages;
	found = known->count ? bsearch(&number, known->all, known->count,
				       sizeof(*known->all), compare_block_number) : NULL;
	return found ? &offline->blocks[found - known->all] : NULL;
}

static void take_place(struct block *block, const struct PAGEBLOCKS_table *pageblocks)
{
	const char *zone = pfnscope_table_string(CELL(pageblocks, 0, PAGEBLOCKS_zone));
	uint64_t node = 0;

	pfnscope_table_number(CELL(pageblocks, 0, PAGEBLOCKS_node), &node);
	if (!zone)
		return;
	if (!block->zone) {
		block->node = node;
		block->zone = pfnscope_strdup(zone);
	}
	block->mixed |= block->node != node || strcmp(block->zone, zone) != 0;
}

static void take_blocker(struct block *block, const char *name)
{
	size_t i = 0;

	while (i < block->nr_blockers && strcmp(block->blockers[i].name, name))
		i++;
	if (i == block->nr_blockers) {
		block->blockers = pfnscope_realloc(block->blockers, i + 1,
						   sizeof(*block->blockers));
		block->blockers[block->nr_blockers++] = (struct blocker) {
			.name = pfnscope_strdup(name),
		};
	}
	block->blockers[i].blocks++;
}

void pfnscope_offline_take(void *context, const struct pfnscope_table *any)
{
	const struct PAGEBLOCKS_table *pageblocks = PAGEBLOCKS_OF(any);
	const char *type = pfnscope_table_string(CELL(pageblocks, 0, PAGEBLOCKS_migratetype));
	const char *class = pfnscope_table_string(CELL(pageblocks, 0, PAGEBLOCKS_blocker_class));
	const char *cache = pfnscope_table_string(CELL(pageblocks, 0, PAGEBLOCKS_blocker));
	struct block *block = block_of(context, pageblocks);
	uint64_t number;
	size_t i;

	if (!block)
		return;
	take_place(block, pageblocks);
	for (i = 0; i < SUMS; i++)
		if (pfnscope_table_number(any, 0, columns[i], &number))
			block->sums[i] += number;
	block->cma |= type && !strcmp(type, "cma");
	block->isolated |= type && !strcmp(type, "isolate");
	if (class && strcmp(class, "none"))
		take_blocker(block, cache ? cache : class);
}

/* --- where what has to move may go --- */

/* What stays of the free pages of a zone for others, at most. */
static uint64_t reserve_of(const struct ZONES_table *zones, size_t row)
{
	const struct pfnscope_value *reserves =
		pfnscope_table_cell(CELL(zones, row, ZONES_lowmem_reserve_pages));
	uint64_t high = 0, boost = 0, most = 0;
	uint32_t i;

	pfnscope_table_number(CELL(zones, row, ZONES_high_pages), &high);
	pfnscope_table_number(CELL(zones, row, ZONES_boost_pages), &boost);
	for (i = 0; reserves && i < reserves->count; i++)
		most = reserves->numbers[i] > most ? reserves->numbers[i] : most;
	return high + boost + most;
}

static bool zone_is_of(const struct ZONES_table *zones, size_t row, const struct block *block)
{
	uint64_t node = 0;

	pfnscope_table_number(CELL(zones, row, ZONES_node), &node);
	return node == block->node;
}

/* Pages go to other nodes, and stay on theirs only where it is alone. */
static bool has_other_nodes(const struct ZONES_table *zones, const struct block *block)
{
	uint64_t managed;
	size_t row;

	for (row = 0; row < zones->all.nr_rows; row++)
		if (!zone_is_of(zones, row, block) &&
		    pfnscope_table_number(CELL(zones, row, ZONES_managed_pages), &managed) &&
		    managed)
			return true;
	return false;
}

static uint64_t room_for(const struct ZONES_table *zones, const struct block *block)
{
	bool others = has_other_nodes(zones, block);
	uint64_t room = 0, free_pages, taken;
	const char *zone;
	size_t row;

	for (row = 0; row < zones->all.nr_rows; row++) {
		zone = pfnscope_table_string(CELL(zones, row, ZONES_zone));
		if (!zone || (others && zone_is_of(zones, row, block)) ||
		    !pfnscope_table_number(CELL(zones, row, ZONES_free_pages), &free_pages))
			continue;
		taken = reserve_of(zones, row);
		if (zone_is_of(zones, row, block) && !strcmp(zone, block->zone))
			taken += block->sums[FREE];
		room += free_pages > taken ? free_pages - taken : 0;
	}
	return room;
}

/* --- the verdict --- */

/* Pages that the kernel gives up on without a try. */
static uint64_t fixed_pages(const struct block *block)
{
	uint64_t pages = 0;
	size_t i;

	for (i = RESERVED; i <= KERNEL; i++)
		pages += block->sums[i];
	return pages;
}

static uint64_t to_move(const struct block *block)
{
	return block->sums[CLEAN] + block->sums[MOVABLE];
}

/* Bad pages go offline with their block. */
static uint64_t held_pages(const struct block *block)
{
	return block->sums[UNMOVABLE] > block->sums[POISON] ?
	       block->sums[UNMOVABLE] - block->sums[POISON] : 0;
}

/* Of 64 bytes a page, in whole pageblocks: the kernel takes it away with the block. */
static bool may_be_own_map(const struct pfnscope_offline *offline, const struct block *block)
{
	return offline->known->self_mapped && block->sums[RESERVED] &&
	       block->sums[RESERVED] == fixed_pages(block) &&
	       block->sums[RESERVED] <= offline->pages / 32;
}

static const char *why_never(const struct pfnscope_offline *offline, const struct block *block)
{
	bool movable = block->zone && !strcmp(block->zone, "Movable");

	if (block->sums[PRESENT] < offline->pages)
		return "there is a hole in it";
	if (block->mixed)
		return "it has pages of several zones";
	if (block->cma)
		return "it has pageblocks of CMA";
	if (may_be_own_map(offline, block))
		return NULL;
	if (movable && block->sums[RESERVED])
		return "pages reserved at boot";
	return !movable && fixed_pages(block) ? "pages that cannot move" : NULL;
}

static const char *why_uncertain(const struct pfnscope_offline *offline,
				 const struct block *block, const struct ZONES_table *zones)
{
	if (block->isolated)
		return "somebody has isolated a part of it";
	if (may_be_own_map(offline, block))
		return "reserved pages, which may be its own memory map";
	if (fixed_pages(block))
		return "the kernel has pages in it, where it should have none for long";
	if (block->sums[BALLOON])
		return "its balloon or hypervisor has to let it go";
	if (block->sums[PINNED])
		return "pinned pages move when whoever holds them lets go";
	if (held_pages(block))
		return "pages that somebody keeps from moving, perhaps for the moment";
	if (block->sums[HUGETLB])
		return "huge pages move to other huge pages, or not";
	return to_move(block) > room_for(zones, block) ?
	       "more to move than is free elsewhere, before something is reclaimed" : NULL;
}

static const char *judge(const struct pfnscope_offline *offline, const struct block *block,
			 const char *state, const struct ZONES_table *zones,
			 const char **because)
{
	*because = NULL;
	if (!strcmp(state, "offline"))
		return "offline";
	*because = strcmp(state, "online") ? "it is on its way" : NULL;
	if (*because)
		return "uncertain";
	*because = why_never(offline, block);
	if (*because)
		return "never";
	*because = why_uncertain(offline, block, zones);
	if (*because)
		return "uncertain";
	return to_move(block) ? "moves" : "now";
}

static int compare_offline_blockers(const void *a, const void *b)
{
	const struct blocker *one = a, *other = b;

	if (one->blocks != other->blocks)
		return one->blocks > other->blocks ? -1 : 1;
	return strcmp(one->name, other->name);
}

static void offline_set_blockers(struct OFFLINE_table *table, struct pfnscope_value *row,
				 struct block *block)
{
	size_t count = block->nr_blockers < NAMED ? block->nr_blockers : NAMED, i;
	const char **words = pfnscope_table_keep(&table->all, (count + 1) * sizeof(*words));

	if (block->nr_blockers)
		qsort(block->blockers, block->nr_blockers, sizeof(*block->blockers),
		      compare_offline_blockers);
	for (i = 0; i < count; i++) {
		char *word = pfnscope_format("%s:%" PRIu64, block->blockers[i].name,
					     block->blockers[i].blocks);

		words[i] = pfnscope_table_keep_string(&table->all, word);
		free(word);
	}
	pfnscope_table_set_words(CELL(table, row, OFFLINE_blockers), words, count);
}

static void set_place(struct OFFLINE_table *table, struct pfnscope_value *row,
		      const struct block *block)
{
	if (!block->zone || block->mixed)
		return;
	pfnscope_table_set_number(CELL(table, row, OFFLINE_node), block->node);
	pfnscope_table_set_string(CELL(table, row, OFFLINE_zone), block->zone);
}

static void add_block(struct OFFLINE_table *table, const struct pfnscope_offline *offline,
		      size_t at, const struct ZONES_table *zones)
{
	const struct pfnscope_memory_block *known = &offline->known->all[at];
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	struct block *block = &offline->blocks[at];
	char *name = pfnscope_format("memory%" PRIu64, known->number);
	const char *because, *verdict;

	pfnscope_table_set_string(CELL(table, row, OFFLINE_block), name);
	free(name);
	pfnscope_table_set_number(CELL(table, row, OFFLINE_start_pfn),
				  known->number * offline->pages);
	pfnscope_table_set_number(CELL(table, row, OFFLINE_pages), offline->pages);
	if (!known->state)
		return;
	pfnscope_table_set_string(CELL(table, row, OFFLINE_state), known->state);
	verdict = judge(offline, block, known->state, zones, &because);
	pfnscope_table_set_string(CELL(table, row, OFFLINE_verdict), verdict);
	if (because)
		pfnscope_table_set_string(CELL(table, row, OFFLINE_because), because);
	if (!strcmp(verdict, "offline"))
		return;
	set_place(table, row, block);
	pfnscope_table_set_number(CELL(table, row, OFFLINE_move_pages), to_move(block));
	pfnscope_table_set_number(CELL(table, row, OFFLINE_held_pages), held_pages(block));
	offline_set_blockers(table, row, block);
}

struct pfnscope_table *pfnscope_offline_tell(const struct pfnscope_offline *offline,
					     const struct pfnscope_table *zones)
{
	struct OFFLINE_table *table = OFFLINE_NEW();
	size_t i;

	for (i = 0; i < offline->known->count; i++)
		add_block(table, offline, i, ZONES_OF(zones));
	return &table->all;
}
