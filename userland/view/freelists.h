/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of freelists. */
#ifndef PFNSCOPE_VIEW_FREELISTS_H
#define PFNSCOPE_VIEW_FREELISTS_H

#include "table/fields.h"

#define FREELISTS_ROW "the free blocks of one order and migratetype in a zone"
#define FREELISTS_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, COUNT, order, SHOWN | WHICH, NULL, "the blocks have two to this power pages") \
	F(V, STRING, migratetype, SHOWN | WHICH, NULL, "of the pageblock they start in") \
	F(V, COUNT, blocks, SHOWN, NULL, "free blocks")

PFNSCOPE_COLUMNS(FREELISTS);
extern const struct pfnscope_view pfnscope_view_freelists;
PFNSCOPE_TABLE(FREELISTS, pfnscope_view_freelists);

#endif
