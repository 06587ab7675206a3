// SPDX-License-Identifier: GPL-2.0-only
/* Flattens tables: a number for each cell, named by the table, the row's keys and the column. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/checked.h"
#include "base/text.h"
#include "source/numbers.h"
#include "source/processes.h"
#include "source/snapshot.h"
#include "triage/check.h"
#include "triage/memcg.h"
#include "triage/series.h"
#include "view/events.h"
#include "view/pageblocks.h"
#include "view/processes.h"
#include "view/sites.h"
#include "view/slabs.h"
#include "view/views.h"

#define CGROUPS_MAX	4096
#define DEPTH_MAX	32

/* Takes over @name, as it is in @from. */
static void add_as(struct pfnscope_series *series, const struct pfnscope_number_of *from)
{
	if (series->count == series->room) {
		series->room = series->room ? 2 * series->room : 1024;
		series->all = pfnscope_realloc(series->all, series->room, sizeof(*series->all));
	}
	series->all[series->count++] = *from;
}

/* Takes over @name. */
static void add_one(struct pfnscope_series *series, char *name, int64_t number, bool bytes)
{
	const struct pfnscope_number_of new = { .name = name, .number = number, .bytes = bytes };

	add_as(series, &new);
}

/* --- tables of the module --- */

static void put_series_key(struct pfnscope_text *out, const struct pfnscope_field *field,
			   const struct pfnscope_value *value)
{
	if (out->length)
		pfnscope_text_put_char(out, ' ');
	if (!value->known)
		pfnscope_text_put_char(out, '-');
	else if (field->type == PFNSCOPE_NUMBER)
		pfnscope_text_put_number(out, value->number, 10);
	else if (field->type == PFNSCOPE_STRING)
		pfnscope_text_put_printable(out, value->string, " ");
}

static char *keys_of(const struct pfnscope_table *table, size_t row)
{
	struct pfnscope_text out = { 0 };

	for (size_t i = 0; i < table->view->nr_fields; i++)
		if (table->view->fields[i].flags & PFNSCOPE_WHICH)
			put_series_key(&out, &table->view->fields[i],
				       pfnscope_table_value(table, row, i));
	return out.data ? out.data : pfnscope_strdup("");
}

static bool is_size(const struct pfnscope_field *field)
{
	return field->unit == PFNSCOPE_UNIT_PAGES || field->unit == PFNSCOPE_UNIT_BYTES;
}

/* Times and places are no amounts. */
static bool is_amount(const struct pfnscope_field *field)
{
	return field->type == PFNSCOPE_NUMBER && !(field->flags & PFNSCOPE_WHICH) &&
	       (is_size(field) || field->unit == PFNSCOPE_UNIT_NONE) &&
	       strcmp(field->name, "cgroup_id");
}

/* A cache of which the kernel says so itself. */
static bool is_reclaimable_cache(const struct pfnscope_table *table, size_t row)
{
	const struct pfnscope_value *flags;

	if (table->view != &pfnscope_view_slabs)
		return false;
	flags = pfnscope_table_value(table, row, SLABS_flags);
	for (uint32_t i = 0; flags->known && i < flags->count; i++)
		if (!strcmp(flags->words[i], "reclaimable"))
			return true;
	return false;
}

static void add_cell(struct pfnscope_series *series, const struct pfnscope_table *table,
		     size_t row, size_t i, const char *keys, uint64_t page_size)
{
	const struct pfnscope_field *field = &table->view->fields[i];
	const struct pfnscope_value *value = pfnscope_table_value(table, row, i);
	uint64_t each = field->unit == PFNSCOPE_UNIT_PAGES ? page_size : 1;
	struct pfnscope_number_of new = { .bytes = is_size(field) };

	if (!is_amount(field) || !value->known ||
	    value->number > (uint64_t)PFNSCOPE_NUMBER_MAX / each)
		return;
	new.name = pfnscope_format("%s\t%s\t%.*s", table->view->name, keys,
				   (int)pfnscope_field_stem(field), field->name);
	new.number = (int64_t)(value->number * each);
	new.given = is_reclaimable_cache(table, row);
	add_as(series, &new);
}

