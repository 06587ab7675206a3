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
#include "view/zonelists.h"
#include "view/zones.h"

static uint64_t number_at(const struct pfnscope_table *table, size_t row,
			  unsigned int column)
{
	uint64_t number = 0;

	pfnscope_table_number(table, row, column, &number);
	return number;
}

static bool is_string(const struct pfnscope_table *table, size_t row,
		      unsigned int column, const char *wanted)
{
	const char *string = pfnscope_table_string(table, row, column);

	return string && wanted && !strcmp(string, wanted);
}

bool pfnscope_zones_shown(const struct pfnscope_table *table, size_t row,
			  const void *nothing)
{
	uint64_t present, managed;

	(void)nothing;
	if (pfnscope_table_number(table, row, ZONES_present_pages, &present) && present)
		return true;
	return !pfnscope_table_number(table, row, ZONES_managed_pages, &managed) ||
	       managed;
}

/* --- owners: the classes, which add up to the zone --- */

const struct pfnscope_view pfnscope_view_owners_brief = PFNSCOPE_VIEW(OWNERS_BRIEF, "owners");

/* Pages of all classes in the zone of @row. */
static uint64_t zone_pages(const struct pfnscope_table *table, size_t row)
{
	const char *zone = pfnscope_table_string(table, row, OWNERS_zone);
	uint64_t node = number_at(table, row, OWNERS_node), sum = 0;
	size_t i;

	for (i = 0; i < table->nr_rows; i++)
		if (is_string(table, i, OWNERS_kind, "class") &&
		    is_string(table, i, OWNERS_zone, zone) &&
		    number_at(table, i, OWNERS_node) == node)
			sum += number_at(table, i, OWNERS_pages);
	return sum;
}

/* A row of the zone with @pages; its other cells are the caller's. */
static struct pfnscope_value *add_share(struct pfnscope_table *out,
					const struct pfnscope_table *table,
					size_t row, uint64_t pages, uint64_t all)
{
	struct pfnscope_value *added = pfnscope_table_add(out);

	pfnscope_table_set_number(out, added, OWNERS_BRIEF_node,
				  number_at(table, row, OWNERS_node));
	pfnscope_table_set_string(out, added, OWNERS_BRIEF_zone,
				  pfnscope_table_string(table, row, OWNERS_zone));
	pfnscope_table_set_number(out, added, OWNERS_BRIEF_pages, pages);
	pfnscope_table_set_number(out, added, OWNERS_BRIEF_share_permille,
				  (uint64_t)((unsigned __int128)pages * 1000 / all));
	return added;
}

static bool first_of_zone(const struct pfnscope_table *table, size_t row)
{
	return !row || !is_string(table, row - 1, OWNERS_zone,
				  pfnscope_table_string(table, row, OWNERS_zone)) ||
	       number_at(table, row - 1, OWNERS_node) !=
	       number_at(table, row, OWNERS_node);
}

struct pfnscope_table *pfnscope_owners_brief(const struct pfnscope_table *table)
{
	struct pfnscope_table *out = pfnscope_table_new(&pfnscope_view_owners_brief);
	uint64_t all = 0;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		if (first_of_zone(table, row)) {
			all = zone_pages(table, row);
			if (all)
				pfnscope_table_set_string(out,
					add_share(out, table, row, all, all),
					OWNERS_BRIEF_owner, "all");
		}
		if (all && is_string(table, row, OWNERS_kind, "class"))
			pfnscope_table_copy(out, add_share(out, table, row,
						number_at(table, row, OWNERS_pages),
						all), table, row);
	}
	if (out->nr_rows)
		return out;
	pfnscope_table_free(out);
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
static size_t find_cache(const struct pfnscope_table *sums, const uint64_t *nodes,
			 const struct pfnscope_table *table, size_t row)
{
	const char *name = pfnscope_table_string(table, row, SLABS_name);
	uint64_t node = 1ULL << number_at(table, row, SLABS_node) % 64;
	size_t sum;

	for (sum = sums->nr_rows - 1; sum; sum--)
		if (is_string(sums, sum, SLABS_name, name) && !(nodes[sum] & node))
			return sum;
	return 0;
}

