/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pageblocks summed up, as there may be half a million: by what keeps them from being
 * freed, or by what they are used for. Rows come one by one and are not kept.
 */
#ifndef PFNSCOPE_VIEW_BY_BLOCK_H
#define PFNSCOPE_VIEW_BY_BLOCK_H

#include "table/fields.h"
#include "table/table.h"

#define BY_BLOCK_FIELDS(F, V, share) \
	F(V, COUNT, blocks, SHOWN, NULL, "pageblocks") \
	F(V, PERMILLE, share_permille, share, "SHARE", "of the pageblocks of the zone")

#define BY_BLOCKER_ROW "the pageblocks of a zone with the same blocker"
#define BY_BLOCKER_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, blocker_class, SHOWN, "BLOCKER", \
	  "class of the first page that cannot move; none: all can, or are free") \
	F(V, STRING, blocker, SHOWN | WIDE, "NAME", "the slab cache, where it is one") \
	BY_BLOCK_FIELDS(F, V, SHOWN) \
	F(V, PAGES, unmovable_pages, SHOWN, "UNMOV", "unmovable pages in them, whoever has them") \
	F(V, PAGES, movable_pages, SHOWN, "MOVABLE", "movable pages in them") \
	F(V, PAGES, free_pages, SHOWN, "FREE", "free pages in them")

PFNSCOPE_COLUMNS(BY_BLOCKER);
extern const struct pfnscope_view pfnscope_view_by_blocker;
PFNSCOPE_TABLE(BY_BLOCKER, pfnscope_view_by_blocker);

#define BY_TYPE_ROW "the pageblocks of a zone with the same migratetype"
#define BY_TYPE_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, migratetype, SHOWN, "TYPE", "what the allocator uses them for") \
	BY_BLOCK_FIELDS(F, V, 0) \
	F(V, COUNT, blocked_blocks, SHOWN, "BLOCKED", \
	  "of them, those with a page that cannot move") \
	F(V, PAGES, free_pages, SHOWN, "FREE", "in the buddy allocator") \
	F(V, PAGES, anon_pages, SHOWN, "ANON", "anonymous memory of processes") \
	F(V, PAGES, file_pages, SHOWN, "FILE", "page cache, without shmem") \
	F(V, PAGES, slab_pages, SHOWN, "SLAB", "slab caches") \
	F(V, PAGES, kernel_pages, SHOWN, "KERNEL", "other pages in use") \
	F(V, PAGES, unmovable_pages, SHOWN, "UNMOV", "cannot move")

PFNSCOPE_COLUMNS(BY_TYPE);
extern const struct pfnscope_view pfnscope_view_by_type;
PFNSCOPE_TABLE(BY_TYPE, pfnscope_view_by_type);

/* Fields of pageblocks that either is made from, ended by NULL. */
extern const char *const pfnscope_by_block_needs[];

/* Adds the only row of @blocks to the sums, a table of one of the views above. */
void pfnscope_by_block_take(void *sums, const struct pfnscope_table *blocks);
/* When all are taken: what share of its zone each is; with @totals a row for the zone. */
void pfnscope_by_block_finish(struct pfnscope_table *sums, bool totals);

#endif
