// SPDX-License-Identifier: GPL-2.0-only
/* Views for people: rows summed up, totals, what is zero left out. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "table/fields.h"
#include "view/brief.h"
#include "view/forecast.h"
#include "view/owners.h"
#include "view/shrinkers.h"
#include "view/slabs.h"
#include "view/summary.h"
#include "view/zonelists.h"
#include "view/zones.h"

static bool is_string(const struct pfnscope_table *table, size_t row,
		      unsigned int column, const char *wanted)
{
	const char *string = pfnscope_table_string(table, row, column);

	return string && wanted && !strcmp(string, wanted);
}

static bool is_not_zero(const struct pfnscope_table *table, size_t row, unsigned int column,
			bool otherwise)
{
	uint64_t pages;

	return pfnscope_table_number(table, row, column, &pages) ? pages : otherwise;
}

bool pfnscope_zones_shown(const struct pfnscope_table *any, size_t row,
			  const void *nothing)
{
	const struct ZONES_table *table = ZONES_OF(any);

	(void)nothing;
	return is_not_zero(CELL(table, row, ZONES_present_pages), false) ||
	       is_not_zero(CELL(table, row, ZONES_managed_pages), true);
}

bool pfnscope_summary_shown(const struct pfnscope_table *any, size_t row,
			    const void *nothing)
{
	const struct SUMMARY_table *table = SUMMARY_OF(any);

	(void)nothing;
	return is_not_zero(CELL(table, row, SUMMARY_present_pages), false) ||
	       is_not_zero(CELL(table, row, SUMMARY_managed_pages), true);
}

/* --- owners: the classes, which add up to the zone --- */

const struct pfnscope_view pfnscope_view_owners_brief = PFNSCOPE_VIEW(OWNERS_BRIEF, "owners");

/* Pages of all classes in the zone of @row. */
static uint64_t zone_pages(const struct OWNERS_table *table, size_t row)
{
	const char *zone = pfnscope_table_string(CELL(table, row, OWNERS_zone));
	uint64_t node = pfnscope_table_or_zero(CELL(table, row, OWNERS_node)), sum = 0;
	size_t i;

	for (i = 0; i < table->all.nr_rows; i++)
		if (is_string(CELL(table, i, OWNERS_kind), "class") &&
		    is_string(CELL(table, i, OWNERS_zone), zone) &&
		    pfnscope_table_or_zero(CELL(table, i, OWNERS_node)) == node)
			sum += pfnscope_table_or_zero(CELL(table, i, OWNERS_pages));
	return sum;
}

/* A row of the zone with @pages; its other cells are the caller's. */
static struct pfnscope_value *add_share(struct OWNERS_BRIEF_table *out,
					const struct OWNERS_table *table,
					size_t row, uint64_t pages, uint64_t all)
{
	struct pfnscope_value *added = pfnscope_table_add(&out->all);

	pfnscope_table_set_number(CELL(out, added, OWNERS_BRIEF_node),
				  pfnscope_table_or_zero(CELL(table, row, OWNERS_node)));
	pfnscope_table_set_string(CELL(out, added, OWNERS_BRIEF_zone),
				  pfnscope_table_string(CELL(table, row, OWNERS_zone)));
	pfnscope_table_set_number(CELL(out, added, OWNERS_BRIEF_pages), pages);
	pfnscope_table_set_number(CELL(out, added, OWNERS_BRIEF_share_permille),
				  (uint64_t)((unsigned __int128)pages * 1000 / all));
	return added;
}

static void add_class(struct OWNERS_BRIEF_table *out, const struct OWNERS_table *table,
		      size_t row, uint64_t all)
{
	uint64_t pages = pfnscope_table_or_zero(CELL(table, row, OWNERS_pages));

	pfnscope_table_copy(&out->all, add_share(out, table, row, pages, all),
			    &table->all, row);
}

static bool first_of_zone(const struct OWNERS_table *table, size_t row)
{
	return !row || !is_string(CELL(table, row - 1, OWNERS_zone),
				  pfnscope_table_string(CELL(table, row, OWNERS_zone))) ||
	       pfnscope_table_or_zero(CELL(table, row - 1, OWNERS_node)) !=
	       pfnscope_table_or_zero(CELL(table, row, OWNERS_node));
}