static size_t new_cache(struct pfnscope_table *sums, const struct pfnscope_table *table,
			size_t row)
{
	struct pfnscope_value *into = pfnscope_table_add(sums);

	copy_string(sums, into, table, row, SLABS_name);
	pfnscope_table_set_number(sums, into, SLABS_object_size_bytes,
				  number_at(table, row, SLABS_object_size_bytes));
	return sums->nr_rows - 1;
}

struct pfnscope_table *pfnscope_slabs_brief(const struct pfnscope_table *table)
{
	static const unsigned int sums[] = {
		SLABS_objects, SLABS_active_objects, SLABS_slabs,
		SLABS_partial_slabs, SLABS_held_bytes, SLABS_wasted_bytes,
	};
	static const unsigned int shown[] = {
		SLABS_name, SLABS_objects, SLABS_active_objects,
		SLABS_object_size_bytes, SLABS_slabs, SLABS_partial_slabs,
		SLABS_held_bytes, SLABS_wasted_bytes,
	};
	struct pfnscope_table *out = pfnscope_table_part(table,
		"a slab cache on all nodes that were chosen", shown, ARRAY_SIZE(shown));
	uint64_t *nodes = pfnscope_calloc(table->nr_rows + 1, sizeof(*nodes));
	size_t row, sum;

	if (table->nr_rows)
		pfnscope_table_set_string(out, pfnscope_table_add(out), SLABS_name,
					  "(all caches)");
	for (row = 0; row < table->nr_rows; row++) {
		sum = find_cache(out, nodes, table, row);
		if (!sum)
			sum = new_cache(out, table, row);
		nodes[sum] |= 1ULL << number_at(table, row, SLABS_node) % 64;
		pfnscope_table_sum_up(out, pfnscope_table_row(out, sum), table, row,
				      sums, ARRAY_SIZE(sums));
		pfnscope_table_sum_up(out, pfnscope_table_row(out, 0), table, row,
				      sums, ARRAY_SIZE(sums));
	}
	free(nodes);
	return out;
}

struct pfnscope_table *pfnscope_shrinkers_brief(const struct pfnscope_table *table)
{
	static const unsigned int sums[] = {
		SHRINKERS_root_objects, SHRINKERS_deferred_objects,
	};
	static const unsigned int shown[] = {
		SHRINKERS_position, SHRINKERS_name, SHRINKERS_fs_type, SHRINKERS_device,
		SHRINKERS_root_objects, SHRINKERS_deferred_objects,
	};
	struct pfnscope_table *out = pfnscope_table_part(table,
		"a shrinker that could free something, on all nodes that were chosen",
		shown, ARRAY_SIZE(shown));
	struct pfnscope_value *into = NULL;
	uint64_t last = UINT64_MAX;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		uint64_t position = number_at(table, row, SHRINKERS_position);

		if (!number_at(table, row, SHRINKERS_root_objects) &&
		    !number_at(table, row, SHRINKERS_deferred_objects))
			continue;
		if (!into || position != last) {
			into = pfnscope_table_add(out);
			pfnscope_table_set_number(out, into, SHRINKERS_position,
						  position);
			copy_string(out, into, table, row, SHRINKERS_name);
			copy_string(out, into, table, row, SHRINKERS_fs_type);
			copy_string(out, into, table, row, SHRINKERS_device);
		}
		last = position;
		pfnscope_table_sum_up(out, into, table, row, sums, ARRAY_SIZE(sums));
	}
	return out;
}

/* --- zonelists: one line a list --- */

#define ZONELISTS_BRIEF_ROW "the order in which the allocator tries zones for one node"
#define ZONELISTS_BRIEF_FIELDS(F, V) \
	ZONELISTS_LIST_FIELDS(F, V) \
	F(V, STRING, zones, SHOWN | WIDE, NULL, "node/zone in the order of trial")

