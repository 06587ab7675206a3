/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a table is declared, and the fields that several tables have: what a column
 * means is said once. The fields are a list, a macro that takes another one:
 *
 *	#define THINGS_ROW "a thing"
 *	#define THINGS_FIELDS(F, V) \
 *		NODE_FIELD(F, V) \
 *		F(V, PAGES, free_pages, SHOWN, NULL, "in the buddy allocator now")
 *	PFNSCOPE_COLUMNS(THINGS);
 *
 * gives the enumerators THINGS_node and THINGS_free_pages, by which cells are found,
 * and PFNSCOPE_VIEW(THINGS, "things") a view. Each field has a kind, a name that ends in
 * its unit, flags, a heading or NULL, and help.
 *
 * It gives struct THINGS_table too, a table of that view and of no other. CELL() stands for
 * a table, a row and a column, wherever a function takes these three, and does not compile
 * with the column of another view. One line more,
 *
 *	PFNSCOPE_TABLE(THINGS, pfnscope_view_things);
 *
 * gives THINGS_NEW(), THINGS_IN() a snapshot, THINGS_OF() a table of whatever view, which has
 * to be this one, and THINGS_FROM() one that is written to. What takes any table is given
 * &things->all.
 */
#ifndef PFNSCOPE_TABLE_FIELDS_H
#define PFNSCOPE_TABLE_FIELDS_H

#include "table/bound.h"
#include "table/field.h"
#include "table/table.h"

#define SHOWN	PFNSCOPE_SHOWN
#define WIDE	PFNSCOPE_WIDE
#define BELOW	PFNSCOPE_BELOW
#define PROSE	PFNSCOPE_PROSE
#define PRIVATE	PFNSCOPE_PRIVATE
#define WHICH	PFNSCOPE_WHICH

/* The kinds: type and unit. */
#define PFNSCOPE_KIND_COUNT	PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE
#define PFNSCOPE_KIND_PAGES	PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES
#define PFNSCOPE_KIND_BYTES	PFNSCOPE_NUMBER, PFNSCOPE_UNIT_BYTES
#define PFNSCOPE_KIND_NS	PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NS
#define PFNSCOPE_KIND_MS	PFNSCOPE_NUMBER, PFNSCOPE_UNIT_MS
#define PFNSCOPE_KIND_PFN	PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PFN
#define PFNSCOPE_KIND_MASK	PFNSCOPE_NUMBER, PFNSCOPE_UNIT_MASK
#define PFNSCOPE_KIND_PERMILLE	PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PERMILLE
#define PFNSCOPE_KIND_SIGNED	PFNSCOPE_SIGNED, PFNSCOPE_UNIT_NONE
#define PFNSCOPE_KIND_SIGNED_PERMILLE	PFNSCOPE_SIGNED, PFNSCOPE_UNIT_PERMILLE
#define PFNSCOPE_KIND_NUMBERS	PFNSCOPE_NUMBERS, PFNSCOPE_UNIT_NONE
#define PFNSCOPE_KIND_NUMBERS_PAGES	PFNSCOPE_NUMBERS, PFNSCOPE_UNIT_PAGES
#define PFNSCOPE_KIND_STRING	PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE
#define PFNSCOPE_KIND_WORDS	PFNSCOPE_WORDS, PFNSCOPE_UNIT_NONE

