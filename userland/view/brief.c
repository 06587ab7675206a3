// SPDX-License-Identifier: GPL-2.0-only
/* Views for people: rows summed up, totals, what is zero left out. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "table/fields.h"
#include "view/brief.h"
#include "view/forecast.h"

static uint64_t number_at(const struct pfnscope_table *table, size_t row,
			  const char *field)
{
	uint64_t number = 0;

	pfnscope_table_number(table, row, field, &number);
	return number;
}

static bool is_string(const struct pfnscope_table *table, size_t row,
		      const char *field, const char *wanted)
{
	const char *string = pfnscope_table_string(table, row, field);

	return string && wanted && !strcmp(string, wanted);
}

bool pfnscope_zones_shown(const struct pfnscope_table *table, size_t row,
			  const void *nothing)
{
	uint64_t present, managed;

	(void)nothing;
	if (pfnscope_table_number(table, row, "present_pages", &present) && present)
		return true;
	return !pfnscope_table_number(table, row, "managed_pages", &managed) ||
	       managed;
}

/* --- owners: the classes, which add up to the zone --- */

#define OWNERS_BRIEF_ROW "what a class of pages has in one zone"
#define OWNERS_BRIEF_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, owner, SHOWN | WIDE, NULL, "class of the pages") \
	F(V, PAGES, pages, SHOWN, NULL, "memory it has in the zone") \
	F(V, PERMILLE, share_permille, SHOWN, "SHARE", \
	  "of the memory that is present in the zone") \
	F(V, COUNT, blocks, SHOWN, NULL, "pageblocks it touches") \
	F(V, COUNT, spoiled_blocks, SHOWN, "SPOILED", \
	  "pageblocks that nobody else keeps from being freed")

PFNSCOPE_COLUMNS(OWNERS_BRIEF);

static const struct pfnscope_view owners_view = PFNSCOPE_VIEW(OWNERS_BRIEF, "owners");

/* Pages of all classes in the zone of @row. */
static uint64_t zone_pages(const struct pfnscope_table *table, size_t row)
{
	const char *zone = pfnscope_table_string(table, row, "zone");
	uint64_t node = number_at(table, row, "node"), sum = 0;
	size_t i;

	for (i = 0; i < table->nr_rows; i++)
		if (is_string(table, i, "kind", "class") &&
		    is_string(table, i, "zone", zone) &&
		    number_at(table, i, "node") == node)
			sum += number_at(table, i, "pages");
	return sum;
}

static struct pfnscope_value *add_owner(struct pfnscope_table *out,
					const struct pfnscope_table *table,
					size_t row, const char *owner,
					uint64_t pages, uint64_t all)
{
	struct pfnscope_value *added = pfnscope_table_add(out);

	pfnscope_table_set_number(out, added, "node", number_at(table, row, "node"));
	pfnscope_table_set_string(out, added, "zone",
				  pfnscope_table_string(table, row, "zone"));
	pfnscope_table_set_string(out, added, "owner", owner);
	pfnscope_table_set_number(out, added, "pages", pages);
	if (all)
		pfnscope_table_set_number(out, added, "share_permille",
			(uint64_t)((unsigned __int128)pages * 1000 / all));
	return added;
}

static bool first_of_zone(const struct pfnscope_table *table, size_t row)
{
	return !row || !is_string(table, row - 1, "zone",
				  pfnscope_table_string(table, row, "zone")) ||
	       number_at(table, row - 1, "node") != number_at(table, row, "node");
}

struct pfnscope_table *pfnscope_owners_brief(const struct pfnscope_table *table)
{
	struct pfnscope_table *out = pfnscope_table_new(&owners_view);
	uint64_t all = 0, blocks;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		const char *owner = pfnscope_table_string(table, row, "owner");
		struct pfnscope_value *added;

		if (first_of_zone(table, row)) {
			all = zone_pages(table, row);
			if (all)
				add_owner(out, table, row, "all", all, all);
		}
		if (!all || !owner || !is_string(table, row, "kind", "class"))
			continue;
		added = add_owner(out, table, row, owner,
				  number_at(table, row, "pages"), all);
		if (pfnscope_table_number(table, row, "blocks", &blocks))
			pfnscope_table_set_number(out, added, "blocks", blocks);
		if (pfnscope_table_number(table, row, "spoiled_blocks", &blocks))
			pfnscope_table_set_number(out, added, "spoiled_blocks",
						  blocks);
	}
	if (out->nr_rows)
		return out;
	pfnscope_table_free(out);
	return NULL;
}

/* --- slabs, shrinkers: the nodes summed up --- */