static void add_table(struct pfnscope_series *series, const struct pfnscope_table *table,
		      uint64_t page_size)
{
	for (size_t row = 0; row < table->nr_rows; row++) {
		char *keys = keys_of(table, row);

		for (size_t i = 0; i < table->view->nr_fields; i++)
			add_cell(series, table, row, i, keys, page_size);
		free(keys);
	}
}

/*
 * A row a pageblock would be a number for each megabyte, and says little of its own; what
 * happened is no number that another moment has as well; and of sites it is the functions.
 */
static bool has_keys(const struct pfnscope_view *view)
{
	static const struct pfnscope_view *const without[] = {
		&pfnscope_view_pageblocks, &pfnscope_view_events, &pfnscope_view_sites,
	};

	for (size_t i = 0; i < ARRAY_SIZE(without); i++)
		if (view == without[i])
			return false;
	for (size_t i = 0; i < view->nr_fields; i++)
		if (view->fields[i].flags & PFNSCOPE_WHICH)
			return true;
	return false;
}

static int add_sites(const struct pfnscope_source *source, struct pfnscope_series *series,
		     uint64_t page_size, struct pfnscope_error *error)
{
	struct pfnscope_table *table, *functions;

	if (pfnscope_view_read(source, &pfnscope_view_sites, &table, error))
		return -1;
	pfnscope_sites_name(table);
	functions = pfnscope_sites_brief(table);
	if (functions)
		add_table(series, functions, page_size);
	pfnscope_table_free(functions);
	pfnscope_table_free(table);
	return 0;
}

static int read_tables(const struct pfnscope_source *source, struct pfnscope_series *series,
		       struct pfnscope_error *error)
{
	static const struct pfnscope_view *const none[] = { NULL };
	const struct pfnscope_view *const *view = pfnscope_views;
	struct pfnscope_snapshot about = { 0 };
	struct pfnscope_table *table;
	int failed = pfnscope_snapshot_read(source, none, &about, error);

	for (; !failed && *view; view++) {
		if (!has_keys(*view))
			continue;
		failed = pfnscope_view_read(source, *view, &table, error);
		if (failed)
			break;
		add_table(series, table, about.page_size_bytes);
		pfnscope_table_free(table);
	}
	if (!failed)
		failed = add_sites(source, series, about.page_size_bytes, error);
	pfnscope_snapshot_clear(&about);
	return failed;
}

/* --- /proc --- */

/* All sizes, but the pools of huge pages, which are counted. */
static void add_meminfo(const struct pfnscope_source *source, struct pfnscope_series *series)
{
	struct pfnscope_numbers numbers = { 0 };

	pfnscope_numbers_read(source, "proc/meminfo", &numbers);
	for (size_t i = 0; i < numbers.count; i++)
		add_one(series, pfnscope_format("meminfo\t\t%s", numbers.all[i].name),
			   numbers.all[i].number, strncmp(numbers.all[i].name, "HugePages_", 10));
	pfnscope_numbers_clear(&numbers);
}

static void add_vmstat(const struct pfnscope_source *source, struct pfnscope_series *series)
{
	struct pfnscope_numbers numbers = { 0 };

	pfnscope_numbers_read(source, "proc/vmstat", &numbers);
	for (size_t i = 0; i < numbers.count; i++)
		add_one(series, pfnscope_format("vmstat\t\t%s", numbers.all[i].name),
			   numbers.all[i].number, false);
	pfnscope_numbers_clear(&numbers);
}

/* What is in none of them. */
static void read_unaccounted(const struct pfnscope_source *source,
			     struct pfnscope_series *series)
{
	const struct pfnscope_subject nobody = { 0 };
	struct pfnscope_error error = { 0 };
	struct pfnscope_facts facts = { 0 };
	int64_t rest = pfnscope_facts_read(source, NULL, 0, &nobody, &facts, &error) ?
		       PFNSCOPE_MISSING : pfnscope_unaccounted(&facts);

	if (rest != PFNSCOPE_MISSING)
		add_one(series, pfnscope_strdup("triage\t\tunaccounted"),
			rest < 0 ? 0 : rest, true);
	pfnscope_facts_clear(&facts);
}

