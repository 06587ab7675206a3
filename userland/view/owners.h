/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of owners. */
#ifndef PFNSCOPE_VIEW_OWNERS_H
#define PFNSCOPE_VIEW_OWNERS_H

#include "table/fields.h"

#define OWNERS_ROW "what one owner has in one zone; each page has several owners"
#define OWNERS_PAGES_FIELD(F, V) \
	F(V, PAGES, pages, SHOWN, NULL, "memory it has in the zone")
#define OWNERS_BLOCKS_FIELDS(F, V) \
	F(V, COUNT, blocks, SHOWN, NULL, "pageblocks it touches") \
	F(V, COUNT, spoiled_blocks, SHOWN, "SOLE_BLOCKER", \
	  "pageblocks that only its pages keep from being freed as a whole")
#define OWNERS_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, kind, SHOWN | WHICH, NULL, \
	  "class, state, order, slab, cgroup, dying_cgroup, vmalloc, reserved, holder or counter") \
	F(V, STRING, owner, SHOWN | WIDE | PRIVATE | WHICH, NULL, "its name: of a class, a state, a cache, a cgroup") \
	OWNERS_PAGES_FIELD(F, V) \
	OWNERS_BLOCKS_FIELDS(F, V)

PFNSCOPE_COLUMNS(OWNERS);
extern const struct pfnscope_view pfnscope_view_owners;
PFNSCOPE_TABLE(OWNERS, pfnscope_view_owners);

/*
 * "slab dentry 1.2M, kmalloc-1k 1M, vmalloc load_module 300K": the @count largest rows that have a
 * name, of which a page may have several; to be freed, NULL where there is none. Others
 * are taken out of @table.
 */
struct pfnscope_table;
char *pfnscope_owners_names(struct pfnscope_table *table, size_t count,
			    uint64_t page_size);

#endif