struct pfnscope_table *pfnscope_owners_brief(const struct pfnscope_table *any)
{
	const struct OWNERS_table *table;
	struct OWNERS_BRIEF_table *out;
	uint64_t all = 0;
	struct pfnscope_value *sum;
	size_t row;

	/* Not of the sums by block, which are as short as they can be. */
	if (any->view != &pfnscope_view_owners)
		return NULL;
	table = OWNERS_OF(any);
	out = OWNERS_BRIEF_NEW();
	for (row = 0; row < table->all.nr_rows; row++) {
		if (first_of_zone(table, row)) {
			all = zone_pages(table, row);
			sum = all ? add_share(out, table, row, all, all) : NULL;
			if (sum)
				pfnscope_table_set_string(CELL(out, sum, OWNERS_BRIEF_owner),
							  "all");
		}
		if (all && is_string(CELL(table, row, OWNERS_kind), "class"))
			add_class(out, table, row, all);
	}
	if (out->all.nr_rows)
		return &out->all;
	pfnscope_table_free(&out->all);
	return NULL;
}

/* --- slabs, shrinkers: the nodes summed up --- */

static void copy_string(struct pfnscope_table *out, struct pfnscope_value *into,
			const struct pfnscope_table *table, size_t row,
			unsigned int column)
{
	const char *string = pfnscope_table_string(table, row, column);

	if (string)
		pfnscope_table_set_string(out, into, column, string);
}

/*
 * The sum that @row belongs to: of its name, and without its node yet, as there may be
 * several caches of one name. @nodes are those that each sum has. 0 where there is none.
 */
static size_t find_cache(const struct SLABS_table *sums, const uint64_t *nodes,
			 const struct SLABS_table *table, size_t row)
{
	const char *name = pfnscope_table_string(CELL(table, row, SLABS_name));
	uint64_t node = 1ULL << pfnscope_table_or_zero(CELL(table, row, SLABS_node)) % 64;
	size_t sum;

	for (sum = sums->all.nr_rows - 1; sum; sum--)
		if (is_string(CELL(sums, sum, SLABS_name), name) && !(nodes[sum] & node))
			return sum;
	return 0;
}

static size_t new_cache(struct SLABS_table *sums, const struct SLABS_table *table,
			size_t row)
{
	struct pfnscope_value *into = pfnscope_table_add(&sums->all);

	copy_string(&sums->all, into, CELL(table, row, SLABS_name));
	pfnscope_table_set_number(CELL(sums, into, SLABS_object_size_bytes),
				  pfnscope_table_or_zero(CELL(table, row, SLABS_object_size_bytes)));
	return sums->all.nr_rows - 1;
}

struct pfnscope_table *pfnscope_slabs_brief(const struct pfnscope_table *any)
{
	const struct SLABS_table *table = SLABS_OF(any);
	static const unsigned int sums[] = {
		SLABS_objects, SLABS_active_objects, SLABS_slabs,
		SLABS_partial_slabs, SLABS_held_bytes, SLABS_wasted_bytes,
	};
	static const unsigned int shown[] = {
		SLABS_name, SLABS_objects, SLABS_active_objects,
		SLABS_object_size_bytes, SLABS_slabs, SLABS_partial_slabs,
		SLABS_held_bytes, SLABS_wasted_bytes,
	};
	struct SLABS_table *out = SLABS_FROM(pfnscope_table_part(&table->all,
		"a slab cache on all nodes that were chosen", shown, ARRAY_SIZE(shown)));
	uint64_t *nodes = pfnscope_calloc(table->all.nr_rows + 1, sizeof(*nodes));
	size_t row, sum;

