// SPDX-License-Identifier: GPL-2.0-only
/* What reclaim weighs, from the tables of the module and the files of a root. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/release.h"
#include "base/text.h"
#include "reclaim/cgroups.h"
#include "reclaim/read.h"
#include "source/numbers.h"
#include "source/system.h"
#include "view/balance.h"
#include "view/zones.h"

#define SWAPPINESS_USUAL	60

static int64_t cell_or(const struct pfnscope_table *table, size_t row, unsigned int column,
		       int64_t otherwise)
{
	uint64_t number;

	if (!pfnscope_table_number(table, row, column, &number) || number > INT64_MAX)
		return otherwise;
	return (int64_t)number;
}

static void numbers_in(const struct pfnscope_table *table, size_t row, unsigned int column,
		       int64_t *numbers, size_t most)
{
	const struct pfnscope_value *value = pfnscope_table_cell(table, row, column);

	for (size_t i = 0; value && value->known && i < value->count && i < most; i++)
		numbers[i] = (int64_t)value->numbers[i];
}

/*
 * Rows come cgroup by cgroup, each behind the one above it and all that is below its
 * siblings: it is below @latest, the last one with a directory, or below what that is below.
 */
static size_t group_above(const struct pfnscope_weighed *w, size_t latest, const char *name)
{
	while (latest != PFNSCOPE_NOBODY && !pfnscope_cgroup_is_below(name, w->groups[latest].name))
		latest = w->groups[latest].above;
	return latest;
}

static int64_t swap_room(const struct BALANCE_table *table, size_t row)
{
	int64_t most = cell_or(CELL(table, row, BALANCE_swap_max_pages), INT64_MAX);

	return most == INT64_MAX ? most : most - cell_or(CELL(table, row, BALANCE_swap_pages), 0);
}

static void add_group(struct pfnscope_weighed *w, const struct BALANCE_table *table,
		      size_t row, size_t latest, int64_t swappiness)
{
	struct pfnscope_lru_group *group = &w->groups[w->nr_groups];
	const char *state = pfnscope_table_string(CELL(table, row, BALANCE_state));
	const char *name = pfnscope_table_string(CELL(table, row, BALANCE_cgroup));

	*group = (struct pfnscope_lru_group){
		.name = name ? name : "/",
		.online = !state || strcmp(state, "dying"),
		.first = w->nr_lruvecs,
		.usage = cell_or(CELL(table, row, BALANCE_usage_pages), INT64_MAX / 4),
		.set = { cell_or(CELL(table, row, BALANCE_min_pages), 0),
			 cell_or(CELL(table, row, BALANCE_low_pages), 0) },
		.left = { cell_or(CELL(table, row, BALANCE_emin_pages), 0),
			  cell_or(CELL(table, row, BALANCE_elow_pages), 0) },
		.swap_room = swap_room(table, row),
		.swappiness = cell_or(CELL(table, row, BALANCE_swappiness), swappiness),
	};
	group->above = group_above(w, latest, group->name);
	w->nr_groups++;
}

static size_t lruvec_above(const struct pfnscope_weighed *w, size_t group, int64_t node)
{
	size_t above = w->groups[group].above;

	if (above == PFNSCOPE_NOBODY)
		return above;
	for (size_t i = w->groups[above].first; w->lruvecs[i].group == above; i++)
		if (w->lruvecs[i].node == node)
			return i;
	return PFNSCOPE_NOBODY;
}

static void fill_type(struct pfnscope_lru *lru, const struct pfnscope_table *table, size_t row,
		      unsigned int first)
{
	/* The columns of both types follow each other in the same order. */
	const unsigned int by = first - BALANCE_inactive_anon_pages;

	lru->own[PFNSCOPE_INACTIVE] = cell_or(table, row, first, 0);
	lru->own[PFNSCOPE_ACTIVE] = cell_or(table, row, BALANCE_active_anon_pages + by, 0);
	lru->cost = cell_or(table, row, BALANCE_anon_cost + by, 0);
	lru->min_seq = cell_or(table, row, BALANCE_anon_min_seq + by, 0);
	numbers_in(table, row, BALANCE_anon_generation_pages + by, lru->gens, PFNSCOPE_MAX_GENS);
	numbers_in(table, row, BALANCE_anon_tier_refaulted + by, lru->refaulted, PFNSCOPE_TIERS);
	numbers_in(table, row, BALANCE_anon_tier_evicted + by, lru->evicted, PFNSCOPE_TIERS);
}

