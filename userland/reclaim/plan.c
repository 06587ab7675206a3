// SPDX-License-Identifier: GPL-2.0-only
/* A reclaim that is foreseen, as tables: what it takes, and why. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "reclaim/plan.h"
#include "table/fields.h"
#include "view/lrutail.h"

#define RECLAIM_PLAN_ROW "a memory cgroup on a node, or all that is reclaimed from"
#define RECLAIM_PLAN_FIELDS(F, V) \
	F(V, COUNT, node, SHOWN, NULL, "NUMA node; - of all") \
	F(V, STRING, cgroup, SHOWN | PRIVATE, NULL, "memory cgroup; of the last row the one that is reclaimed from") \
	F(V, STRING, decided_by, SHOWN, NULL, \
	  "what decides: cost, generations, cache_trim, file_tiny, size, no_swap, swappiness_0, or protected") \
	F(V, PAGES, anon_pages, SHOWN, NULL, "anonymous pages that are taken") \
	F(V, PAGES, file_pages, SHOWN, NULL, "pages of files that are taken") \
	F(V, PERMILLE, anon_share_permille, SHOWN, NULL, "anonymous pages of all that is taken") \
	F(V, PAGES, swap_pages, 0, NULL, "swap that they need") \
	F(V, PAGES, dirty_pages, SHOWN, NULL, \
	  "of the pages of files, to be written first: by samples of the lists' tails") \
	F(V, PAGES, mapped_pages, SHOWN, NULL, "of all, to be unmapped first, likewise")

PFNSCOPE_COLUMNS(RECLAIM_PLAN);
const struct pfnscope_view pfnscope_view_reclaim_plan = PFNSCOPE_VIEW(RECLAIM_PLAN, "reclaim_plan");
PFNSCOPE_TABLE(RECLAIM_PLAN, pfnscope_view_reclaim_plan);

#define RECLAIM_WHY_ROW "a look of reclaim at a memory cgroup on a node"
#define RECLAIM_WHY_FIELDS(F, V) \
	F(V, COUNT, priority, SHOWN, "PRIO", \
	  "a list is scanned by its size shifted right by so much; 12 is the gentlest") \
	NODE_FIELD(F, V) \
	F(V, STRING, cgroup, SHOWN | PRIVATE, NULL, "memory cgroup") \
	F(V, STRING, decided_by, SHOWN, NULL, "what decides, as in the plan") \
	F(V, COUNT, anon_cost, SHOWN, NULL, "of the cgroup that is reclaimed from") \
	F(V, COUNT, file_cost, SHOWN, NULL, "likewise") \
	F(V, COUNT, swappiness, 0, NULL, "of the cgroup") \
	F(V, COUNT, swap_left_pages, 0, NULL, "what the cgroup may swap out, before") \
	F(V, PERMILLE, anon_scan_permille, SHOWN, "ANON-SCAN", "of what is scanned by size, the part of anonymous pages that is") \
	F(V, PERMILLE, file_scan_permille, SHOWN, "FILE-SCAN", "the same of pages of files") \
	F(V, COUNT, anon_generations, 0, NULL, \
	  "generations of anonymous pages that could be evicted, before: all but the youngest two") \
	F(V, COUNT, file_generations, 0, NULL, "the same of pages of files") \
	F(V, STRING, tiers, 0, NULL, "type that refaults by tier speak for: anon or file") \
	F(V, STRING, age_anon, 0, NULL, "the active list of anonymous pages is aged: yes or no") \
	F(V, STRING, age_file, 0, NULL, "the active list of pages of files is aged: yes or no") \
	F(V, STRING, low, 0, NULL, "memory.low is heeded, or ignored where nothing else is left") \
	F(V, PAGES, inactive_anon_target_pages, 0, NULL, "to be scanned") \
	F(V, PAGES, active_anon_target_pages, 0, NULL, "to be scanned") \
	F(V, PAGES, inactive_file_target_pages, 0, NULL, "to be scanned") \
	F(V, PAGES, active_file_target_pages, 0, NULL, "to be scanned") \
	F(V, PAGES, anon_pages, SHOWN, NULL, "taken") \
	F(V, PAGES, file_pages, SHOWN, NULL, "taken")

PFNSCOPE_COLUMNS(RECLAIM_WHY);
const struct pfnscope_view pfnscope_view_reclaim_why = PFNSCOPE_VIEW(RECLAIM_WHY, "reclaim_why");
PFNSCOPE_TABLE(RECLAIM_WHY, pfnscope_view_reclaim_why);

static const char *const reasons[PFNSCOPE_SCAN_REASONS] = {
	[PFNSCOPE_SCAN_NO_SWAP] = "no_swap",
	[PFNSCOPE_SCAN_SWAPPINESS_0] = "swappiness_0",
	[PFNSCOPE_SCAN_LAST_RESORT] = "size",
	[PFNSCOPE_SCAN_FILE_TINY] = "file_tiny",
	[PFNSCOPE_SCAN_CACHE_TRIM] = "cache_trim",
	[PFNSCOPE_SCAN_BY_COST] = "cost",
	[PFNSCOPE_SCAN_GENERATIONS] = "generations",
	[PFNSCOPE_SCAN_PROTECTED] = "protected",
};

/* --- the plan --- */

