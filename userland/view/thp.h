/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of thp: no file of the module, the kernel shows it to everybody. */
#ifndef PFNSCOPE_VIEW_THP_H
#define PFNSCOPE_VIEW_THP_H

#include "table/fields.h"

#define THP_ROW "a counter of transparent huge pages"
#define THP_FIELDS(F, V) \
	F(V, BYTES, size_bytes, SHOWN | WHICH, NULL, \
	  "size of the huge pages, where it is counted by size") \
	F(V, STRING, name, SHOWN | WHICH, NULL, "name of the counter") \
	F(V, COUNT, count, SHOWN, NULL, "since boot; nr_ is a number of now")

PFNSCOPE_COLUMNS(THP);
extern const struct pfnscope_view pfnscope_view_thp;
PFNSCOPE_TABLE(THP, pfnscope_view_thp);

#endif