static void take_lruvec(struct pfnscope_weighed *w, const struct BALANCE_table *table, size_t row)
{
	struct pfnscope_lruvec *lruvec = &w->lruvecs[w->nr_lruvecs];
	const char *lru = pfnscope_table_string(CELL(table, row, BALANCE_lru));

	*lruvec = (struct pfnscope_lruvec){
		.group = w->nr_groups - 1,
		.node = cell_or(CELL(table, row, BALANCE_node), 0),
		.generations = lru && !strcmp(lru, "generations"),
		.max_seq = cell_or(CELL(table, row, BALANCE_max_seq), 0),
	};
	lruvec->above = lruvec_above(w, lruvec->group, lruvec->node);
	fill_type(&lruvec->types[PFNSCOPE_ANON], CELL(table, row, BALANCE_inactive_anon_pages));
	fill_type(&lruvec->types[PFNSCOPE_FILE], CELL(table, row, BALANCE_inactive_file_pages));
	w->nr_lruvecs++;
}

static void fill_rows(struct pfnscope_weighed *w, const struct BALANCE_table *table,
		      int64_t swappiness)
{
	size_t latest = PFNSCOPE_NOBODY;
	int64_t last = -1;

	w->groups = pfnscope_calloc(table->all.nr_rows + 1, sizeof(*w->groups));
	w->lruvecs = pfnscope_calloc(table->all.nr_rows + 1, sizeof(*w->lruvecs));
	for (size_t row = 0; row < table->all.nr_rows; row++) {
		int64_t id = cell_or(CELL(table, row, BALANCE_cgroup_id), 0);

		if (!w->nr_groups || id != last)
			add_group(w, table, row, latest, swappiness);
		last = id;
		if (w->groups[w->nr_groups - 1].online)
			latest = w->nr_groups - 1;
		take_lruvec(w, table, row);
	}
}

/* --- the host --- */

static struct pfnscope_lru_node *node_of(struct pfnscope_weighed *w, int64_t node)
{
	for (size_t i = 0; i < w->nr_nodes; i++)
		if (w->nodes[i].node == node)
			return &w->nodes[i];
	w->nodes[w->nr_nodes].node = node;
	return &w->nodes[w->nr_nodes++];
}

static void fill_nodes(struct pfnscope_weighed *w, const struct ZONES_table *zones)
{
	w->nodes = pfnscope_calloc(zones ? zones->all.nr_rows + 1 : 1, sizeof(*w->nodes));
	for (size_t row = 0; zones && row < zones->all.nr_rows; row++) {
		struct pfnscope_lru_node *node = node_of(w, cell_or(CELL(zones, row, ZONES_node), 0));

		node->free += cell_or(CELL(zones, row, ZONES_free_pages), 0);
		node->high += cell_or(CELL(zones, row, ZONES_high_pages), 0) +
			      cell_or(CELL(zones, row, ZONES_boost_pages), 0);
	}
}

static void read_swap(struct pfnscope_weighed *w, const struct pfnscope_source *source,
		      uint64_t page_size)
{
	struct pfnscope_numbers meminfo = { 0 };

	pfnscope_numbers_read(source, "proc/meminfo", &meminfo);
	w->swap_left = pfnscope_or_zero(pfnscope_number(&meminfo, "SwapFree")) / (int64_t)page_size;
	w->swap = pfnscope_or_zero(pfnscope_number(&meminfo, "SwapTotal")) > 0;
	pfnscope_numbers_clear(&meminfo);
}

/* A line has no NUL behind it. */
static bool line_has(const char *line, long length, const char *word)
{
	return memmem(line, (size_t)length, word, strlen(word));
}

static bool is_recursive(const struct pfnscope_source *source)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input;
	bool recursive = false;
	long length;
	char *line;

	if (pfnscope_source_input(source, "proc/mounts", &input))
		return false;
	while ((length = pfnscope_input_line(input, &line, &error)) > 0)
		if (line_has(line, length, " cgroup2 ") &&
		    line_has(line, length, "memory_recursiveprot"))
			recursive = true;
	pfnscope_input_close(input);
	return recursive;
}

/* --- refaults --- */

