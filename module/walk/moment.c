// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters, and lists by their heads. Nothing here allocates, sleeps or takes a
 * lock but slab_mutex, which is only tried, and only in a task that may be
 * preempted. What is read may be some allocations apart.
 */
#include <linux/cpumask.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/vmstat.h>

#include "reach/zone.h"
#include "record-slabs.h"
#include "walk/memory.h"
#include "walk/moment.h"
#include "walk/pcp.h"
#include "walk/slabs.h"
#include "walk/zonelists.h"

/* The largest caches only: they are what held the memory. */
#define TOP_SLABS	32

static const size_t record_size[PFNSCOPE_MOMENT_TABLES] = {
	[PFNSCOPE_MOMENT_ZONES] = sizeof(struct pfnscope_zone),
	[PFNSCOPE_MOMENT_ZONELISTS] = sizeof(struct pfnscope_zoneref),
	[PFNSCOPE_MOMENT_FREELISTS] = sizeof(struct pfnscope_free_area),
	[PFNSCOPE_MOMENT_PCP] = sizeof(struct pfnscope_pcp),
	[PFNSCOPE_MOMENT_LRU] = sizeof(struct pfnscope_zone_lru),
	[PFNSCOPE_MOMENT_SLABS] = sizeof(struct pfnscope_slab),
};

/**
 * pfnscope_moment_row - a record of a table
 * @moment: the tables
 * @table: which one
 * @row: from 0
 */
void *pfnscope_moment_row(const struct pfnscope_moment *moment,
			  enum pfnscope_moment_table table, unsigned int row)
{
	return moment->tables[table].rows + row * record_size[table];
}

/* A free record at the end of the table, NULL where it is full. */
static void *new_row(struct pfnscope_moment *moment,
		     enum pfnscope_moment_table table)
{
	struct pfnscope_rows *rows = &moment->tables[table];

	if (rows->count < rows->room)
		return pfnscope_moment_row(moment, table, rows->count);
	rows->cut = true;
	return NULL;
}

static void keep_row(struct pfnscope_moment *moment,
		     enum pfnscope_moment_table table)
{
	moment->tables[table].count++;
}

static void take_zones(struct pfnscope_moment *moment)
{
	struct pfnscope_zone_cursor cursor = { 0 };
	struct pfnscope_zone *zone;

	while ((zone = new_row(moment, PFNSCOPE_MOMENT_ZONES)) &&
	       pfnscope_zones_fill(&cursor, zone))
		keep_row(moment, PFNSCOPE_MOMENT_ZONES);
}

static void take_zonelists(struct pfnscope_moment *moment)
{
	struct pfnscope_zonelist_cursor cursor = { 0 };
	struct pfnscope_zoneref *zoneref;

	while ((zoneref = new_row(moment, PFNSCOPE_MOMENT_ZONELISTS)) &&
	       pfnscope_zonelists_fill(&cursor, zoneref))
		keep_row(moment, PFNSCOPE_MOMENT_ZONELISTS);
}

static void take_pcp(struct pfnscope_moment *moment)
{
	struct pfnscope_pcp_cursor cursor = { 0 };
	struct pfnscope_pcp *pcp;

	while ((pcp = new_row(moment, PFNSCOPE_MOMENT_PCP)) &&
	       pfnscope_pcp_fill(&cursor, pcp))
		keep_row(moment, PFNSCOPE_MOMENT_PCP);
}

/* The counts, and which lists have anything: their heads are not followed. */
static void take_free_area(struct zone *zone, struct pfnscope_free_area *free)
{
	unsigned int order;

	free->node = zone_to_nid(zone);
	free->zone = zone->name;
	for (order = 0; order < PFNSCOPE_NR_ORDERS; order++) {
		free->blocks[order] = pfnscope_zone_free(zone, order);
		free->types[order] = pfnscope_zone_free_types(zone, order);
	}
}

static void take_zone_lru(struct zone *zone, struct pfnscope_zone_lru *record)
{
	enum lru_list lru;

	record->node = zone_to_nid(zone);
	record->zone = zone->name;
	for_each_lru(lru)
		record->pages[lru] = zone_page_state(zone,
						     NR_ZONE_LRU_BASE + lru);
}

/* Of zones that have pages: the heads of the others may not be set up. */
static void take_freelists(struct pfnscope_moment *moment)
{
	struct pfnscope_zone_cursor cursor = { 0 };
	struct pfnscope_free_area *free;
	struct zone *zone;

	while ((zone = pfnscope_zone_next_populated(&cursor)) &&
	       (free = new_row(moment, PFNSCOPE_MOMENT_FREELISTS))) {
		take_free_area(zone, free);
		keep_row(moment, PFNSCOPE_MOMENT_FREELISTS);
	}
}

static void take_lru(struct pfnscope_moment *moment)
{
	struct pfnscope_zone_cursor cursor = { 0 };
	struct pfnscope_zone_lru *lru;
	struct zone *zone;

	while ((zone = pfnscope_zone_next_populated(&cursor)) &&
	       (lru = new_row(moment, PFNSCOPE_MOMENT_LRU))) {
		take_zone_lru(zone, lru);
		keep_row(moment, PFNSCOPE_MOMENT_LRU);
	}
}

/* If somebody has slab_mutex now, there may be a second try later. */
static void take_slabs(struct pfnscope_moment *moment)
{
	struct pfnscope_rows *rows = &moment->tables[PFNSCOPE_MOMENT_SLABS];
	int count;

	count = pfnscope_slabs_top(rows->rows, rows->room, &rows->unavailable);
	rows->count = max(count, 0);
	rows->missing = count == -EBUSY;
}