/* Sampled pages of a lruvec's lists of one type: all, dirty and mapped ones. */
struct sample {
	uint64_t all;
	uint64_t dirty;
	uint64_t mapped;
};

static uint64_t number(const struct pfnscope_table *table, size_t row, unsigned int column)
{
	uint64_t value = 0;

	return pfnscope_table_number(table, row, column, &value) ? value : 0;
}

/* Of a list that pages are taken from: an inactive one, or the oldest generation. */
struct sampled_row {
	const char *group;
	uint64_t node;
	enum pfnscope_lru_type type;
	size_t row;
};

/* These, by cgroup and node: there may be thousands of both. */
struct samples {
	const struct LRUTAIL_table *tail;
	struct sampled_row *rows;
	size_t count;
};

static int by_lruvec(const void *a, const void *b)
{
	const struct sampled_row *one = a, *other = b;
	int order = strcmp(one->group, other->group);

	return order ? order : (one->node > other->node) - (one->node < other->node);
}

static void find_samples(struct samples *samples, const struct LRUTAIL_table *tail)
{
	size_t count = tail ? tail->all.nr_rows : 0;

	*samples = (struct samples){ .tail = tail };
	samples->rows = pfnscope_calloc(count + 1, sizeof(*samples->rows));
	for (size_t row = 0; row < count; row++) {
		const char *list = pfnscope_table_string(CELL(tail, row, LRUTAIL_list));
		const char *group = pfnscope_table_string(CELL(tail, row, LRUTAIL_cgroup));
		bool anon = list && strstr(list, "_anon"), file = list && strstr(list, "_file");

		if (!group || !(anon || file) || !strncmp(list, "active", strlen("active")))
			continue;
		samples->rows[samples->count++] = (struct sampled_row){
			.group = group,
			.node = number(CELL(tail, row, LRUTAIL_node)),
			.type = anon ? PFNSCOPE_ANON : PFNSCOPE_FILE,
			.row = row,
		};
	}
	qsort(samples->rows, samples->count, sizeof(*samples->rows), by_lruvec);
}

