/* SPDX-License-Identifier: GPL-2.0-only */
/* How much of the machine a request may use at all, and what is closed to it. */
#ifndef PFNSCOPE_OOMLOG_ROOM_H
#define PFNSCOPE_OOMLOG_ROOM_H

#include "oomlog/explain.h"

/**
 * struct pfnscope_oom_room - zones open and closed to a request
 * @open_kb: memory of the zones that it may use, as far as they are printed
 * @open_free_kb: free of it
 * @closed_kb: memory of zones that are printed and closed to it
 * @closed_free_kb: free there, and on nodes that are not printed
 * @by_class: zones are closed by the class of the request: __GFP_DMA and the
 *	like, or the kernel that cannot use HighMem
 * @by_node: nodes are closed by cpuset, memory policy or __GFP_THISNODE
 * @small: what is open is too small a part for counters of the machine to tell
 *	who holds it
 * @highest: the highest open zone that has memory, "DMA"
 * @closed: names of the closed ones
 */
struct pfnscope_oom_room {
	int64_t open_kb;
	int64_t open_free_kb;
	int64_t closed_kb;
	int64_t closed_free_kb;
	bool by_class;
	bool by_node;
	bool small;
	char highest[16];
	char closed[256];
};

void pfnscope_oom_room(const struct pfnscope_oom_report *report,
		       const struct pfnscope_oom_answer *answer,
		       struct pfnscope_oom_room *room);
const char *pfnscope_oom_bound_nodes(const struct pfnscope_oom_report *report);
const char *pfnscope_oom_size(int64_t kb, char *out, size_t size);
const char *pfnscope_oom_pages(int64_t pages, char *out, size_t size);

#endif
