// SPDX-License-Identifier: GPL-2.0-only
/*
 * What processes map in a zone: the entries of their page tables that name a page frame of it. The
 * zero page, which stands for memory that was read and never written, is nobody's.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cmd/processes-zone.h"
#include "source/mappings.h"
#include "source/snapshot.h"
#include "view/processes.h"
#include "view/zones.h"

#define KPAGEFLAGS	"proc/kpageflags"
#define ZERO_PAGE	(1ULL << 24)

/* Page frames, the last one included. */
struct range {
	uint64_t first;
	uint64_t last;
};

/**
 * struct search - what is looked for
 * @ranges: the zones of that name, one a node
 * @count: how many
 * @kpageflags: what the kernel says of page frames
 * @table: the processes
 * @row: of the one met last
 * @pages: of each
 */
struct search {
	struct range *ranges;
	size_t count;
	int kpageflags;
	const struct PROCESSES_table *table;
	size_t row;
	uint64_t *pages;
};

static bool range_of(const struct ZONES_table *zones, size_t row, struct range *range)
{
	uint64_t spanned, present;

	if (!pfnscope_table_number(CELL(zones, row, ZONES_start_pfn), &range->first) ||
	    !pfnscope_table_number(CELL(zones, row, ZONES_spanned_pages), &spanned) ||
	    !pfnscope_table_number(CELL(zones, row, ZONES_present_pages), &present) ||
	    !present || !spanned)
		return false;
	range->last = range->first + spanned - 1;
	return true;
}

static bool zone_is_wanted(const struct ZONES_table *zones, size_t row, const char *zone)
{
	const char *name = pfnscope_table_string(CELL(zones, row, ZONES_zone));

	return name && !strcasecmp(name, zone);
}

static void find_ranges(const struct ZONES_table *zones, const char *zone,
			struct search *search)
{
	size_t row;

	search->ranges = pfnscope_calloc(zones->all.nr_rows + 1, sizeof(*search->ranges));
	for (row = 0; row < zones->all.nr_rows; row++)
		search->count += zone_is_wanted(zones, row, zone) &&
				 range_of(zones, row, &search->ranges[search->count]);
}

static bool is_in_zone(const struct search *search, const struct range *other)
{
	size_t i;

	for (i = 0; i < search->count; i++)
		if (search->ranges[i].first <= other->last &&
		    other->first <= search->ranges[i].last)
			return true;
	return false;
}

/* As after memory was added: which of them a page frame is in nobody has told us. */
static bool is_mixed(const struct ZONES_table *zones, const char *zone,
		     const struct search *search)
{
	struct range other;
	size_t row;

	for (row = 0; row < zones->all.nr_rows; row++)
		if (!zone_is_wanted(zones, row, zone) && range_of(zones, row, &other) &&
		    is_in_zone(search, &other))
			return true;
	return false;
}

static bool is_zero_page(const struct search *search, uint64_t frame)
{
	uint64_t flags = 0;

	return pread(search->kpageflags, &flags, sizeof(flags),
		     (off_t)(frame * sizeof(flags))) == sizeof(flags) && flags & ZERO_PAGE;
}

/* Processes come in the order of their numbers too; one that came since has no row. */
static bool zone_take_frame(void *context, uint64_t pid, uint64_t frame)
{
	const struct range there = { frame, frame };
	struct search *search = context;
	uint64_t other = 0;

	if (!is_in_zone(search, &there) || is_zero_page(search, frame))
		return true;
	while (search->row < search->table->all.nr_rows &&
	       pfnscope_table_number(CELL(search->table, search->row, PROCESSES_pid), &other) &&
	       other < pid)
		search->row++;
	if (search->row < search->table->all.nr_rows && other == pid)
		search->pages[search->row]++;
	return true;
}

static void count_pages(const struct pfnscope_run *run, struct search *search,
			struct PROCESSES_table *table)
{
	struct pfnscope_mappings mappings = { .take = zone_take_frame, .context = search };
	size_t i;

	mappings.first = UINT64_MAX;
	for (i = 0; i < search->count; i++) {
		if (search->ranges[i].first < mappings.first)
			mappings.first = search->ranges[i].first;
		if (search->ranges[i].last > mappings.last)
			mappings.last = search->ranges[i].last;
	}
	search->pages = pfnscope_calloc(table->all.nr_rows + 1, sizeof(*search->pages));
	pfnscope_mappings_find(run->source, run->format.page_size_bytes, &mappings);
	for (i = 0; i < table->all.nr_rows; i++)
		pfnscope_table_set_number(CELL(table, pfnscope_table_row(&table->all, i),
					       PROCESSES_zone_bytes),
					  search->pages[i] * run->format.page_size_bytes);
	free(search->pages);
	if (mappings.unread)
		pfnscope_run_remark(run, "the page tables of %zu processes may not be read",
				    mappings.unread);
	if (mappings.cut)
		pfnscope_run_remark(run, "%zu processes have more than 64 GiB of address space, not all of which was looked through",
				    mappings.cut);
}

static int search_zone(struct pfnscope_run *run, const char *zone,
		       const struct ZONES_table *zones, struct PROCESSES_table *table)
{
	struct search search = { .table = table };
	int failure = 0;

	find_ranges(zones, zone, &search);
	if (!pfnscope_source_is_live(run->source))
		pfnscope_table_limit(&table->all, PFNSCOPE_TABLE_PARTIAL,
				     "--zone: page tables are in no recording");
	else if (!search.count)
		failure = pfnscope_fail(&run->error, PFNSCOPE_USAGE,
					"--zone: no zone \"%s\" has memory", zone);
	else if (is_mixed(zones, zone, &search))
		failure = pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
					"--zone: %s and another zone lie within each other", zone);
	else if (pfnscope_source_words(run->source, KPAGEFLAGS, &search.kpageflags))
		failure = pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
					"/" KPAGEFLAGS ": page frames are shown to root only");
	else {
		count_pages(run, &search, table);
		close(search.kpageflags);
	}
	free(search.ranges);
	return failure;
}

/* Where no zone is called so, as of every table: which there are. Leaves that one of @zones. */
static char *no_such_zone(struct pfnscope_run *run, const char *zone,
			  struct pfnscope_table *zones)
{
	struct pfnscope_where where = { 0 };
	char *none;

	pfnscope_where_equal(&where, PFNSCOPE_NAME(ZONES, zone), zone, &run->error);
	none = pfnscope_where_apply(&where, zones, run->format.page_size_bytes);
	pfnscope_where_clear(&where);
	return none;
}

static bool zone_is_known(const struct ZONES_table *zones, const char *zone)
{
	size_t row;

	for (row = 0; row < zones->all.nr_rows; row++)
		if (zone_is_wanted(zones, row, zone))
			return true;
	return false;
}

int pfnscope_processes_find_zone(struct pfnscope_run *run, const char *zone,
				 struct pfnscope_table *table, char **none)
{
	const struct pfnscope_view *const views[] = { &pfnscope_view_zones, NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	const struct ZONES_table *zones;
	int failure = 0;

	if (pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	zones = ZONES_IN(&snapshot);
	if (zones->all.nr_rows && !zone_is_known(zones, zone))
		*none = no_such_zone(run, zone, snapshot.tables[snapshot.nr_tables - 1]);
	else
		failure = search_zone(run, zone, zones, PROCESSES_FROM(table));
	pfnscope_snapshot_clear(&snapshot);
	return failure;
}