static void (*const take[PFNSCOPE_MOMENT_TABLES])(struct pfnscope_moment *) = {
	[PFNSCOPE_MOMENT_ZONES] = take_zones,
	[PFNSCOPE_MOMENT_FREELISTS] = take_freelists,
	[PFNSCOPE_MOMENT_LRU] = take_lru,
	[PFNSCOPE_MOMENT_PCP] = take_pcp,
	[PFNSCOPE_MOMENT_ZONELISTS] = take_zonelists,
	[PFNSCOPE_MOMENT_SLABS] = take_slabs,
};

/**
 * pfnscope_moment_take - take the tables, now
 * @moment: what is in it is lost
 * @how: which of them
 */
void pfnscope_moment_take(struct pfnscope_moment *moment,
			  enum pfnscope_moment_how how)
{
	unsigned int i;

	moment->boot_ns = ktime_get_mono_fast_ns();
	for (i = 0; i < PFNSCOPE_MOMENT_TABLES; i++) {
		struct pfnscope_rows *rows = &moment->tables[i];

		rows->count = 0;
		rows->cut = false;
		rows->later_ns = 0;
		rows->missing = !pfnscope_moment_takes(i, how,
						       num_online_cpus());
		rows->unavailable = rows->missing ? "not taken yet" : NULL;
		if (!rows->missing)
			take[i](moment);
	}
	moment->took_ns = ktime_get_mono_fast_ns() - moment->boot_ns;
}

/**
 * pfnscope_moment_complete - is no table left out?
 * @moment: the tables
 */
bool pfnscope_moment_complete(const struct pfnscope_moment *moment)
{
	unsigned int i;

	for (i = 0; i < PFNSCOPE_MOMENT_TABLES; i++)
		if (moment->tables[i].missing)
			return false;
	return true;
}

/* Somebody may be reading: not the rows as long as they are unavailable. */
static void add_table(struct pfnscope_rows *rows, u64 later_ns,
		      const struct pfnscope_rows *from, size_t size)
{
	rows->count = min(from->count, rows->room);
	rows->cut = from->cut || from->count > rows->room;
	rows->later_ns = later_ns;
	rows->missing = false;
	memcpy(rows->rows, from->rows, rows->count * size);
	/* Pairs with pfnscope_moment_why_none(): the rows are there. */
	smp_store_release(&rows->unavailable, from->unavailable);
}

/**
 * pfnscope_moment_add - add the tables that were left out
 * @moment: it may have readers, but no other writer
 * @rest: taken with PFNSCOPE_MOMENT_REST
 */
void pfnscope_moment_add(struct pfnscope_moment *moment,
			 const struct pfnscope_moment *rest)
{
	unsigned int i;

	for (i = 0; i < PFNSCOPE_MOMENT_TABLES; i++)
		if (moment->tables[i].missing)
			add_table(&moment->tables[i], rest->boot_ns,
				  &rest->tables[i], record_size[i]);
}

/**
 * pfnscope_moment_why_none - why a table has no rows
 * @moment: the tables
 * @table: which one
 *
 * To be asked before the rows are looked at.
 *
 * Return: why not, NULL if they are there.
 */
const char *pfnscope_moment_why_none(const struct pfnscope_moment *moment,
				     enum pfnscope_moment_table table)
{
	/* Pairs with add_table(): the rows are there. */
	return smp_load_acquire(&moment->tables[table].unavailable);
}

/* Zones that may come by hotplug are counted; one row more ends a walk. */
static unsigned int room_for(enum pfnscope_moment_table table)
{
	struct pfnscope_zone_cursor cursor = { 0 };
	unsigned int all = nr_node_ids * MAX_NR_ZONES, populated = 0;
	struct zone *zone;

	while ((zone = pfnscope_zone_next(&cursor)))
		populated += populated_zone(zone);
	switch (table) {
	case PFNSCOPE_MOMENT_ZONELISTS:
		return num_online_nodes() * MAX_ZONELISTS * (populated + 2) + 1;
	case PFNSCOPE_MOMENT_PCP:
		return num_possible_cpus() * (populated + 2) + 1;
	case PFNSCOPE_MOMENT_SLABS:
		return TOP_SLABS;
	default:
		return all + 1;
	}
}

/**
 * pfnscope_moment_alloc - memory for all tables of this machine
 *
 * Return: NULL where there is not enough.
 */
struct pfnscope_moment *pfnscope_moment_alloc(void)
{
	struct pfnscope_moment *moment = kzalloc(sizeof(*moment), PFNSCOPE_GFP);
	unsigned int i;

	for (i = 0; moment && i < PFNSCOPE_MOMENT_TABLES; i++) {
		struct pfnscope_rows *rows = &moment->tables[i];

		rows->room = room_for(i);
		rows->rows = __vmalloc(array_size(rows->room, record_size[i]),
				       PFNSCOPE_GFP | __GFP_ZERO);
		if (rows->rows)
			continue;
		pfnscope_moment_free(moment);
		return NULL;
	}
	return moment;
}

/**
 * pfnscope_moment_free - give it back
 * @moment: from pfnscope_moment_alloc(), or NULL
 */
void pfnscope_moment_free(struct pfnscope_moment *moment)
{
	unsigned int i;

	if (!moment)
		return;
	for (i = 0; i < PFNSCOPE_MOMENT_TABLES; i++)
		vfree(moment->tables[i].rows);
	kfree(moment);
}
