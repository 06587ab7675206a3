// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pages of a block, by /proc/kpageflags and /proc/kpagecgroup. They were looked
 * at after the blocks were, and their flags tell less than the module does: what
 * has none of them is PFNSCOPE_MAP_OTHER.
 */
#include <errno.h>
#include <inttypes.h>
#include <linux/kernel-page-flags.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "map/pages.h"
#include "source/snapshot.h"
#include "view/lru.h"

/* Those of the kernel's own, beyond what its header promises; since 2.6.31. */
#define KPF_RESERVED	32

/* Where pages are 64K a block has 8192; what lies in a file may be anything. */
#define MOST_PAGES	((uint64_t)PFNSCOPE_MAP_PAGES_BLOCKS * 8192)

#define FLAG(bit)	(UINT64_C(1) << (bit))
/* Of a compound page; for the others of it the kernel does not repeat them all. */
#define SHARED		(FLAG(KPF_LRU) | FLAG(KPF_SLAB) | FLAG(KPF_ANON) | \
			 FLAG(KPF_UPTODATE) | FLAG(KPF_SWAPBACKED) | FLAG(KPF_HUGE))

/* From the strongest flag to the weakest; one that is on its way to the LRU is not on it. */
static const struct {
	uint64_t flags;
	enum pfnscope_map_class class;
} classes[] = {
	{ FLAG(KPF_HWPOISON), PFNSCOPE_MAP_HWPOISON },
	{ FLAG(KPF_NOPAGE) | FLAG(KPF_RESERVED), PFNSCOPE_MAP_RESERVED },
	{ FLAG(KPF_BUDDY), PFNSCOPE_MAP_FREE },
	{ FLAG(KPF_HUGE), PFNSCOPE_MAP_HUGETLB },
	{ FLAG(KPF_SLAB), PFNSCOPE_MAP_SLAB },
	{ FLAG(KPF_PGTABLE), PFNSCOPE_MAP_TABLE },
	{ FLAG(KPF_OFFLINE), PFNSCOPE_MAP_OFFLINE },
	{ FLAG(KPF_ZERO_PAGE), PFNSCOPE_MAP_OTHER },
	{ FLAG(KPF_ANON), PFNSCOPE_MAP_ANON },
	{ FLAG(KPF_SWAPBACKED), PFNSCOPE_MAP_SHMEM },
	{ FLAG(KPF_LRU) | FLAG(KPF_UPTODATE), PFNSCOPE_MAP_FILE },
};

static enum pfnscope_map_class class_of(uint64_t flags)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(classes); i++)
		if (flags & classes[i].flags)
			return classes[i].class;
	return PFNSCOPE_MAP_OTHER;
}

const char *pfnscope_map_page_name(enum pfnscope_map_class class)
{
	if (class == PFNSCOPE_MAP_RESERVED)
		return "reserved, or a hole";
	if (class == PFNSCOPE_MAP_OTHER)
		return "no flag: the kernel's, or on a per-CPU list";
	return pfnscope_map_legend[class].name;
}

uint64_t pfnscope_map_block_size(const struct pfnscope_map *map, size_t block)
{
	uint64_t pfn = map->blocks[block].pfn;
	uint64_t size = map->block_pages - pfn % map->block_pages;

	if (block + 1 < map->count && map->blocks[block + 1].pfn > pfn &&
	    map->blocks[block + 1].pfn - pfn < size)
		size = map->blocks[block + 1].pfn - pfn;
	return size;
}

/* --- which blocks --- */

static bool pages_want_block(const struct pfnscope_map *map,
			     const struct pfnscope_map_pages *pages, size_t block)
{
	const struct pfnscope_map_block *at = &map->blocks[block];

	if (pages->zone && (!at->zone || strcasecmp(at->zone, pages->zone)))
		return false;
	return at->pfn <= pages->last && pages->first <=
	       at->pfn + (pfnscope_map_block_size(map, block) - 1);
}

