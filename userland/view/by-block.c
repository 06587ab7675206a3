// SPDX-License-Identifier: GPL-2.0-only
/* Pageblocks summed up: by what keeps them from being freed, or by what they are used for. */
#include <string.h>

#include "base/array.h"
#include "table/select.h"
#include "view/by-block.h"
#include "view/pageblocks.h"

const struct pfnscope_view pfnscope_view_by_blocker = PFNSCOPE_VIEW(BY_BLOCKER, "by_block");
const struct pfnscope_view pfnscope_view_by_type = PFNSCOPE_VIEW(BY_TYPE, "by_type");

const char *const pfnscope_by_block_needs[] = {
	"node", "zone", "migratetype", "blocker_class", "blocker", "free_pages",
	"anon_pages", "file_pages", "slab_pages", "kernel_pages", "movable_pages",
	"unmovable_pages", NULL,
};

PFNSCOPE_BEGINS_WITH_PLACE(BY_BLOCKER);
PFNSCOPE_BEGINS_WITH_PLACE(BY_TYPE);
PFNSCOPE_BEGINS_WITH_PLACE(PAGEBLOCKS);
_Static_assert((int)BY_TYPE_blocks + 1 == BY_TYPE_share_permille, "see struct kind");

/* Which column of a sum is made from which of a block. */
struct pair {
	unsigned int sum;
	unsigned int block;
};

/**
 * struct kind - one way to sum them up
 * @view: of the sums
 * @words: what blocks of one sum have in common, the first the label of its total
 * @nr_words: how many
 * @numbers: what is added
 * @nr_numbers: how many
 * @blocks: column that counts the blocks; their share is the next one
 * @blocked: column that counts those with a blocker, 0 where there is none
 */
struct kind {
	const struct pfnscope_view *view;
	const struct pair *words;
	size_t nr_words;
	const struct pair *numbers;
	size_t nr_numbers;
	unsigned int blocks;
	unsigned int blocked;
};

static const struct pair blocker_words[] = {
	{ BY_BLOCKER_blocker_class, PAGEBLOCKS_blocker_class },
	{ BY_BLOCKER_blocker, PAGEBLOCKS_blocker },
};

static const struct pair blocker_numbers[] = {
	{ BY_BLOCKER_unmovable_pages, PAGEBLOCKS_unmovable_pages },
	{ BY_BLOCKER_movable_pages, PAGEBLOCKS_movable_pages },
	{ BY_BLOCKER_free_pages, PAGEBLOCKS_free_pages },
};

static const struct pair type_words[] = {
	{ BY_TYPE_migratetype, PAGEBLOCKS_migratetype },
};

static const struct pair type_numbers[] = {
	{ BY_TYPE_free_pages, PAGEBLOCKS_free_pages },
	{ BY_TYPE_anon_pages, PAGEBLOCKS_anon_pages },
	{ BY_TYPE_file_pages, PAGEBLOCKS_file_pages },
	{ BY_TYPE_slab_pages, PAGEBLOCKS_slab_pages },
	{ BY_TYPE_kernel_pages, PAGEBLOCKS_kernel_pages },
	{ BY_TYPE_unmovable_pages, PAGEBLOCKS_unmovable_pages },
};

static const struct kind kinds[] = {
	{ &pfnscope_view_by_blocker, blocker_words, ARRAY_SIZE(blocker_words),
	  blocker_numbers, ARRAY_SIZE(blocker_numbers), BY_BLOCKER_blocks, 0 },
	{ &pfnscope_view_by_type, type_words, ARRAY_SIZE(type_words),
	  type_numbers, ARRAY_SIZE(type_numbers), BY_TYPE_blocks, BY_TYPE_blocked_blocks },
};

static const struct kind *kind_of(const struct pfnscope_table *sums)
{
	return &kinds[sums->view != kinds[0].view];
}

static bool same_word(const char *one, const char *two)
{
	return one && two ? !strcmp(one, two) : one == two;
}

static bool belongs(const struct pfnscope_table *sums, size_t sum,
		    const struct pfnscope_table *blocks)
{
	const struct kind *kind = kind_of(sums);
	size_t i;

	for (i = 0; i < kind->nr_words; i++)
		if (!same_word(pfnscope_table_string(sums, sum, kind->words[i].sum),
			       pfnscope_table_string(blocks, 0, kind->words[i].block)))
			return false;
	return pfnscope_table_same_zone(sums, sum, blocks, 0);
}