	if (table->all.nr_rows)
		pfnscope_table_set_string(CELL(out, pfnscope_table_add(&out->all), SLABS_name),
					  "(all caches)");
	for (row = 0; row < table->all.nr_rows; row++) {
		sum = find_cache(out, nodes, table, row);
		if (!sum)
			sum = new_cache(out, table, row);
		nodes[sum] |= 1ULL << pfnscope_table_or_zero(CELL(table, row, SLABS_node)) % 64;
		pfnscope_table_sum_up(&out->all, pfnscope_table_row(&out->all, sum), &table->all,
				      row, sums, ARRAY_SIZE(sums));
		pfnscope_table_sum_up(&out->all, pfnscope_table_row(&out->all, 0), &table->all, row,
				      sums, ARRAY_SIZE(sums));
	}
	free(nodes);
	return &out->all;
}

struct pfnscope_table *pfnscope_shrinkers_brief(const struct pfnscope_table *any)
{
	const struct SHRINKERS_table *table = SHRINKERS_OF(any);
	static const unsigned int sums[] = {
		SHRINKERS_root_objects, SHRINKERS_deferred_objects,
	};
	static const unsigned int shown[] = {
		SHRINKERS_position, SHRINKERS_name, SHRINKERS_fs_type, SHRINKERS_device,
		SHRINKERS_root_objects, SHRINKERS_deferred_objects,
	};
	struct SHRINKERS_table *out = SHRINKERS_FROM(pfnscope_table_part(&table->all,
		"a shrinker that could free something, on all nodes that were chosen",
		shown, ARRAY_SIZE(shown)));
	struct pfnscope_value *into = NULL;
	uint64_t last = UINT64_MAX;
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++) {
		uint64_t position = pfnscope_table_or_zero(CELL(table, row, SHRINKERS_position));

		if (!pfnscope_table_or_zero(CELL(table, row, SHRINKERS_root_objects)) &&
		    !pfnscope_table_or_zero(CELL(table, row, SHRINKERS_deferred_objects)))
			continue;
		if (!into || position != last) {
			into = pfnscope_table_add(&out->all);
			pfnscope_table_set_number(CELL(out, into, SHRINKERS_position), position);
			copy_string(&out->all, into, CELL(table, row, SHRINKERS_name));
			copy_string(&out->all, into, CELL(table, row, SHRINKERS_fs_type));
			copy_string(&out->all, into, CELL(table, row, SHRINKERS_device));
		}
		last = position;
		pfnscope_table_sum_up(&out->all, into, &table->all, row, sums, ARRAY_SIZE(sums));
	}
	return &out->all;
}

/* --- zonelists: one line a list --- */

#define ZONELISTS_BRIEF_ROW "the order in which the allocator tries zones for one node"
#define ZONELISTS_BRIEF_FIELDS(F, V) \
	ZONELISTS_LIST_FIELDS(F, V) \
	F(V, STRING, zones, SHOWN | WIDE, NULL, "node/zone in the order of trial")

PFNSCOPE_COLUMNS(ZONELISTS_BRIEF);

const struct pfnscope_view pfnscope_view_zonelists_brief = PFNSCOPE_VIEW(ZONELISTS_BRIEF, "zonelists");
PFNSCOPE_TABLE(ZONELISTS_BRIEF, pfnscope_view_zonelists_brief);

/* The steps from @row on that are of the same list; returns the row behind. */
static size_t join_list(const struct ZONELISTS_table *table, size_t row, char **zones)
{
	const char *list = pfnscope_table_string(CELL(table, row, ZONELISTS_list));
	uint64_t node = pfnscope_table_or_zero(CELL(table, row, ZONELISTS_node));
	char *longer;

	*zones = pfnscope_strdup("");
	for (; row < table->all.nr_rows &&
	       pfnscope_table_or_zero(CELL(table, row, ZONELISTS_node)) == node &&
	       is_string(CELL(table, row, ZONELISTS_list), list); row++) {
		const char *zone = pfnscope_table_string(CELL(table, row, ZONELISTS_zone));

		longer = pfnscope_format("%s%s%" PRIu64 "/%s", *zones,
					 **zones ? " " : "",
					 pfnscope_table_or_zero(CELL(table, row, ZONELISTS_zone_node)),
					 zone ? zone : "-");
		free(*zones);
		*zones = longer;
	}
	return row;
}