/* "workingset_activate_anon N0=12 N1=3" of memory.numa_stat; PFNSCOPE_MISSING without. */
static int64_t of_node(const char *line, size_t length, int64_t node)
{
	char *mark = pfnscope_format(" N%lld=", (long long)node);
	char *text = pfnscope_strndup(line, length);
	const char *at = strstr(text, mark);
	int64_t number = at ? strtoll(at + strlen(mark), NULL, 10) : PFNSCOPE_MISSING;

	free(text);
	free(mark);
	return number;
}

static int64_t refaults_in(const struct pfnscope_source *source, const char *path,
			   const char *name, int64_t node)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input;
	int64_t found = PFNSCOPE_MISSING;
	size_t of_name = strlen(name);
	long length;
	char *line;

	if (pfnscope_source_input(source, path, &input))
		return PFNSCOPE_MISSING;
	while ((length = pfnscope_input_line(input, &line, &error)) > 0)
		if ((size_t)length > of_name && !strncmp(line, name, of_name) &&
		    line[of_name] == ' ')
			found = of_node(line, (size_t)length, node);
	pfnscope_input_close(input);
	return found;
}

/* The kernel counts them in memory.numa_stat of the cgroup; of the root, where that is not, in the node's vmstat. */
static int64_t group_refaults(const struct pfnscope_source *source, const char *group, int64_t node,
			      const char *name)
{
	bool root = !strcmp(group, "/");
	char *path = pfnscope_format("sys/fs/cgroup%s/memory.numa_stat", root ? "" : group);
	int64_t number = refaults_in(source, path, name, node);
	struct pfnscope_numbers vmstat = { 0 };

	free(path);
	if (number != PFNSCOPE_MISSING || !root)
		return number;
	path = pfnscope_format("sys/devices/system/node/node%lld/vmstat", (long long)node);
	pfnscope_numbers_read(source, path, &vmstat);
	number = pfnscope_number(&vmstat, name);
	pfnscope_numbers_clear(&vmstat);
	free(path);
	return number;
}

void pfnscope_weighed_refaults(struct pfnscope_weighed *w, const struct pfnscope_source *source,
			       const struct pfnscope_table *table, size_t target)
{
	static const char *const names[] = { "workingset_activate_anon", "workingset_activate_file" };
	static const unsigned int columns[] = { BALANCE_anon_refault_snapshot,
						BALANCE_file_refault_snapshot };

	/* A row is a lruvec. */
	for (size_t i = 0; i < w->nr_lruvecs; i++) {
		if (w->lruvecs[i].group != target)
			continue;
		for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++) {
			int64_t now = group_refaults(source, w->groups[target].name, w->lruvecs[i].node,
						     names[type]);

			w->lruvecs[i].types[type].refaulting = now != PFNSCOPE_MISSING &&
				now != cell_or(table, i, columns[type], now);
		}
	}
}

size_t pfnscope_weighed_find(const struct pfnscope_weighed *w, const char *name)
{
	for (size_t i = 0; i < w->nr_groups; i++)
		if (w->groups[i].online && !strcmp(w->groups[i].name, name))
			return i;
	return PFNSCOPE_NOBODY;
}

void pfnscope_weighed_read(struct pfnscope_weighed *w, const struct pfnscope_source *source,
			   const struct pfnscope_snapshot *snapshot, int64_t swappiness)
{
	int64_t set = pfnscope_number_in(source, "proc/sys/vm/swappiness");
	const struct BALANCE_table *table = BALANCE_IN(snapshot);
	char release[128];

	pfnscope_release_read(source, release, sizeof(release));
	pfnscope_lru_rules(pfnscope_release_version(release), &w->rules);
	fill_rows(w, table, set == PFNSCOPE_MISSING ? SWAPPINESS_USUAL : set);
	for (size_t i = 0; i < w->nr_groups && swappiness >= 0; i++)
		w->groups[i].swappiness = swappiness;
	fill_nodes(w, ZONES_IN(snapshot));
	read_swap(w, source, snapshot->page_size_bytes);
	w->recursive = is_recursive(source);
	pfnscope_lru_sum(w);
}

void pfnscope_weighed_clear(struct pfnscope_weighed *w)
{
	free(w->groups);
	free(w->lruvecs);
	free(w->nodes);
	memset(w, 0, sizeof(*w));
}
