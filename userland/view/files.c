// SPDX-License-Identifier: GPL-2.0-only
/* Files: their zones summed up. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "view/files.h"

static const unsigned int sums[] = {
	FILES_pages, FILES_dirty_pages, FILES_mapped_pages,
};
static const unsigned int shown[] = {
	FILES_device, FILES_inode, FILES_fs_type, FILES_marks, FILES_pages,
	FILES_dirty_pages, FILES_mapped_pages, FILES_path,
};

/**
 * struct index - the sum of each inode
 * @places: by a hash, the row of the sum; 0, that of all, is free
 * @mask: one less than there are, a power of two
 */
struct index {
	size_t *places;
	size_t mask;
};

static uint64_t hash_of(const struct FILES_table *table, size_t row)
{
	const char *device = pfnscope_table_string(CELL(table, row, FILES_device));
	uint64_t hash = 0;

	pfnscope_table_number(CELL(table, row, FILES_inode), &hash);
	for (; device && *device; device++)
		hash = hash * 31 + (unsigned char)*device;
	hash *= 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 32;
}

static bool has_mark(const struct FILES_table *table, size_t row, const char *mark)
{
	const struct pfnscope_value *value = pfnscope_table_cell(CELL(table, row, FILES_marks));
	size_t i;

	for (i = 0; value && i < value->count; i++)
		if (!strcmp(value->words[i], mark))
			return true;
	return false;
}

/* Of the same inode; without one, whether both are shared memory. */
static bool is_same(const struct FILES_table *table, size_t row,
		    const struct FILES_table *out, size_t sum)
{
	const char *a = pfnscope_table_string(CELL(table, row, FILES_device));
	const char *b = pfnscope_table_string(CELL(out, sum, FILES_device));
	uint64_t inode, other;

	if (!a || !b)
		return !a && !b &&
		       has_mark(table, row, "shmem") == has_mark(out, sum, "shmem");
	return !strcmp(a, b) &&
	       pfnscope_table_number(CELL(table, row, FILES_inode), &inode) &&
	       pfnscope_table_number(CELL(out, sum, FILES_inode), &other) && inode == other;
}

static size_t *find(const struct index *index, const struct FILES_table *table,
		    size_t row, const struct FILES_table *out)
{
	size_t at = hash_of(table, row) & index->mask;

	while (index->places[at] && !is_same(table, row, out, index->places[at]))
		at = (at + 1) & index->mask;
	return &index->places[at];
}

/* What all zones have in common. */
static size_t new_sum(struct FILES_table *out, const struct FILES_table *table,
		      size_t row)
{
	struct pfnscope_value *into = pfnscope_table_add(&out->all);
	const struct pfnscope_value *marks = pfnscope_table_cell(CELL(table, row, FILES_marks));

	pfnscope_table_copy(&out->all, into, &table->all, row);
	if (marks)
		pfnscope_table_set_words(CELL(out, into, FILES_marks), marks->words, marks->count);
	return out->all.nr_rows - 1;
}

struct pfnscope_table *pfnscope_files_brief(const struct pfnscope_table *any)
{
	const struct FILES_table *table = FILES_OF(any);
	struct FILES_table *out = FILES_FROM(pfnscope_table_part(&table->all,
		"an inode in all zones that were chosen", shown, ARRAY_SIZE(shown)));
	struct index index = { .mask = 1 };
	size_t row, *sum;

	while (index.mask < 2 * table->all.nr_rows)
		index.mask = index.mask * 2 + 1;
	index.places = pfnscope_calloc(index.mask + 1, sizeof(*index.places));
	if (table->all.nr_rows)
		pfnscope_table_set_string(CELL(out, pfnscope_table_add(&out->all), FILES_path),
					  "(all files)");
	for (row = 0; row < table->all.nr_rows; row++) {
		sum = find(&index, table, row, out);
		if (*sum)
			pfnscope_table_sum_up(&out->all, pfnscope_table_row(&out->all, *sum),
					      &table->all, row, sums, ARRAY_SIZE(sums));
		else
			*sum = new_sum(out, table, row);
		pfnscope_table_sum_up(&out->all, pfnscope_table_row(&out->all, 0), &table->all,
				      row, sums, ARRAY_SIZE(sums));
	}
	free(index.places);
	return &out->all;
}