struct pfnscope_table *pfnscope_zonelists_brief(const struct pfnscope_table *any)
{
	const struct ZONELISTS_table *table = ZONELISTS_OF(any);
	struct ZONELISTS_BRIEF_table *out = ZONELISTS_BRIEF_NEW();
	struct pfnscope_value *into;
	size_t row = 0, next;
	char *zones;

	while (row < table->all.nr_rows) {
		next = join_list(table, row, &zones);
		into = pfnscope_table_add(&out->all);
		pfnscope_table_copy(&out->all, into, &table->all, row);
		pfnscope_table_set_string(CELL(out, into, ZONELISTS_BRIEF_zones), zones);
		free(zones);
		row = next > row ? next : row + 1;
	}
	return &out->all;
}

/* --- forecast: what there is now, what one write gets, and what help gets --- */

#define FORECAST_BRIEF_ROW "a zone"
#define FORECAST_BRIEF_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	FORECAST_ORDER_FIELD(F, V) \
	NOW_FIELD(F, V) \
	F(V, STRING, written, SHOWN, NULL, \
	  "what one write to nr_hugepages gets: at least, and no more than with help") \
	F(V, STRING, obtainable, SHOWN, NULL, \
	  "with cache dropped and memory compacted: at least, at most") \
	NEVER_FIELD(F, V) \
	F(V, STRING, blockers, SHOWN | WIDE, NULL, FORECAST_BLOCKERS)

PFNSCOPE_COLUMNS(FORECAST_BRIEF);

const struct pfnscope_view pfnscope_view_forecast_brief = PFNSCOPE_VIEW(FORECAST_BRIEF, "forecast");
PFNSCOPE_TABLE(FORECAST_BRIEF, pfnscope_view_forecast_brief);

static void set_range(struct pfnscope_table *out, struct pfnscope_value *into,
		      unsigned int column, uint64_t least, uint64_t most)
{
	char *range = least == most ? pfnscope_format("%" PRIu64, least) :
		      pfnscope_format("%" PRIu64 "-%" PRIu64, least, most);

	pfnscope_table_set_string(out, into, column, range);
	free(range);
}

static void set_ranges(struct FORECAST_BRIEF_table *out, struct pfnscope_value *into,
		       const struct FORECAST_table *table, size_t row)
{
	uint64_t obtainable, unsure = 0, written;

	if (!pfnscope_table_number(CELL(table, row, FORECAST_obtainable_blocks), &obtainable))
		return;
	pfnscope_table_number(CELL(table, row, FORECAST_unsure_blocks), &unsure);
	set_range(CELL(out, into, FORECAST_BRIEF_obtainable),
		  obtainable > unsure ? obtainable - unsure : 0, obtainable);
	if (pfnscope_table_number(CELL(table, row, FORECAST_written_blocks), &written))
		set_range(CELL(out, into, FORECAST_BRIEF_written), written,
			  written > obtainable ? written : obtainable);
}

/* "reserved:6,kernel:4", or none. */
static void set_blockers(struct FORECAST_BRIEF_table *out, struct pfnscope_value *into,
			 const struct FORECAST_table *table, size_t row)
{
	const struct pfnscope_value *value =
		pfnscope_table_cell(CELL(table, row, FORECAST_blockers));
	struct pfnscope_text text = { 0 };
	uint32_t i;

	if (!value)
		return;
	for (i = 0; i < value->count; i++) {
		if (i)
			pfnscope_text_put_char(&text, ',');
		pfnscope_text_put_string(&text, value->words[i]);
	}
	pfnscope_table_set_string(CELL(out, into, FORECAST_BRIEF_blockers),
				  text.data ? text.data : "none");
	free(text.data);
}

struct pfnscope_table *pfnscope_forecast_brief(const struct pfnscope_table *any)
{
	const struct FORECAST_table *table = FORECAST_OF(any);
	struct FORECAST_BRIEF_table *out = FORECAST_BRIEF_NEW();
	struct pfnscope_value *into;
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++) {
		into = pfnscope_table_add(&out->all);
		pfnscope_table_copy(&out->all, into, &table->all, row);
		set_ranges(out, into, table, row);
		set_blockers(out, into, table, row);
	}
	return &out->all;
}
