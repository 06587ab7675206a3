// SPDX-License-Identifier: GPL-2.0-only
/* What would have to happen for page frames to be free, from what they are. */
#include <string.h>

#include "base/array.h"
#include "table/table.h"
#include "view/whose.h"

const struct pfnscope_view pfnscope_view_whose = PFNSCOPE_VIEW(WHOSE, "whose");

/*
 * The first that fits counts.
 *
 * @fate: or NULL for any, as are the others
 * @class: of the pages
 * @state: one that they are in
 * @kind: of their owner
 */
static const struct way {
	const char *fate, *class, *state, *kind;
	const char *words;
} ways[] = {
	{ "free", "unaccepted", NULL, NULL, "accepted as soon as it is wanted" },
	{ "free", NULL, NULL, NULL, "free" },
	{ "drainable", NULL, NULL, NULL, "a drain of the per-CPU lists, if it lies on one" },
	{ "clean", NULL, NULL, NULL, "dropped by reclaim, or moved" },
	{ NULL, NULL, "pinned", NULL, "whoever holds a reference lets go, then it moves" },
	{ "movable", NULL, "writeback", NULL, "moved once it is written" },
	{ "movable", NULL, "dirty", NULL, "moved, or written and dropped" },
	{ "movable", NULL, NULL, NULL, "moved by compaction" },
	{ NULL, "reserved", NULL, NULL, "never: the allocator never had it" },
	{ NULL, "hwpoison", NULL, NULL, "never: its memory is bad" },
	{ NULL, "offline", NULL, NULL, "its balloon gives it back" },
	{ NULL, "kernel_stack", NULL, NULL, "its task ends" },
	{ NULL, "page_table", NULL, NULL, "what it maps is unmapped" },
	{ NULL, "slab", "reclaimable", NULL, "a shrinker frees all objects in it" },
	{ NULL, "slab", NULL, NULL, "whoever has objects of the cache frees those in it" },
	{ NULL, "file", NULL, NULL, "its file is deleted" },
	{ NULL, "page_pool", NULL, NULL, "the network driver gives it back" },
	{ NULL, NULL, NULL, "vmalloc", "the area is freed or unmapped" },
	{ NULL, NULL, NULL, "holder", "the holder gives it back" },
	{ NULL, NULL, NULL, NULL, "whoever took it gives it back" },
};

static bool is(const struct pfnscope_table *table, size_t row, unsigned int column,
	       const char *wanted)
{
	const char *word = pfnscope_table_string(table, row, column);

	return !wanted || (word && !strcmp(word, wanted));
}

static bool has_state(const struct WHOSE_table *table, size_t row,
		      const char *wanted)
{
	const struct pfnscope_value *value = pfnscope_table_value(CELL(table, row, WHOSE_states));
	size_t i;

	for (i = 0; wanted && value && i < value->count; i++)
		if (!strcmp(value->words[i], wanted))
			return true;
	return !wanted;
}

static const char *way_of(const struct WHOSE_table *table, size_t row)
{
	const struct way *way = ways;

	while (!is(CELL(table, row, WHOSE_fate), way->fate) ||
	       !is(CELL(table, row, WHOSE_class), way->class) ||
	       !is(CELL(table, row, WHOSE_owner_kind), way->kind) ||
	       !has_state(table, row, way->state))
		way++;
	return way->words;
}

void pfnscope_whose_tell(struct pfnscope_table *any)
{
	struct WHOSE_table *table = WHOSE_FROM(any);
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++)
		pfnscope_table_set_string(CELL(table, pfnscope_table_row(&table->all, row),
					       WHOSE_way_out),
					  way_of(table, row));
}
