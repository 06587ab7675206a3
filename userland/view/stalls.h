/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of stalls. */
#ifndef PFNSCOPE_VIEW_STALLS_H
#define PFNSCOPE_VIEW_STALLS_H

#include "table/fields.h"
#include "table/table.h"

#define STALLS_ROW "what the tasks of a memory cgroup waited for, of one kind and some orders"
#define STALLS_FIELDS(F, V) \
	F(V, STRING, cgroup, SHOWN | PRIVATE | WHICH, NULL, \
	  "memory cgroup of the tasks; - where it is gone, others for those that found no place") \
	CGROUP_ID_FIELD(F, V) \
	CGROUP_STATE_FIELD(F, V, 0) \
	F(V, STRING, event, SHOWN | WHICH, NULL, \
	  "direct_reclaim, memcg_reclaim, node_reclaim, throttle or compaction") \
	F(V, STRING, orders, SHOWN | WHICH, NULL, "of the requests it was for; - where there was none") \
	F(V, COUNT, count, SHOWN, NULL, "how often, since the kind was switched on") \
	F(V, NS, total_ns, SHOWN, "TOTAL", "how long together, each task's time on its own") \
	F(V, NS, longest_ns, SHOWN, "LONGEST", "how long the longest took") \
	F(V, PAGES, reclaimed_pages, SHOWN, "RECLAIMED", "what was reclaimed meanwhile")

PFNSCOPE_COLUMNS(STALLS);
extern const struct pfnscope_view pfnscope_view_stalls;
PFNSCOPE_TABLE(STALLS, pfnscope_view_stalls);

#endif
