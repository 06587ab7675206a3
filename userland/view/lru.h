/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of lru. */
#ifndef PFNSCOPE_VIEW_LRU_H
#define PFNSCOPE_VIEW_LRU_H

#include "table/fields.h"

#define LRU_ROW "a memory cgroup in a zone of a node, without the cgroups below it"
#define LRU_FIELDS(F, V) \
	LRUVEC_FIELDS(F, V) \
	F(V, PAGES, inactive_anon_pages, SHOWN, "INACT-ANON", \
	  "anonymous pages that reclaim takes first") \
	F(V, PAGES, active_anon_pages, SHOWN, "ACT-ANON", \
	  "anonymous pages in use lately") \
	F(V, PAGES, inactive_file_pages, SHOWN, "INACT-FILE", \
	  "pages of files that reclaim takes first") \
	F(V, PAGES, active_file_pages, SHOWN, "ACT-FILE", \
	  "pages of files in use lately") \
	F(V, PAGES, unevictable_pages, SHOWN, "UNEVICT", \
	  "locked pages, which reclaim cannot take")

PFNSCOPE_COLUMNS(LRU);
extern const struct pfnscope_view pfnscope_view_lru;
PFNSCOPE_TABLE(LRU, pfnscope_view_lru);

#endif
