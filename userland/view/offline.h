/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of offline. */
#ifndef PFNSCOPE_VIEW_OFFLINE_H
#define PFNSCOPE_VIEW_OFFLINE_H

#include "table/fields.h"

#define OFFLINE_ROW "a block of memory that can go offline as a whole"
#define OFFLINE_FIELDS(F, V) \
	F(V, STRING, block, SHOWN | WHICH, NULL, "its name below /sys/devices/system/memory") \
	PLACE_FIELDS(F, V) \
	F(V, PFN, start_pfn, 0, "PFN", "its first page frame") \
	F(V, PAGES, pages, 0, NULL, "how large it is") \
	F(V, STRING, state, SHOWN, NULL, "online, offline, or on its way") \
	F(V, STRING, verdict, SHOWN, NULL, \
	  "now, moves, uncertain or never: whether it would go; offline: it has gone") \
	F(V, PAGES, move_pages, SHOWN, "MOVE", "pages that have to be moved out of it first") \
	F(V, PAGES, held_pages, SHOWN, "HELD", "pages that cannot move, or only when somebody lets go") \
	F(V, WORDS, blockers, SHOWN | WIDE, NULL, \
	  "pageblocks by the first such page in them: CLASS:BLOCKS, of slabs CACHE:BLOCKS") \
	F(V, WORDS, owners, WIDE | PRIVATE | PFNSCOPE_COMPUTED, NULL, \
	  "of blocks that are named: whose all these pages are, OWNER:PAGES") \
	F(V, STRING, because, SHOWN | WIDE, NULL, "what is in the way")

PFNSCOPE_COLUMNS(OFFLINE);
extern const struct pfnscope_view pfnscope_view_offline;
PFNSCOPE_TABLE(OFFLINE, pfnscope_view_offline);

#endif