/* What a list is given for its F. */
#define PFNSCOPE_ENUMERATOR(view, kind, name, ...)	view##_##name,
#define PFNSCOPE_FIELD(view, kind, name, flags, heading, help) \
	{ #name, PFNSCOPE_KIND_##kind, flags, help, heading, view##_##name },

#define PFNSCOPE_MEMBER(view, kind, name, ...)		char view##_##name;

/*
 * The enumerators of a list, and how many there are: THINGS_COLUMNS. The columns of struct
 * THINGS_table take no room: their names are asked for, and nothing is read from them.
 */
#define PFNSCOPE_COLUMNS(view) \
	enum { view##_FIELDS(PFNSCOPE_ENUMERATOR, view) view##_COLUMNS }; \
	struct view##_table { \
		struct pfnscope_table all; \
		struct { view##_FIELDS(PFNSCOPE_MEMBER, view) } columns[]; \
	}

/* The arguments table, row and column, of a function or of a reading like it. */
#define CELL(table, row, column) \
	&(table)->all, (row), (unsigned int)((column) + 0 * sizeof((table)->columns->column))

/* Nobody needs all of them. */
#define PFNSCOPE_WAY	__attribute__((unused)) static inline

/* Ways to the tables of a view, see above. */
#define PFNSCOPE_TABLE(view, object) \
	PFNSCOPE_WAY struct view##_table *view##_NEW(void) \
	{ \
		return (void *)pfnscope_table_new(&(object)); \
	} \
	PFNSCOPE_WAY const struct view##_table * \
	view##_IN(const struct pfnscope_snapshot *snapshot) \
	{ \
		return (const void *)pfnscope_snapshot_table(snapshot, &(object)); \
	} \
	PFNSCOPE_WAY const struct view##_table * \
	view##_OF(const struct pfnscope_table *table) \
	{ \
		return (const void *)pfnscope_table_is(table, &(object)); \
	} \
	PFNSCOPE_WAY struct view##_table *view##_FROM(struct pfnscope_table *table) \
	{ \
		pfnscope_table_is(table, &(object)); \
		return (void *)table; \
	} \
	struct view##_table

/* The name of a column of a list, for where a user's word is expected. */
#define PFNSCOPE_NAME(view, name)	(&#name[0 * view##_##name])

/* What a struct pfnscope_view is initialised with. */
#define PFNSCOPE_VIEW(view, called) {					\
		.name = (called),					\
		.major = 1,						\
		.row = view##_ROW,					\
		.fields = (const struct pfnscope_field[]) {		\
			view##_FIELDS(PFNSCOPE_FIELD, view)		\
		},							\
		.nr_fields = view##_COLUMNS,				\
	}

/* The same with limits that the kernel acts on, a list of initialisers: THINGS_BOUNDS. */
#define PFNSCOPE_BOUNDED_VIEW(view, called) {				\
		.name = (called),					\
		.major = 1,						\
		.row = view##_ROW,					\
		.fields = (const struct pfnscope_field[]) {		\
			view##_FIELDS(PFNSCOPE_FIELD, view)		\
		},							\
		.nr_fields = view##_COLUMNS,				\
		.bounds = (const struct pfnscope_bound[]) { view##_BOUNDS }, \
		.nr_bounds = sizeof((const struct pfnscope_bound[]) { view##_BOUNDS }) / \
			     sizeof(struct pfnscope_bound),		\
	}

#define NODE_FIELD(F, V)	F(V, COUNT, node, SHOWN | WHICH, NULL, "NUMA node")
#define ZONE_FIELD(F, V)	F(V, STRING, zone, SHOWN | WHICH, NULL, "zone of the node")

/* What is told by zone mostly begins with where that is. */
#define PLACE_FIELDS(F, V)	NODE_FIELD(F, V) ZONE_FIELD(F, V)
PFNSCOPE_COLUMNS(PLACE);
#define PFNSCOPE_BEGINS_WITH_PLACE(view) \
	_Static_assert((int)(view##_node) == PLACE_node && \
		       (int)(view##_zone) == PLACE_zone, #view)

#define CGROUP_FIELD(F, V) \
	F(V, STRING, cgroup, SHOWN | PRIVATE | WHICH, NULL, "memory cgroup that the pages are charged to")
#define CGROUP_ID_FIELD(F, V) \
	F(V, COUNT, cgroup_id, WHICH, NULL, \
	  "number of the cgroup, the inode of its directory")
#define CGROUP_STATE_FIELD(F, V, flags) \
	F(V, STRING, state, flags, NULL, "online, or dying where its directory is gone")
/* What is told by cgroup in a zone begins with these. */
#define LRUVEC_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	CGROUP_FIELD(F, V) \
	CGROUP_ID_FIELD(F, V) \
	CGROUP_STATE_FIELD(F, V, SHOWN)
PFNSCOPE_COLUMNS(LRUVEC);

#define GENERATION_FIELDS(F, V) \
	F(V, COUNT, generation, SHOWN | WHICH, NULL, \
	  "number of the generation; the highest is the youngest") \
	F(V, MS, age_ms, SHOWN, NULL, "time since the generation began") \
	F(V, PAGES, anon_pages, SHOWN, NULL, \
	  "anonymous pages last seen in use while it was the youngest") \
	F(V, PAGES, file_pages, SHOWN, NULL, \
	  "pages of files last seen in use while it was the youngest")

/* Of a table with bounds; filled in when it was read. */
#define MARKS_FIELD(F, V, flags) \
	F(V, WORDS, marks, (flags) | PFNSCOPE_COMPUTED, NULL, \
	  "which of these numbers are past a limit that the kernel acts on")

/* Where free pages stand in a zone that has any; @boost is added to each mark, or 0. */
#define WATERMARK_BOUNDS(V, boost) \
	{ .field = V##_free_pages, .side = PFNSCOPE_NOT_ABOVE, .limit = V##_min_pages, \
	  .added = (boost), .only = V##_managed_pages, \
	  .severity = PFNSCOPE_SEVERITY_CRITICAL, .word = "below_min", \
	  .help = "free is not above min: requests have to reclaim first" }, \
	{ .field = V##_free_pages, .side = PFNSCOPE_NOT_ABOVE, .limit = V##_low_pages, \
	  .added = (boost), .only = V##_managed_pages, \
	  .severity = PFNSCOPE_SEVERITY_WARNING, .word = "below_low", \
	  .help = "free is not above low: kswapd is woken" }, \
	{ .field = V##_free_pages, .side = PFNSCOPE_NOT_ABOVE, .limit = V##_high_pages, \
	  .added = (boost), .only = V##_managed_pages, \
	  .severity = PFNSCOPE_SEVERITY_NOTE, .word = "below_high", \
	  .help = "free is not above high: kswapd, once woken, goes on" },

/* What can be had: each includes the one before it. */
#define NOW_FIELD(F, V)	F(V, COUNT, now_blocks, SHOWN, "NOW", "free")
#define LADDER_FIELDS(F, V) \
	NOW_FIELD(F, V) \
	F(V, COUNT, drained_blocks, SHOWN, "DRAINED", \
	  "free if the per-CPU lists were drained, at best") \
	F(V, COUNT, reclaimed_blocks, SHOWN, "RECLAIMED", \
	  "free if clean, unmapped file cache were dropped as well") \
	F(V, COUNT, compacted_blocks, SHOWN, "COMPACTED", \
	  "free if pages were moved, as far as the free pages go")
#define UNSURE_FIELD(F, V, flags) \
	F(V, COUNT, unsure_blocks, flags, "UNCERTAIN", \
	  "of OBTAINABLE, what depends on pages being unmapped or moved in time")
#define WRITTEN_FIELD(F, V) \
	F(V, COUNT, written_blocks, SHOWN, "WRITTEN", \
	  "what one write to nr_hugepages gets at least")
#define NEVER_FIELD(F, V) \
	F(V, COUNT, never_blocks, SHOWN, "BLOCKED", "with a page that cannot move")
#define UNUSABLE_FIELD(F, V, flags) \
	F(V, SIGNED_PERMILLE, unusable_permille, flags, "UNUSABLE", \
	  "share of the free memory that lies in blocks too small for the order: higher is worse")
#define EXTFRAG_FIELD(F, V, flags) \
	F(V, SIGNED_PERMILLE, extfrag_permille, flags, "EXTFRAG", \
	  "kernel's __fragmentation_index: ok, the request does not fail (-1000); towards 0 it fails for want of memory, towards 100 % (1000) for fragmentation")

#endif