/* Adds what a row counts to another of the same table, or of one like it. */
static void sum_up(struct pfnscope_table *out, struct pfnscope_value *into,
		   const struct pfnscope_table *table, size_t row,
		   const char *const *fields)
{
	uint64_t number;

	for (; *fields; fields++) {
		int index = pfnscope_view_field(out->view, *fields);

		if (index < 0 ||
		    !pfnscope_table_number(table, row, *fields, &number))
			continue;
		if (into[index].known &&
		    __builtin_add_overflow(number, into[index].number, &number))
			number = UINT64_MAX;
		pfnscope_table_set_number(out, into, *fields, number);
	}
}

static void copy_string(struct pfnscope_table *out, struct pfnscope_value *into,
			const struct pfnscope_table *table, size_t row,
			const char *field)
{
	const char *string = pfnscope_table_string(table, row, field);

	if (string)
		pfnscope_table_set_string(out, into, field, string);
}

/*
 * A table without rows whose fields are those of @table that are named: what a
 * column means is said by the view alone.
 */
static struct pfnscope_table *table_of(const struct pfnscope_table *table,
				       const char *row, const char *const *names)
{
	struct pfnscope_table *out = pfnscope_table_new(table->view);
	struct pfnscope_view *view = pfnscope_table_keep(out, sizeof(*view));
	struct pfnscope_field *fields;
	size_t count = 0;
	int field;

	fields = pfnscope_table_keep(out, table->view->nr_fields * sizeof(*fields));
	for (; *names; names++) {
		field = pfnscope_view_field(table->view, *names);
		if (field >= 0)
			fields[count++] = table->view->fields[field];
	}
	*view = *table->view;
	view->row = row;
	view->fields = fields;
	view->nr_fields = count;
	out->view = view;
	return out;
}

/* The nodes of a cache follow each other, each node once. */
static bool goes_on(const struct pfnscope_table *table, size_t row,
		    const char *field)
{
	return row && is_string(table, row, field,
				pfnscope_table_string(table, row - 1, field)) &&
	       number_at(table, row, "node") > number_at(table, row - 1, "node");
}

struct pfnscope_table *pfnscope_slabs_brief(const struct pfnscope_table *table)
{
	static const char *const sums[] = {
		"objects", "active_objects", "slabs", "partial_slabs",
		"held_bytes", "wasted_bytes", NULL
	};
	static const char *const shown[] = {
		"name", "objects", "active_objects", "object_size_bytes",
		"slabs", "partial_slabs", "held_bytes", "wasted_bytes", NULL
	};
	struct pfnscope_table *out = table_of(table,
		"a slab cache on all nodes that were chosen", shown);
	struct pfnscope_value *into = NULL;
	size_t row;

	if (table->nr_rows)
		pfnscope_table_set_string(out, pfnscope_table_add(out), "name",
					  "(all caches)");
	for (row = 0; row < table->nr_rows; row++) {
		if (!goes_on(table, row, "name")) {
			into = pfnscope_table_add(out);
			copy_string(out, into, table, row, "name");
			pfnscope_table_set_number(out, into, "object_size_bytes",
				number_at(table, row, "object_size_bytes"));
		}
		sum_up(out, into, table, row, sums);
		sum_up(out, out->cells, table, row, sums);
	}
	return out;
}

struct pfnscope_table *pfnscope_shrinkers_brief(const struct pfnscope_table *table)
{
	static const char *const sums[] = { "root_objects", "deferred_objects", NULL };
	static const char *const shown[] = { "position", "name", "root_objects",
					     "deferred_objects", NULL };
	struct pfnscope_table *out = table_of(table,
		"a shrinker that could free something, on all nodes that were chosen",
		shown);
	struct pfnscope_value *into = NULL;
	uint64_t last = UINT64_MAX;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		uint64_t position = number_at(table, row, "position");

		if (!number_at(table, row, "root_objects") &&
		    !number_at(table, row, "deferred_objects"))
			continue;
		if (!into || position != last) {
			into = pfnscope_table_add(out);
			pfnscope_table_set_number(out, into, "position", position);
			copy_string(out, into, table, row, "name");
		}
		last = position;
		sum_up(out, into, table, row, sums);
	}
	return out;
}

/* --- zonelists: one line a list --- */

#define ZONELISTS_BRIEF_ROW "the order in which the allocator tries zones for one node"
#define ZONELISTS_BRIEF_FIELDS(F, V) \
	F(V, COUNT, node, SHOWN, NULL, "node the request prefers") \
	F(V, STRING, list, SHOWN, NULL, "fallback, or nofallback for __GFP_THISNODE") \
	F(V, STRING, zones, SHOWN | WIDE, NULL, "node/zone in the order of trial")

PFNSCOPE_COLUMNS(ZONELISTS_BRIEF);

static const struct pfnscope_view zonelists_view = PFNSCOPE_VIEW(ZONELISTS_BRIEF, "zonelists");

