// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module prints the cgroups in the order of a walk that visits a cgroup
 * before those below it, and all rows of a cgroup in one go. A cgroup that is
 * dying may have the path of one that is online; their numbers differ.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "reclaim/cgroups.h"
#include "table/fields.h"

#define LRU_TREE_ROW "a memory cgroup with those below it"
#define LRU_TREE_FIELDS(F, V) \
	F(V, STRING, name, SHOWN, "CGROUP", "name of the memory cgroup") \
	F(V, STRING, cgroup, WHICH, NULL, "its path") \
	CGROUP_ID_FIELD(F, V) \
	CGROUP_STATE_FIELD(F, V, SHOWN) \
	F(V, PAGES, total_pages, SHOWN, NULL, \
	  "on all lists, of the cgroup and those below it") \
	F(V, PAGES, own_pages, SHOWN, NULL, "on all lists, of the cgroup alone") \
	F(V, PAGES, inactive_anon_pages, SHOWN, "INACT-ANON", \
	  "anonymous, taken first; with those below") \
	F(V, PAGES, active_anon_pages, SHOWN, "ACT-ANON", \
	  "anonymous, in use lately; with those below") \
	F(V, PAGES, inactive_file_pages, SHOWN, "INACT-FILE", \
	  "of files, taken first; with those below") \
	F(V, PAGES, active_file_pages, SHOWN, "ACT-FILE", \
	  "of files, in use lately; with those below") \
	F(V, PAGES, unevictable_pages, SHOWN, "UNEVICT", \
	  "unevictable; with those below")

PFNSCOPE_COLUMNS(LRU_TREE);

const struct pfnscope_view pfnscope_view_lru_tree = PFNSCOPE_VIEW(LRU_TREE, "lru");
PFNSCOPE_TABLE(LRU_TREE, pfnscope_view_lru_tree);

#define GENERATION_AGES_ROW "a generation of a memory cgroup on a node"
#define GENERATION_AGES_FIELDS(F, V) \
	CGROUP_FIELD(F, V) \
	CGROUP_ID_FIELD(F, V) \
	CGROUP_STATE_FIELD(F, V, SHOWN) \
	NODE_FIELD(F, V) \
	GENERATION_FIELDS(F, V)

PFNSCOPE_COLUMNS(GENERATION_AGES);

const struct pfnscope_view pfnscope_view_generation_ages =
	PFNSCOPE_VIEW(GENERATION_AGES, "generations");
PFNSCOPE_TABLE(GENERATION_AGES, pfnscope_view_generation_ages);

static struct pfnscope_value *table_cell(struct pfnscope_table *table, size_t row,
					 size_t field)
{
	return pfnscope_table_row(table, row) + field;
}

static bool same(const struct pfnscope_field *field,
		 const struct pfnscope_value *a, const struct pfnscope_value *b)
{
	if (!a->known || !b->known)
		return a->known == b->known;
	if (field->type == PFNSCOPE_STRING)
		return !strcmp(a->string, b->string);
	return a->number == b->number;
}

/* Do they agree in all that is neither a size nor a time? */
static bool agree(struct pfnscope_table *sums, size_t sum,
		  const struct pfnscope_table *file, size_t row)
{
	for (size_t i = 0; i < sums->view->nr_fields; i++) {
		const struct pfnscope_field *field = &sums->view->fields[i];
		const struct pfnscope_value *value = pfnscope_table_like(file, row, field);

		if (field->unit == PFNSCOPE_UNIT_NONE && value &&
		    !same(field, table_cell(sums, sum, i), value))
			return false;
	}
	return true;
}

/* An incident has no paths: its rows are of all cgroups together. */
static bool same_path(const char *path, const char *other)
{
	return path && other ? !strcmp(path, other) : path == other;
}

/*
 * The sum that a row belongs to, among the last ones: those of its cgroup, or
 * behind the last one.
 */
static size_t find_path_sum(struct pfnscope_table *sums, unsigned int cgroup,
			    const struct pfnscope_table *file, size_t row)
{
	const char *path = pfnscope_table_string(file, row, LRUVEC_cgroup);

	for (size_t sum = sums->nr_rows; sum-- > 0;) {
		if (!same_path(path, pfnscope_table_string(sums, sum, cgroup)))
			break;
		if (agree(sums, sum, file, row))
			return sum;
	}
	return sums->nr_rows;
}

static void begin_sum(struct pfnscope_table *sums,
		      const struct pfnscope_table *file, size_t row)
{
	struct pfnscope_value *cells = pfnscope_table_add(sums);

	for (size_t i = 0; i < sums->view->nr_fields; i++) {
		const struct pfnscope_field *field = &sums->view->fields[i];
		const struct pfnscope_value *value = pfnscope_table_like(file, row, field);

		if (!value || !value->known ||
		    field->unit == PFNSCOPE_UNIT_PAGES)
			continue;
		if (field->type == PFNSCOPE_STRING)
			pfnscope_table_set_string(sums, cells, field->column,
						  value->string);
		else
			pfnscope_table_set_number(sums, cells, field->column,
						  value->number);
	}
}

/* What is not known adds nothing, and does not make the sum known. */
static void add_value(struct pfnscope_value *sum,
		      const struct pfnscope_value *value)
{
	if (!value->known)
		return;
	sum->number = value->number + (sum->known ? sum->number : 0);
	sum->known = true;
}

static void add_group_row(struct pfnscope_table *sums, size_t sum,
			  const struct pfnscope_table *file, size_t row)
{
	for (size_t i = 0; i < sums->view->nr_fields; i++) {
		const struct pfnscope_field *field = &sums->view->fields[i];
		const struct pfnscope_value *value = pfnscope_table_like(file, row, field);

		if (field->unit == PFNSCOPE_UNIT_PAGES && value)
			add_value(table_cell(sums, sum, i), value);
	}
}

