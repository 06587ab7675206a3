// SPDX-License-Identifier: GPL-2.0-only
/* Tables too long for the terminal they are shown on: what matters least becomes one row. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "table/select.h"
#include "view/about.h"
#include "view/brief.h"
#include "view/by-block.h"
#include "view/files.h"
#include "view/fold.h"
#include "view/processes.h"
#include "view/slabs.h"
#include "view/zonelists.h"
#include "view/whose.h"

/**
 * struct fold - how a table is folded
 * @is_small: whether a row may go
 * @context: for it
 * @by_zone: each zone for itself
 * @label: column that says how many went
 * @sums: columns that are added up; the others are not known of them
 * @nr_sums: how many
 * @share: column of their share, which is that of the first of @sums in the first row
 *	of the zone
 */
struct fold {
	bool (*is_small)(const struct pfnscope_table *table, size_t row,
			 const void *context);
	const void *context;
	bool by_zone;
	unsigned int label;
	const unsigned int *sums;
	size_t nr_sums;
	unsigned int share;
};

static void set_fold_share(const struct fold *fold, const struct pfnscope_table *from,
			   size_t first, struct pfnscope_table *to)
{
	uint64_t all, part;

	if (pfnscope_table_number(from, first, fold->sums[0], &all) && all &&
	    pfnscope_table_number(to, to->nr_rows - 1, fold->sums[0], &part))
		pfnscope_table_set_number(to, pfnscope_table_row(to, to->nr_rows - 1),
			fold->share,
			(uint64_t)((unsigned __int128)part * 1000 / all));
}

/* The sum of a column over the small rows, where all of them have one. */
static void add_small(const struct fold *fold, const struct pfnscope_table *from,
		      size_t first, size_t end, unsigned int column,
		      struct pfnscope_table *to)
{
	uint64_t sum = 0, number;
	size_t i;

	for (i = first; i < end; i++) {
		if (!fold->is_small(from, i, fold->context))
			continue;
		if (!pfnscope_table_number(from, i, column, &number))
			return;
		sum += number;
	}
	pfnscope_table_set_number(to, pfnscope_table_row(to, to->nr_rows - 1), column, sum);
}

/* Rows of @from up to @end that are small become the last row of @to. */
static void add_folded(const struct fold *fold, const struct pfnscope_table *from,
		       size_t first, size_t end, size_t count,
		       struct pfnscope_table *to)
{
	struct pfnscope_value *row = pfnscope_table_add(to);
	char label[40];
	uint64_t number;
	size_t i;

	snprintf(label, sizeof(label), "(%zu others)", count);
	pfnscope_table_set_string(to, row, fold->label, label);
	if (fold->by_zone) {
		pfnscope_table_number(from, first, PLACE_node, &number);
		pfnscope_table_set_number(to, row, PLACE_node, number);
		pfnscope_table_set_string(to, row, PLACE_zone,
			pfnscope_table_string(from, first, PLACE_zone));
	}
	for (i = 0; i < fold->nr_sums; i++)
		add_small(fold, from, first, end, fold->sums[i], to);
	if (fold->by_zone)
		set_fold_share(fold, from, first, to);
}

/* The rows from @first to @end, of one zone or of all. */
static void fold_group(const struct fold *fold, const struct pfnscope_table *from,
		       size_t first, size_t end, struct pfnscope_table *to)
{
	size_t size = from->view->nr_fields * sizeof(struct pfnscope_value);
	size_t small = 0, row;

	for (row = first; row < end; row++)
		small += fold->is_small(from, row, fold->context);
	for (row = first; row < end; row++)
		if (small < 2 || !fold->is_small(from, row, fold->context))
			memcpy(pfnscope_table_add(to),
			       pfnscope_table_value(from, row, 0), size);
	if (small > 1)
		add_folded(fold, from, first, end, small, to);
}

static void fold_table(const struct fold *fold, struct pfnscope_table *table)
{
	struct pfnscope_table from = *table;
	size_t first, end;

	/* The arena stays with @table, so that strings live on. */
	table->cells = NULL;
	table->nr_rows = table->capacity = 0;
	for (first = 0; first < from.nr_rows; first = end) {
		for (end = first + 1; end < from.nr_rows; end++)
			if (fold->by_zone && !pfnscope_table_same_zone(&from, first, &from, end))
				break;
		fold_group(fold, &from, first, end, table);
	}
	free(from.cells);
}

static bool is_behind(const struct pfnscope_table *table, size_t row, const void *context)
{
	(void)table;
	return row >= *(const size_t *)context;
}

void pfnscope_slabs_fold(struct pfnscope_table *table, size_t rows)
{
	static const unsigned int sums[] = {
		SLABS_objects, SLABS_active_objects, SLABS_slabs,
		SLABS_partial_slabs, SLABS_held_bytes, SLABS_wasted_bytes,
	};
	const size_t kept = rows - 1;
	const struct fold fold = {
		.is_small = is_behind, .context = &kept, .label = SLABS_name,
		.sums = sums, .nr_sums = ARRAY_SIZE(sums),
	};

	fold_table(&fold, table);
}

void pfnscope_whose_fold(struct pfnscope_table *table, size_t rows)
{
	static const unsigned int sums[] = { WHOSE_pages };
	const size_t kept = rows - 1;
	const struct fold fold = {
		.is_small = is_behind, .context = &kept, .label = WHOSE_class,
		.sums = sums, .nr_sums = ARRAY_SIZE(sums),
	};

	fold_table(&fold, table);
}

