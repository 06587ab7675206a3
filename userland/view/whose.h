/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of whose, there for the page frames that control/whose names. */
#ifndef PFNSCOPE_VIEW_WHOSE_H
#define PFNSCOPE_VIEW_WHOSE_H

#include "table/fields.h"

#define WHOSE_ROW "page frames side by side that are alike, or one"
#define WHOSE_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, PFN, start_pfn, SHOWN, "PFN", "the first of them") \
	F(V, PAGES, pages, SHOWN, NULL, "how much memory that is") \
	F(V, STRING, migratetype, 0, NULL, "of their pageblock") \
	F(V, STRING, class, SHOWN, NULL, "what they are") \
	F(V, WORDS, states, SHOWN | WIDE, NULL, "the states they are in") \
	F(V, COUNT, order, SHOWN, NULL, "of the free block or large page they are part of") \
	F(V, STRING, fate, 0, NULL, "free, drainable, clean, movable or unmovable") \
	F(V, COUNT, refs, SHOWN, NULL, "references to it") \
	F(V, COUNT, maps, SHOWN, NULL, "mappings by processes, of small pages") \
	F(V, STRING, owner_kind, 0, NULL, "how the owner is named, see owners") \
	F(V, STRING, owner, SHOWN | WIDE | PRIVATE, NULL, \
	  "slab cache, function, or part of the kernel") \
	F(V, STRING, cgroup, WIDE | PRIVATE, NULL, "memory cgroup that they are charged to") \
	F(V, STRING, device, 0, NULL, \
	  "of the file that they are page cache of, as in /proc/self/mountinfo; since 1.1") \
	F(V, COUNT, inode, 0, NULL, "its number, as ls -i shows it; since 1.1") \
	F(V, STRING, fs_type, 0, "FS", "type of its file system; since 1.1") \
	F(V, STRING, fs_path, WIDE | PRIVATE, NULL, \
	  "one of its paths inside the file system; since 1.1") \
	F(V, STRING, path, WIDE | PRIVATE | PFNSCOPE_COMPUTED, NULL, \
	  "the same where that is mounted, or behind the device where it is not") \
	F(V, WORDS, processes, WIDE | PRIVATE | PFNSCOPE_COMPUTED, NULL, \
	  "processes that map one of them, PID:NAME; the first eight, and how many more") \
	F(V, STRING, way_out, SHOWN | WIDE | PFNSCOPE_COMPUTED, NULL, \
	  "what would have to happen for the room to be free")

PFNSCOPE_COLUMNS(WHOSE);
extern const struct pfnscope_view pfnscope_view_whose;
PFNSCOPE_TABLE(WHOSE, pfnscope_view_whose);

/* Fills in the last column of every row. */
struct pfnscope_table;
void pfnscope_whose_tell(struct pfnscope_table *table);

#endif