static struct pfnscope_table *
sum_up(const struct pfnscope_table *file, const struct pfnscope_view *view,
       unsigned int cgroup)
{
	struct pfnscope_table *sums = pfnscope_table_new(view);

	if (file->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_table_limit(sums, file->state, "%s", file->reason);
	for (size_t row = 0; row < file->nr_rows; row++) {
		size_t sum = find_path_sum(sums, cgroup, file, row);
		if (sum == sums->nr_rows)
			begin_sum(sums, file, row);
		add_group_row(sums, sum, file, row);
	}
	return sums;
}

/* Keeps the rows with pages in any field. */
static void drop_empty_rows(struct pfnscope_table *table)
{
	size_t fields = table->view->nr_fields, kept = 0;

	for (size_t row = 0; row < table->nr_rows; row++) {
		bool empty = true;

		for (size_t i = 0; i < fields; i++)
			if (table->view->fields[i].unit == PFNSCOPE_UNIT_PAGES &&
			    table_cell(table, row, i)->known &&
			    table_cell(table, row, i)->number)
				empty = false;
		if (!empty)
			memmove(table_cell(table, kept++, 0), table_cell(table, row, 0),
				fields * sizeof(struct pfnscope_value));
	}
	table->nr_rows = kept;
}

bool pfnscope_cgroup_is_below(const char *path, const char *above)
{
	size_t length = strlen(above);

	if (!strcmp(above, "/"))
		return strcmp(path, "/");
	return !strncmp(path, above, length) && path[length] == '/';
}

/* The row of the nearest cgroup above, or SIZE_MAX; rows above come before. */
static size_t row_above(const struct LRU_TREE_table *tree, const size_t *above,
			size_t row)
{
	const char *path = pfnscope_table_string(CELL(tree, row, LRU_TREE_cgroup));
	size_t at = row ? row - 1 : SIZE_MAX;

	while (at != SIZE_MAX) {
		const char *other = pfnscope_table_string(CELL(tree, at, LRU_TREE_cgroup));

		if (path && other && pfnscope_cgroup_is_below(path, other))
			break;
		at = above[at];
	}
	return at;
}

static void set_name(struct LRU_TREE_table *tree, size_t row,
		     const size_t *above, bool indent)
{
	const char *path = pfnscope_table_string(CELL(tree, row, LRU_TREE_cgroup));
	const char *name = path ? strrchr(path, '/') : NULL;
	int depth = 0;
	char *text;

	for (size_t at = above[row]; at != SIZE_MAX; at = above[at])
		depth++;
	name = !path ? "(all cgroups)" : name && name[1] ? name + 1 : "/";
	text = pfnscope_format("%*s%s", indent ? 2 * depth : 0, "", name);
	pfnscope_table_set_string(CELL(tree, pfnscope_table_row(&tree->all, row), LRU_TREE_name),
				  text);
	free(text);
}

static bool is_list(const struct pfnscope_field *field)
{
	return field->unit == PFNSCOPE_UNIT_PAGES &&
	       field->column != LRU_TREE_total_pages &&
	       field->column != LRU_TREE_own_pages;
}

static uint64_t all_lists(struct pfnscope_table *tree, size_t row)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < tree->view->nr_fields; i++)
		if (is_list(&tree->view->fields[i]) && table_cell(tree, row, i)->known)
			sum += table_cell(tree, row, i)->number;
	return sum;
}

static void add_lists(struct pfnscope_table *tree, size_t to, size_t from)
{
	for (size_t i = 0; i < tree->view->nr_fields; i++)
		if (is_list(&tree->view->fields[i]))
			add_value(table_cell(tree, to, i), table_cell(tree, from, i));
}

/* From the last row to the first, so that all below is in before it goes up. */
static void add_upwards(struct LRU_TREE_table *tree, const size_t *above)
{
	for (size_t row = tree->all.nr_rows; row-- > 0;) {
		pfnscope_table_set_number(CELL(tree, pfnscope_table_row(&tree->all, row),
					       LRU_TREE_total_pages), all_lists(&tree->all, row));
		if (above[row] != SIZE_MAX)
			add_lists(&tree->all, above[row], row);
	}
}

struct pfnscope_table *
pfnscope_cgroups_tree(const struct pfnscope_table *lru,
		      const struct pfnscope_cgroup_choice *choice)
{
	struct LRU_TREE_table *tree = LRU_TREE_FROM(sum_up(lru, &pfnscope_view_lru_tree,
							   LRU_TREE_cgroup));
	size_t *above = pfnscope_calloc(tree->all.nr_rows + 1, sizeof(*above));

	for (size_t row = 0; row < tree->all.nr_rows; row++) {
		above[row] = row_above(tree, above, row);
		set_name(tree, row, above, choice->indent);
		pfnscope_table_set_number(CELL(tree, pfnscope_table_row(&tree->all, row),
					       LRU_TREE_own_pages), all_lists(&tree->all, row));
	}
	add_upwards(tree, above);
	free(above);
	if (!choice->empty)
		drop_empty_rows(&tree->all);
	return &tree->all;
}

struct pfnscope_table *
pfnscope_cgroups_ages(const struct pfnscope_table *generations,
		      const struct pfnscope_cgroup_choice *choice)
{
	struct pfnscope_table *ages = sum_up(generations, &pfnscope_view_generation_ages,
					     GENERATION_AGES_cgroup);

	if (!choice->empty)
		drop_empty_rows(ages);
	return ages;
}