/* A sum of the zone that @row of @from is in. */
static struct pfnscope_value *new_zone_sum(struct pfnscope_table *sums,
					   const struct pfnscope_table *from, size_t row)
{
	struct pfnscope_value *sum = pfnscope_table_add(sums);
	const char *zone = pfnscope_table_string(from, row, PLACE_zone);
	uint64_t node;

	if (pfnscope_table_number(from, row, PLACE_node, &node))
		pfnscope_table_set_number(sums, sum, PLACE_node, node);
	if (zone)
		pfnscope_table_set_string(sums, sum, PLACE_zone, zone);
	return sum;
}

static struct pfnscope_value *sum_like(struct pfnscope_table *sums,
				       const struct pfnscope_table *blocks)
{
	struct pfnscope_value *sum = new_zone_sum(sums, blocks, 0);
	const struct kind *kind = kind_of(sums);
	size_t i;

	for (i = 0; i < kind->nr_words; i++) {
		const char *word = pfnscope_table_string(blocks, 0, kind->words[i].block);

		if (word)
			pfnscope_table_set_string(sums, sum, kind->words[i].sum, word);
	}
	return sum;
}

/* Neighbours are mostly alike, so the search begins with the youngest sum. */
void pfnscope_by_block_take(void *context, const struct pfnscope_table *any)
{
	const struct PAGEBLOCKS_table *blocks = PAGEBLOCKS_OF(any);
	struct pfnscope_table *sums = context;
	const struct kind *kind = kind_of(sums);
	const char *class = pfnscope_table_string(CELL(blocks, 0, PAGEBLOCKS_blocker_class));
	struct pfnscope_value *sum;
	size_t row = sums->nr_rows, i;
	uint64_t number;

	while (row && !belongs(sums, row - 1, &blocks->all))
		row--;
	sum = row ? pfnscope_table_row(sums, row - 1) : sum_like(sums, &blocks->all);
	pfnscope_table_add_number(sums, sum, kind->blocks, 1);
	if (kind->blocked && class)
		pfnscope_table_add_number(sums, sum, kind->blocked,
					  strcmp(class, "none") != 0);
	for (i = 0; i < kind->nr_numbers; i++)
		if (pfnscope_table_number(&blocks->all, 0, kind->numbers[i].block, &number))
			pfnscope_table_add_number(sums, sum, kind->numbers[i].sum,
						  number);
}

static void add_to_all(struct pfnscope_table *sums, struct pfnscope_value *all, size_t row)
{
	const struct kind *kind = kind_of(sums);
	uint64_t number;
	size_t i;

	if (pfnscope_table_number(sums, row, kind->blocks, &number))
		pfnscope_table_add_number(sums, all, kind->blocks, number);
	if (kind->blocked && pfnscope_table_number(sums, row, kind->blocked, &number))
		pfnscope_table_add_number(sums, all, kind->blocked, number);
	for (i = 0; i < kind->nr_numbers; i++)
		if (pfnscope_table_number(sums, row, kind->numbers[i].sum, &number))
			pfnscope_table_add_number(sums, all, kind->numbers[i].sum,
						  number);
}

static void set_blocks_share(struct pfnscope_table *sums, size_t row, uint64_t all)
{
	struct pfnscope_value *sum = pfnscope_table_row(sums, row);
	unsigned int column = kind_of(sums)->blocks;
	uint64_t blocks;

	if (all && pfnscope_table_number(sums, row, column, &blocks))
		pfnscope_table_set_number(sums, sum, column + 1,
			(uint64_t)((unsigned __int128)blocks * 1000 / all));
}

/* Of the zone of @first, of which no row comes before it. */
static void finish_zone(struct pfnscope_table *sums, size_t first, size_t last,
			bool totals)
{
	struct pfnscope_value *all = new_zone_sum(sums, sums, first);
	size_t total = sums->nr_rows - 1, row;
	uint64_t blocks = 0;

	pfnscope_table_set_string(sums, all, kind_of(sums)->words[0].sum, "all");
	for (row = first; row < last; row++)
		if (pfnscope_table_same_zone(sums, row, sums, first))
			add_to_all(sums, all, row);
	pfnscope_table_number(sums, total, kind_of(sums)->blocks, &blocks);
	for (row = first; row < last; row++)
		if (pfnscope_table_same_zone(sums, row, sums, first))
			set_blocks_share(sums, row, blocks);
	set_blocks_share(sums, total, blocks);
	if (!totals)
		sums->nr_rows = total;
}

void pfnscope_by_block_finish(struct pfnscope_table *sums, bool totals)
{
	size_t last = sums->nr_rows, row, before;

	for (row = 0; row < last; row++) {
		for (before = 0; before < row; before++)
			if (pfnscope_table_same_zone(sums, before, sums, row))
				break;
		if (before == row)
			finish_zone(sums, row, last, totals);
	}
}