static int choose_blocks(const struct pfnscope_map *map,
			 struct pfnscope_map_pages *pages, struct pfnscope_error *error)
{
	size_t block;

	pages->blocks = pfnscope_calloc(PFNSCOPE_MAP_PAGES_BLOCKS,
					sizeof(*pages->blocks));
	for (block = 0; block < map->count; block++) {
		if (!pages_want_block(map, pages, block))
			continue;
		if (pages->nr_blocks < PFNSCOPE_MAP_PAGES_BLOCKS)
			pages->blocks[pages->nr_blocks] = block;
		pages->nr_blocks++;
	}
	if (!pages->nr_blocks)
		return pfnscope_fail(error, PFNSCOPE_USAGE,
				     "--pages: no block of the map is there");
	if (pages->nr_blocks > PFNSCOPE_MAP_PAGES_BLOCKS)
		return pfnscope_fail(error, PFNSCOPE_USAGE,
				     "--pages: these are %zu blocks, and at most %d are looked into (try: --pages PFN-PFN)",
				     pages->nr_blocks, PFNSCOPE_MAP_PAGES_BLOCKS);
	if (map->block_pages > MOST_PAGES / pages->nr_blocks)
		return pfnscope_fail(error, PFNSCOPE_BAD_DATA,
				     "--pages: no kernel has blocks of %" PRIu64 " pages",
				     map->block_pages);
	return 0;
}

/* --- what is in them --- */