/* Of a running system that would be all their page tables, each time. */
static void read_processes(const struct pfnscope_source *source,
			   struct pfnscope_series *series)
{
	struct pfnscope_table *table;

	if (pfnscope_source_is_live(source))
		return;
	pfnscope_processes_read(source, SIZE_MAX, &table);
	add_table(series, table, 1);
	pfnscope_table_free(table);
}

/* --- cgroups --- */

/* What a cgroup may have of its own for good; "rss", "cache" and "mapped_file" of version 1. */
static bool is_of_cgroup(const char *name)
{
	static const char *const names[] = {
		"anon", "file", "kernel", "kernel_stack", "pagetables", "percpu", "sock", "shmem",
		"vmalloc", "slab_reclaimable", "slab_unreclaimable", "rss", "cache", "swapcached",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static void read_cgroup(const struct pfnscope_memcg *root, const char *name,
			struct pfnscope_series *series)
{
	char *safe = pfnscope_text_printable(*name ? name : "/");
	char *path = pfnscope_format("%s%s/memory.stat", root->top, name);
	int64_t usage = pfnscope_memcg_usage(root, *name ? name : "/");
	struct pfnscope_numbers stat = { 0 };

	if (usage >= 0 && usage != PFNSCOPE_UNLIMITED)
		add_one(series, pfnscope_format("cgroup\t%s\tcurrent", safe), usage, true);
	pfnscope_numbers_read(root->source, path, &stat);
	for (size_t i = 0; i < stat.count; i++)
		if (is_of_cgroup(stat.all[i].name))
			add_one(series, pfnscope_format("cgroup\t%s\t%s", safe, stat.all[i].name),
				   stat.all[i].number, true);
	pfnscope_numbers_clear(&stat);
	free(path);
	free(safe);
}

static void add_cgroups(const struct pfnscope_memcg *root, const char *name,
			unsigned int depth, size_t *room, struct pfnscope_series *series)
{
	char *folder = pfnscope_format("%s%s", root->top, name);
	char **names = pfnscope_source_list(root->source, folder);

	read_cgroup(root, name, series);
	for (char **child = names; *child && depth; child++) {
		char *below = pfnscope_format("%s/%s", name, *child);
		char *stat = pfnscope_format("%s%s/memory.stat", root->top, below);

		if (*room && pfnscope_source_has(root->source, stat)) {
			--*room;
			add_cgroups(root, below, depth - 1, room, series);
		}
		free(stat);
		free(below);
	}
	pfnscope_source_list_free(names);
	free(folder);
}

static int by_series_name(const void *a, const void *b)
{
	const struct pfnscope_number_of *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* In the order of their names, each once. */
static void settle(struct pfnscope_series *series)
{
	size_t kept = 0;

	if (series->count)
		qsort(series->all, series->count, sizeof(*series->all), by_series_name);
	for (size_t i = 0; i < series->count; i++) {
		if (kept && !by_series_name(&series->all[kept - 1], &series->all[i])) {
			int64_t *sum = &series->all[kept - 1].number;

			/* What is so much was damaged. */
			if (__builtin_add_overflow(*sum, series->all[i].number, sum))
				*sum = INT64_MAX;
			free(series->all[i].name);
		} else {
			series->all[kept++] = series->all[i];
		}
	}
	series->count = kept;
}

int pfnscope_series_read(const struct pfnscope_source *source,
			 struct pfnscope_series *series, struct pfnscope_error *error)
{
	struct pfnscope_error none = { 0 };
	struct pfnscope_memcg root = { 0 };
	size_t room = CGROUPS_MAX;

	if (read_tables(source, series, error))
		return -1;
	add_meminfo(source, series);
	add_vmstat(source, series);
	read_unaccounted(source, series);
	read_processes(source, series);
	if (!pfnscope_memcg_find(source, "/", &root, &none))
		add_cgroups(&root, "", DEPTH_MAX, &room, series);
	pfnscope_memcg_clear(&root);
	settle(series);
	return 0;
}

void pfnscope_series_clear(struct pfnscope_series *series)
{
	for (size_t i = 0; i < series->count; i++)
		free(series->all[i].name);
	free(series->all);
	*series = (struct pfnscope_series){ 0 };
}