void pfnscope_files_fold(struct pfnscope_table *table, size_t rows)
{
	static const unsigned int sums[] = {
		FILES_pages, FILES_dirty_pages, FILES_mapped_pages,
	};
	const size_t kept = rows - 1;
	const struct fold fold = {
		.is_small = is_behind, .context = &kept, .label = FILES_path,
		.sums = sums, .nr_sums = ARRAY_SIZE(sums),
	};

	fold_table(&fold, table);
}

void pfnscope_processes_fold(struct pfnscope_table *table, size_t rows)
{
	static const unsigned int sums[] = {
		PROCESSES_pss_bytes, PROCESSES_table_bytes,
	};
	const size_t kept = rows - 1;
	const struct fold fold = {
		.is_small = is_behind, .context = &kept, .label = PROCESSES_comm,
		.sums = sums, .nr_sums = ARRAY_SIZE(sums),
	};

	fold_table(&fold, table);
}

/* A column of shares, and the least of them that keeps its row. */
struct least {
	unsigned int column;
	uint64_t permille;
};

static bool is_small_share(const struct pfnscope_table *table, size_t row,
			   const void *context)
{
	const struct least *least = context;
	uint64_t share;

	return pfnscope_table_number(table, row, least->column, &share) &&
	       share < least->permille;
}

/* Rows that are left, one of them for what is folded in each zone. */
static size_t rows_left(const struct pfnscope_table *table, const struct least *least)
{
	size_t left = 0, row;

	for (row = 0; row < table->nr_rows; row++)
		left += !is_small_share(table, row, least) +
			(!row || !pfnscope_table_same_zone(table, row - 1, table, row));
	return left;
}

void pfnscope_owners_fold(struct pfnscope_table *table, size_t rows)
{
	static const unsigned int owners[] = {
		OWNERS_BRIEF_pages, OWNERS_BRIEF_spoiled_blocks,
	};
	static const unsigned int blockers[] = {
		BY_BLOCKER_blocks, BY_BLOCKER_unmovable_pages,
		BY_BLOCKER_movable_pages, BY_BLOCKER_free_pages,
	};
	const bool by_block = table->view == &pfnscope_view_by_blocker;
	struct least least = { by_block ? BY_BLOCKER_share_permille :
					  OWNERS_BRIEF_share_permille, 10 };
	const struct fold fold = {
		.is_small = is_small_share, .context = &least, .by_zone = true,
		.label = by_block ? BY_BLOCKER_blocker_class : OWNERS_BRIEF_owner,
		.sums = by_block ? blockers : owners,
		.nr_sums = by_block ? ARRAY_SIZE(blockers) : ARRAY_SIZE(owners),
		.share = least.column,
	};

	if (!by_block && table->view != &pfnscope_view_owners_brief)
		return;
	while (rows_left(table, &least) > rows && least.permille < 160)
		least.permille *= 2;
	fold_table(&fold, table);
}

/* A file that is available, a struct that matches, a symbol that was found. */
static bool is_as_expected(const struct pfnscope_table *any, size_t row,
			   const void *nothing)
{
	const struct ABOUT_table *table = ABOUT_OF(any);
	static const char *const expected[] = { " matches", "available", "kallsyms_lookup_name" };
	const char *value = pfnscope_table_string(CELL(table, row, ABOUT_value));
	const char *key = pfnscope_table_string(CELL(table, row, ABOUT_key));
	size_t length = value ? strlen(value) : 0, i;

	(void)nothing;
	if (!key || !value || !strchr(key, '.'))
		return false;
	for (i = 0; i < ARRAY_SIZE(expected); i++)
		if (length >= strlen(expected[i]) &&
		    !strcmp(value + length - strlen(expected[i]), expected[i]))
			return true;
	return false;
}

void pfnscope_about_fold(struct pfnscope_table *table, size_t rows)
{
	const struct fold fold = { .is_small = is_as_expected, .label = ABOUT_key };

	(void)rows;
	fold_table(&fold, table);
}

/* --- flags: two a line, down the left side and then down the right one --- */

#define GFP_PAIRS_ROW "two gfp flags and their values on this kernel"
#define GFP_PAIRS_FIELDS(F, V) \
	F(V, STRING, name, SHOWN, NULL, "name in the kernel's source") \
	F(V, MASK, value, SHOWN, NULL, "value on this kernel") \
	F(V, STRING, other_name, SHOWN, "NAME", "name of the other") \
	F(V, MASK, other_value, SHOWN, "VALUE", "value of the other")

PFNSCOPE_COLUMNS(GFP_PAIRS);

static const struct pfnscope_view pairs_view = PFNSCOPE_VIEW(GFP_PAIRS, "gfp");
PFNSCOPE_TABLE(GFP_PAIRS, pairs_view);

void pfnscope_gfp_fold(struct pfnscope_table *table, size_t rows)
{
	struct pfnscope_table flags = *table;
	size_t half = flags.nr_rows - flags.nr_rows / 2, row;
	struct pfnscope_value *pair;

	(void)rows;
	table->view = &pairs_view;
	table->cells = NULL;
	table->nr_rows = table->capacity = 0;
	for (row = 0; row < half; row++) {
		pair = pfnscope_table_add(table);
		pair[GFP_PAIRS_name] = *pfnscope_table_value(&flags, row, GFP_name);
		pair[GFP_PAIRS_value] = *pfnscope_table_value(&flags, row, GFP_value);
		if (half + row == flags.nr_rows)
			break;
		pair[GFP_PAIRS_other_name] =
			*pfnscope_table_value(&flags, half + row, GFP_name);
		pair[GFP_PAIRS_other_value] =
			*pfnscope_table_value(&flags, half + row, GFP_value);
	}
	free(flags.cells);
}