/* Where a cgroup is among @cgroups, or belongs. */
static size_t cgroup_place(const struct pfnscope_map_pages *pages, uint64_t id)
{
	size_t low = 0, high = pages->nr_cgroups, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (pages->cgroups[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_cgroup_at(const struct pfnscope_map_pages *pages, size_t place,
			 uint64_t id)
{
	return place < pages->nr_cgroups && pages->cgroups[place].id == id;
}

/* A kernel has less than 65536; what lies in a file may be anything. */
static uint16_t index_of(struct pfnscope_map_pages *pages, uint64_t id)
{
	size_t place = cgroup_place(pages, id);

	if (!id || is_cgroup_at(pages, place, id))
		return id ? pages->cgroups[place].index : 0;
	if (pages->nr_cgroups == UINT16_MAX)
		return 0;
	pages->cgroups = pfnscope_realloc(pages->cgroups, pages->nr_cgroups + 1,
					  sizeof(*pages->cgroups));
	memmove(&pages->cgroups[place + 1], &pages->cgroups[place],
		(pages->nr_cgroups - place) * sizeof(*pages->cgroups));
	pages->nr_cgroups++;
	pages->cgroups[place] = (struct pfnscope_map_cgroup){
		.id = id, .index = (uint16_t)pages->nr_cgroups,
	};
	return pages->cgroups[place].index;
}

/* The flags of the first page of a compound one are those of all. */
static void set_classes(struct pfnscope_map_page *page, const uint64_t *flags,
			uint64_t count)
{
	uint64_t i, before = 0, all;

	for (i = 0; i < count; i++, before = all) {
		all = flags[i];
		if (all & FLAG(KPF_COMPOUND_TAIL))
			all |= before & SHARED;
		page[i].class = (uint8_t)class_of(all);
	}
}

static void set_cgroups(struct pfnscope_map_pages *pages,
			struct pfnscope_map_page *page, const uint64_t *ids,
			uint64_t count)
{
	uint64_t i;

	for (i = 0; i < count; i++)
		page[i].cgroup = i && ids[i] == ids[i - 1] ?
			page[i - 1].cgroup : index_of(pages, ids[i]);
}

/* Each page has a number in such a file; beyond the last one they are as @none. */
static int read_page_numbers(struct pfnscope_input *input, uint64_t pfn,
			     uint64_t *numbers, uint64_t count, uint64_t none,
			     struct pfnscope_error *error)
{
	uint64_t i;

	for (i = 0; i < count; i++)
		numbers[i] = none;
	return pfnscope_input_at(input, pfn * sizeof(*numbers), numbers,
				 count * sizeof(*numbers), error);
}

static int read_blocks(const struct pfnscope_map *map,
		       struct pfnscope_map_pages *pages,
		       struct pfnscope_input *flags,
		       struct pfnscope_input *cgroups, struct pfnscope_error *error)
{
	uint64_t *numbers = pfnscope_calloc(map->block_pages, sizeof(*numbers));
	int failure = 0;
	size_t i;

	for (i = 0; i < pages->nr_blocks && !failure; i++) {
		struct pfnscope_map_page *page = &pages->pages[i * map->block_pages];
		uint64_t pfn = map->blocks[pages->blocks[i]].pfn;
		uint64_t count = pfnscope_map_block_size(map, pages->blocks[i]);

		failure = read_page_numbers(flags, pfn, numbers, count,
					    FLAG(KPF_NOPAGE), error);
		if (failure)
			break;
		set_classes(page, numbers, count);
		if (!cgroups)
			continue;
		failure = read_page_numbers(cgroups, pfn, numbers, count, 0, error);
		if (!failure)
			set_cgroups(pages, page, numbers, count);
	}
	free(numbers);
	return failure;
}

/* The module knows cgroups by the same number. */
static int name_cgroups(const struct pfnscope_source *source,
			struct pfnscope_map_pages *pages,
			struct pfnscope_error *error)
{
	const struct LRU_table *lru;
	struct pfnscope_table *any;
	size_t row, place;

	if (pfnscope_view_read(source, &pfnscope_view_lru, &any, error))
		return -1;
	lru = LRU_OF(any);
	for (row = 0; row < lru->all.nr_rows; row++) {
		const char *path = pfnscope_table_string(CELL(lru, row, LRU_cgroup));
		uint64_t id;

		if (!path || !pfnscope_table_number(CELL(lru, row, LRU_cgroup_id), &id))
			continue;
		place = cgroup_place(pages, id);
		if (is_cgroup_at(pages, place, id) && !pages->cgroups[place].path)
			pages->cgroups[place].path = pfnscope_strdup(path);
	}
	pfnscope_table_free(any);
	return 0;
}

static int read_files(const struct pfnscope_source *source,
		      const struct pfnscope_map *map,
		      struct pfnscope_map_pages *pages,
		      struct pfnscope_error *error)
{
	struct pfnscope_input *flags, *cgroups = NULL;
	int failure = pfnscope_source_input(source, "proc/kpageflags", &flags);

	if (failure)
		return pfnscope_fail(error, PFNSCOPE_ABSENT,
				     "--pages: /proc/kpageflags: %s%s",
				     strerror(failure),
				     failure == ENOENT ? " (only the running machine has it)" : "");
	/* Without CONFIG_MEMCG there is none. */
	pages->by_cgroup = !pfnscope_source_input(source, "proc/kpagecgroup",
						  &cgroups);
	pages->pages = pfnscope_calloc(pages->nr_blocks * map->block_pages,
				       sizeof(*pages->pages));
	failure = read_blocks(map, pages, flags, cgroups, error);
	pfnscope_input_close(flags);
	pfnscope_input_close(cgroups);
	return failure;
}

int pfnscope_map_pages_read(const struct pfnscope_source *source,
			    const struct pfnscope_map *map,
			    struct pfnscope_map_pages *pages,
			    struct pfnscope_error *error)
{
	if (choose_blocks(map, pages, error) || read_files(source, map, pages, error))
		return -1;
	return pages->nr_cgroups ? name_cgroups(source, pages, error) : 0;
}

void pfnscope_map_pages_clear(struct pfnscope_map_pages *pages)
{
	size_t i;

	for (i = 0; i < pages->nr_cgroups; i++)
		free(pages->cgroups[i].path);
	free(pages->cgroups);
	free(pages->pages);
	free(pages->blocks);
}