/* The steps from @row on that are of the same list; returns the row behind. */
static size_t join_list(const struct pfnscope_table *table, size_t row, char **zones)
{
	const char *list = pfnscope_table_string(table, row, "list");
	uint64_t node = number_at(table, row, "node");
	char *longer;

	*zones = pfnscope_strdup("");
	for (; row < table->nr_rows && number_at(table, row, "node") == node &&
	       is_string(table, row, "list", list); row++) {
		const char *zone = pfnscope_table_string(table, row, "zone");

		longer = pfnscope_format("%s%s%" PRIu64 "/%s", *zones,
					 **zones ? " " : "",
					 number_at(table, row, "zone_node"),
					 zone ? zone : "-");
		free(*zones);
		*zones = longer;
	}
	return row;
}

struct pfnscope_table *pfnscope_zonelists_brief(const struct pfnscope_table *table)
{
	struct pfnscope_table *out = pfnscope_table_new(&zonelists_view);
	struct pfnscope_value *into;
	size_t row = 0, next;
	char *zones;

	while (row < table->nr_rows) {
		next = join_list(table, row, &zones);
		into = pfnscope_table_add(out);
		pfnscope_table_set_number(out, into, "node",
					  number_at(table, row, "node"));
		copy_string(out, into, table, row, "list");
		pfnscope_table_set_string(out, into, "zones", zones);
		free(zones);
		row = next > row ? next : row + 1;
	}
	return out;
}

/* --- forecast: what there is now, what one write gets, and what help gets --- */

#define FORECAST_BRIEF_ROW "a zone"
#define FORECAST_BRIEF_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, COUNT, order, SHOWN, NULL, "blocks of two to this power pages") \
	F(V, COUNT, now_blocks, SHOWN, "NOW", "free") \
	F(V, STRING, written, SHOWN, NULL, \
	  "what one write to nr_hugepages gets: at least, and no more than with help") \
	F(V, STRING, obtainable, SHOWN, NULL, \
	  "with cache dropped and memory compacted: at least, at most") \
	F(V, COUNT, never_blocks, SHOWN, "NEVER", "with a page that cannot move") \
	F(V, STRING, blockers, SHOWN | WIDE, NULL, \
	  "who alone spoils how many pageblocks: OWNER:BLOCKS")

PFNSCOPE_COLUMNS(FORECAST_BRIEF);

static const struct pfnscope_view forecast_view = PFNSCOPE_VIEW(FORECAST_BRIEF, "forecast");

static void set_range(struct pfnscope_table *out, struct pfnscope_value *into,
		      const char *field, uint64_t least, uint64_t most)
{
	char *range = least == most ? pfnscope_format("%" PRIu64, least) :
		      pfnscope_format("%" PRIu64 "-%" PRIu64, least, most);

	pfnscope_table_set_string(out, into, field, range);
	free(range);
}

static void set_ranges(struct pfnscope_table *out, struct pfnscope_value *into,
		       const struct pfnscope_table *table, size_t row)
{
	uint64_t obtainable, unsure = 0, written;

	if (!pfnscope_table_number(table, row, "obtainable_blocks", &obtainable))
		return;
	pfnscope_table_number(table, row, "unsure_blocks", &unsure);
	set_range(out, into, "obtainable",
		  obtainable > unsure ? obtainable - unsure : 0, obtainable);
	if (pfnscope_table_number(table, row, "written_blocks", &written))
		set_range(out, into, "written", written,
			  written > obtainable ? written : obtainable);
}

/* "reserved:6,kernel:4", or none. */
static void set_blockers(struct pfnscope_table *out, struct pfnscope_value *into,
			 const struct pfnscope_table *table, size_t row)
{
	int field = pfnscope_view_field(table->view, "blockers");
	const struct pfnscope_value *value;
	struct pfnscope_text text = { 0 };
	uint32_t i;

	value = field < 0 ? NULL : pfnscope_table_value(table, row, (size_t)field);
	if (!value || !value->known)
		return;
	for (i = 0; i < value->count; i++) {
		if (i)
			pfnscope_text_put_char(&text, ',');
		pfnscope_text_put_string(&text, value->words[i]);
	}
	pfnscope_table_set_string(out, into, "blockers",
				  text.data ? text.data : "none");
	free(text.data);
}

struct pfnscope_table *pfnscope_forecast_brief(const struct pfnscope_table *table)
{
	static const char *const same[] = { "node", "order", "now_blocks",
					    "never_blocks", NULL };
	struct pfnscope_table *out = pfnscope_table_new(&forecast_view);
	struct pfnscope_value *into;
	size_t row;

	for (row = 0; row < table->nr_rows; row++) {
		into = pfnscope_table_add(out);
		sum_up(out, into, table, row, same);
		copy_string(out, into, table, row, "zone");
		set_ranges(out, into, table, row);
		set_blockers(out, into, table, row);
	}
	return out;
}