/* The first row of a lruvec, or where it would be. */
static size_t first_row(const struct samples *samples, const struct sampled_row *wanted)
{
	size_t first = 0, end = samples->count;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (by_lruvec(&samples->rows[middle], wanted) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

/* By type. */
static void sample(const struct samples *samples, const struct pfnscope_reclaim *r,
		   const struct pfnscope_lruvec *lruvec, struct sample *sums)
{
	const struct sampled_row wanted = {
		.group = r->weighed->groups[lruvec->group].name, .node = (uint64_t)lruvec->node,
	};

	for (size_t i = first_row(samples, &wanted);
	     i < samples->count && !by_lruvec(&samples->rows[i], &wanted); i++) {
		struct sample *sum = &sums[samples->rows[i].type];
		size_t row = samples->rows[i].row;

		sum->all += number(CELL(samples->tail, row, LRUTAIL_sampled_pages));
		sum->dirty += number(CELL(samples->tail, row, LRUTAIL_dirty_pages));
		sum->mapped += number(CELL(samples->tail, row, LRUTAIL_mapped_pages));
	}
}

static void set_cost(struct RECLAIM_PLAN_table *table, struct pfnscope_value *row,
		     struct pfnscope_value *all, const struct pfnscope_lruvec *lruvec,
		     const struct sample *sums)
{
	const struct sample *anon = &sums[PFNSCOPE_ANON], *file = &sums[PFNSCOPE_FILE];
	uint64_t of_anon = (uint64_t)lruvec->types[PFNSCOPE_ANON].taken;
	uint64_t of_file = (uint64_t)lruvec->types[PFNSCOPE_FILE].taken;
	uint64_t dirty = file->all ? of_file * file->dirty / file->all : 0;
	uint64_t mapped = (anon->all ? of_anon * anon->mapped / anon->all : 0) +
			  (file->all ? of_file * file->mapped / file->all : 0);

	if ((of_anon && !anon->all) || (of_file && !file->all))
		return;
	pfnscope_table_set_number(CELL(table, row, RECLAIM_PLAN_dirty_pages), dirty);
	pfnscope_table_set_number(CELL(table, row, RECLAIM_PLAN_mapped_pages), mapped);
	pfnscope_table_add_number(CELL(table, all, RECLAIM_PLAN_dirty_pages), dirty);
	pfnscope_table_add_number(CELL(table, all, RECLAIM_PLAN_mapped_pages), mapped);
}

static int64_t taken_by(const struct pfnscope_scan *scan)
{
	return scan->taken[PFNSCOPE_ANON] + scan->taken[PFNSCOPE_FILE];
}

/* Of each lruvec the look that took most, else the first; to be freed. */
static const struct pfnscope_scan **decisive(const struct pfnscope_reclaim *r)
{
	const struct pfnscope_scan **most = pfnscope_calloc(r->weighed->nr_lruvecs + 1,
							    sizeof(*most));

	for (size_t i = 0; i < r->nr_scans; i++) {
		const struct pfnscope_scan *scan = &r->scans[i];

		if (!most[scan->lruvec] || taken_by(scan) > taken_by(most[scan->lruvec]))
			most[scan->lruvec] = scan;
	}
	return most;
}

static void set_taken(struct RECLAIM_PLAN_table *table, struct pfnscope_value *row, int64_t anon,
		      int64_t file)
{
	pfnscope_table_set_number(CELL(table, row, RECLAIM_PLAN_anon_pages), (uint64_t)anon);
	pfnscope_table_set_number(CELL(table, row, RECLAIM_PLAN_file_pages), (uint64_t)file);
	pfnscope_table_set_number(CELL(table, row, RECLAIM_PLAN_swap_pages), (uint64_t)anon);
	if (anon + file)
		pfnscope_table_set_number(CELL(table, row, RECLAIM_PLAN_anon_share_permille),
					  (uint64_t)(anon * 1000 / (anon + file)));
}

static void add_lruvec(struct RECLAIM_PLAN_table *table, const struct pfnscope_reclaim *r,
		       const struct pfnscope_scan *scan, const struct samples *samples)
{
	const struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	struct pfnscope_value *all = pfnscope_table_row(&table->all, 0);
	struct sample sums[PFNSCOPE_LRU_TYPES] = { 0 };

	sample(samples, r, lruvec, sums);
	pfnscope_table_set_number(CELL(table, row, RECLAIM_PLAN_node), (uint64_t)lruvec->node);
	pfnscope_table_set_string(CELL(table, row, RECLAIM_PLAN_cgroup),
				  r->weighed->groups[lruvec->group].name);
	pfnscope_table_set_string(CELL(table, row, RECLAIM_PLAN_decided_by), reasons[scan->reason]);
	set_taken(table, row, lruvec->types[PFNSCOPE_ANON].taken,
		  lruvec->types[PFNSCOPE_FILE].taken);
	set_cost(table, row, all, lruvec, sums);
}

/* What it had. */
static int64_t pages_before(const struct pfnscope_lruvec *lruvec)
{
	int64_t pages = 0;

	for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
		pages += lruvec->types[type].own[PFNSCOPE_INACTIVE] +
			 lruvec->types[type].own[PFNSCOPE_ACTIVE] + lruvec->types[type].taken;
	return pages;
}

static void add_lruvecs(struct RECLAIM_PLAN_table *table, const struct pfnscope_reclaim *r,
			const struct samples *samples)
{
	const struct pfnscope_scan **scans = decisive(r);
	int64_t taken[PFNSCOPE_LRU_TYPES] = { 0 };

	for (size_t i = 0; i < r->weighed->nr_lruvecs; i++) {
		const struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[i];

		if (!scans[i] || !pages_before(lruvec))
			continue;
		add_lruvec(table, r, scans[i], samples);
		for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
			taken[type] += lruvec->types[type].taken;
	}
	set_taken(table, pfnscope_table_row(&table->all, 0), taken[PFNSCOPE_ANON],
		  taken[PFNSCOPE_FILE]);
	free(scans);
}

struct pfnscope_table *pfnscope_plan_table(const struct pfnscope_reclaim *r,
					   const struct pfnscope_table *tail)
{
	struct RECLAIM_PLAN_table *table = RECLAIM_PLAN_NEW();
	struct pfnscope_value *all = pfnscope_table_add(&table->all);
	struct samples samples;

	pfnscope_table_set_string(CELL(table, all, RECLAIM_PLAN_cgroup),
				  r->weighed->groups[r->target].name);
	if (r->node >= 0)
		pfnscope_table_set_number(CELL(table, all, RECLAIM_PLAN_node), (uint64_t)r->node);
	find_samples(&samples, LRUTAIL_OF(tail));
	add_lruvecs(table, r, &samples);
	free(samples.rows);
	return &table->all;
}

/* --- why --- */

static void add_generations(struct RECLAIM_WHY_table *table, struct pfnscope_value *row,
			    const struct pfnscope_scan *scan)
{
	pfnscope_table_set_number(CELL(table, row, RECLAIM_WHY_anon_generations),
				  (uint64_t)scan->generations[PFNSCOPE_ANON]);
	pfnscope_table_set_number(CELL(table, row, RECLAIM_WHY_file_generations),
				  (uint64_t)scan->generations[PFNSCOPE_FILE]);
	pfnscope_table_set_string(CELL(table, row, RECLAIM_WHY_tiers),
				  scan->tiers == PFNSCOPE_ANON ? "anon" : "file");
}

static void add_scan(struct RECLAIM_WHY_table *table, const struct pfnscope_reclaim *r,
		     const struct pfnscope_scan *scan)
{
	const struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	const struct pfnscope_lru_group *group = &r->weighed->groups[lruvec->group];
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	const int64_t numbers[][2] = {
		{ RECLAIM_WHY_priority, scan->priority },
		{ RECLAIM_WHY_node, lruvec->node },
		{ RECLAIM_WHY_swappiness, group->swappiness },
		{ RECLAIM_WHY_swap_left_pages, scan->swap_left },
		{ RECLAIM_WHY_anon_pages, scan->taken[PFNSCOPE_ANON] },
		{ RECLAIM_WHY_file_pages, scan->taken[PFNSCOPE_FILE] },
	};
	const int64_t of_lists[][2] = {
		{ RECLAIM_WHY_anon_cost, scan->cost[PFNSCOPE_ANON] },
		{ RECLAIM_WHY_file_cost, scan->cost[PFNSCOPE_FILE] },
		{ RECLAIM_WHY_anon_scan_permille, scan->share[PFNSCOPE_ANON] },
		{ RECLAIM_WHY_file_scan_permille, scan->share[PFNSCOPE_FILE] },
		{ RECLAIM_WHY_inactive_anon_target_pages, scan->target[PFNSCOPE_ANON][0] },
		{ RECLAIM_WHY_active_anon_target_pages, scan->target[PFNSCOPE_ANON][1] },
		{ RECLAIM_WHY_inactive_file_target_pages, scan->target[PFNSCOPE_FILE][0] },
		{ RECLAIM_WHY_active_file_target_pages, scan->target[PFNSCOPE_FILE][1] },
	};

	pfnscope_table_set_string(CELL(table, row, RECLAIM_WHY_cgroup), group->name);
	pfnscope_table_set_string(CELL(table, row, RECLAIM_WHY_decided_by), reasons[scan->reason]);
	pfnscope_table_set_string(CELL(table, row, RECLAIM_WHY_low),
				  scan->low ? "ignored" : "heeded");
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		pfnscope_table_set_number(&table->all, row, (unsigned int)numbers[i][0],
					  (uint64_t)(numbers[i][1] > 0 ? numbers[i][1] : 0));
	if (lruvec->generations && scan->reason != PFNSCOPE_SCAN_PROTECTED)
		add_generations(table, row, scan);
	if (lruvec->generations || scan->reason == PFNSCOPE_SCAN_PROTECTED)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(of_lists); i++)
		pfnscope_table_set_number(&table->all, row, (unsigned int)of_lists[i][0],
					  (uint64_t)of_lists[i][1]);
	pfnscope_table_set_string(CELL(table, row, RECLAIM_WHY_age_anon),
				  scan->deactivate[PFNSCOPE_ANON] ? "yes" : "no");
	pfnscope_table_set_string(CELL(table, row, RECLAIM_WHY_age_file),
				  scan->deactivate[PFNSCOPE_FILE] ? "yes" : "no");
}

struct pfnscope_table *pfnscope_plan_why(const struct pfnscope_reclaim *r)
{
	struct RECLAIM_WHY_table *table = RECLAIM_WHY_NEW();

	for (size_t i = 0; i < r->nr_scans; i++)
		add_scan(table, r, &r->scans[i]);
	return &table->all;
}

const char *pfnscope_plan_end(const struct pfnscope_reclaim *r)
{
	static const char *const ends[PFNSCOPE_ENDS] = {
		[PFNSCOPE_END_PROTECTED] = "the rest is in use, or protected by memory.min and memory.low",
		[PFNSCOPE_END_NO_SWAP] = "the rest is anonymous, and there is no swap left for it",
		[PFNSCOPE_END_NOTHING] = "there is nothing more that could be taken",
	};

	return ends[r->end];
}
