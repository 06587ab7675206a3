/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The same numbers for people: what is many-valued as a matrix, what is zero left
 * out, totals. --all, -o, --raw and --json show the view as it is.
 */
#ifndef PFNSCOPE_VIEW_BRIEF_H
#define PFNSCOPE_VIEW_BRIEF_H

#include "table/fields.h"
#include "table/table.h"
#include "view/owners.h"

#define OWNERS_BRIEF_ROW "what a class of pages has in one zone"
#define OWNERS_BRIEF_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, owner, SHOWN | WIDE, NULL, "class of the pages") \
	OWNERS_PAGES_FIELD(F, V) \
	F(V, PERMILLE, share_permille, SHOWN, "SHARE", \
	  "of the memory that is present in the zone") \
	OWNERS_BLOCKS_FIELDS(F, V)

PFNSCOPE_COLUMNS(OWNERS_BRIEF);
extern const struct pfnscope_view pfnscope_view_owners_brief;
PFNSCOPE_TABLE(OWNERS_BRIEF, pfnscope_view_owners_brief);
extern const struct pfnscope_view pfnscope_view_zonelists_brief;
extern const struct pfnscope_view pfnscope_view_forecast_brief;
/* For --help: a column stands for those of all orders, or sizes. */
extern const struct pfnscope_view pfnscope_view_freelists_brief;
extern const struct pfnscope_view pfnscope_view_contiguity_brief;
extern const struct pfnscope_view pfnscope_view_thp_brief;

/*
 * Each returns a table of its own, to be freed, or NULL where the rows that were
 * chosen are best shown as they are.
 */
struct pfnscope_table *pfnscope_freelists_brief(const struct pfnscope_table *table);
struct pfnscope_table *pfnscope_contiguity_brief(const struct pfnscope_table *table);
struct pfnscope_table *pfnscope_owners_brief(const struct pfnscope_table *table);
struct pfnscope_table *pfnscope_slabs_brief(const struct pfnscope_table *table);
struct pfnscope_table *pfnscope_shrinkers_brief(const struct pfnscope_table *table);
struct pfnscope_table *pfnscope_zonelists_brief(const struct pfnscope_table *table);
struct pfnscope_table *pfnscope_forecast_brief(const struct pfnscope_table *table);
struct pfnscope_table *pfnscope_thp_brief(const struct pfnscope_table *table);

/* Whether a row is shown: zones that have memory. */
bool pfnscope_zones_shown(const struct pfnscope_table *table, size_t row,
			  const void *nothing);
bool pfnscope_summary_shown(const struct pfnscope_table *table, size_t row,
			    const void *nothing);

#endif