PFNSCOPE_COLUMNS(ZONELISTS_BRIEF);

const struct pfnscope_view pfnscope_view_zonelists_brief = PFNSCOPE_VIEW(ZONELISTS_BRIEF, "zonelists");

/* The steps from @row on that are of the same list; returns the row behind. */
static size_t join_list(const struct pfnscope_table *table, size_t row, char **zones)
{
	const char *list = pfnscope_table_string(table, row, ZONELISTS_list);
	uint64_t node = number_at(table, row, ZONELISTS_node);
	char *longer;

	*zones = pfnscope_strdup("");
	for (; row < table->nr_rows && number_at(table, row, ZONELISTS_node) == node &&
	       is_string(table, row, ZONELISTS_list, list); row++) {
		const char *zone = pfnscope_table_string(table, row, ZONELISTS_zone);

		longer = pfnscope_format("%s%s%" PRIu64 "/%s", *zones,
					 **zones ? " " : "",
					 number_at(table, row, ZONELISTS_zone_node),
					 zone ? zone : "-");
		free(*zones);
		*zones = longer;
	}
	return row;
}

struct pfnscope_table *pfnscope_zonelists_brief(const struct pfnscope_table *table)
{
	struct pfnscope_table *out = pfnscope_table_new(&pfnscope_view_zonelists_brief);
	struct pfnscope_value *into;
	size_t row = 0, next;
	char *zones;

	while (row < table->nr_rows) {
		next = join_list(table, row, &zones);
		into = pfnscope_table_add(out);
		pfnscope_table_copy(out, into, table, row);
		pfnscope_table_set_string(out, into, ZONELISTS_BRIEF_zones, zones);
		free(zones);
		row = next > row ? next : row + 1;
	}
	return out;
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

static void set_range(struct pfnscope_table *out, struct pfnscope_value *into,
		      unsigned int column, uint64_t least, uint64_t most)
{
	char *range = least == most ? pfnscope_format("%" PRIu64, least) :
		      pfnscope_format("%" PRIu64 "-%" PRIu64, least, most);

	pfnscope_table_set_string(out, into, column, range);
	free(range);
}

static void set_ranges(struct pfnscope_table *out, struct pfnscope_value *into,
		       const struct pfnscope_table *table, size_t row)
{
	uint64_t obtainable, unsure = 0, written;

	if (!pfnscope_table_number(table, row, FORECAST_obtainable_blocks, &obtainable))
		return;
	pfnscope_table_number(table, row, FORECAST_unsure_blocks, &unsure);
	set_range(out, into, FORECAST_BRIEF_obtainable,
		  obtainable > unsure ? obtainable - unsure : 0, obtainable);
	if (pfnscope_table_number(table, row, FORECAST_written_blocks, &written))
		set_range(out, into, FORECAST_BRIEF_written, written,
			  written > obtainable ? written : obtainable);
}

/* "reserved:6,kernel:4", or none. */
static void set_blockers(struct pfnscope_table *out, struct pfnscope_value *into,
			 const struct pfnscope_table *table, size_t row)
{
	const struct pfnscope_value *value =
		pfnscope_table_cell(table, row, FORECAST_blockers);
	struct pfnscope_text text = { 0 };
	uint32_t i;

	if (!value)
		return;
	for (i = 0; i < value->count; i++) {
		if (i)
			pfnscope_text_put_char(&text, ',');
		pfnscope_text_put_string(&text, value->words[i]);
	}
	pfnscope_table_set_string(out, into, FORECAST_BRIEF_blockers,
				  text.data ? text.data : "none");
	free(text.data);
}

struct pfnscope_table *pfnscope_forecast_brief(const struct pfnscope_table *table)
{
	struct pfnscope_table *out = pfnscope_table_new(&pfnscope_view_forecast_brief);
	struct pfnscope_value *into;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		into = pfnscope_table_add(out);
		pfnscope_table_copy(out, into, table, row);
		set_ranges(out, into, table, row);
		set_blockers(out, into, table, row);
	}
	return out;
}
