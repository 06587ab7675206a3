/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of events. */
#ifndef PFNSCOPE_VIEW_EVENTS_H
#define PFNSCOPE_VIEW_EVENTS_H

#include "table/fields.h"
#include "table/table.h"

#define EVENTS_ROW "something that made a task wait for memory, or a block change its use"
#define EVENTS_FIELDS(F, V) \
	F(V, NS, boot_ns, SHOWN, "AFTER_BOOT", "when it ended, since boot") \
	F(V, STRING, event, SHOWN, NULL, \
	  "direct_reclaim, memcg_reclaim, node_reclaim, throttle, compaction, kswapd, kcompactd, steal or oom") \
	F(V, COUNT, node, SHOWN, NULL, "of the zone that was compacted or stolen from, or that was reclaimed from") \
	F(V, STRING, zone, SHOWN, NULL, "that zone") \
	F(V, COUNT, order, SHOWN, NULL, "of the request it was for") \
	F(V, MASK, gfp_mask, 0, NULL, "flags of that request") \
	F(V, NS, took_ns, SHOWN, "TOOK", "how long it took") \
	F(V, PAGES, reclaimed_pages, SHOWN, "RECLAIMED", "what was reclaimed") \
	F(V, STRING, result, SHOWN, NULL, \
	  "how compaction ended; why a task was throttled; whether a steal claimed the block or mixed it; killed") \
	F(V, COUNT, pid, SHOWN, NULL, "task that waited or worked, took the block, or was killed") \
	F(V, STRING, comm, SHOWN | WIDE | PRIVATE, NULL, "its name") \
	F(V, COUNT, block_order, 0, NULL, "of the free block that was stolen from") \
	F(V, STRING, from, 0, NULL, "migratetype of that block") \
	F(V, STRING, to, 0, NULL, "migratetype that was asked for") \
	F(V, PFN, start_pfn, 0, "PFN", "first page frame that was taken") \
	F(V, STRING, term, 0, NULL, \
	  "of the allocator's check at the begin what failed: below_min, lowmem_reserve, no_block, no_usable_block; or passes") \
	F(V, COUNT, checked_node, 0, NULL, "node of the zone that was checked, the first one or that to be compacted") \
	F(V, STRING, checked_zone, 0, NULL, "that zone") \
	F(V, PAGES, free_pages, 0, NULL, "free in it") \
	F(V, PAGES, min_pages, 0, NULL, "its min watermark for this request, the boost included") \
	F(V, PAGES, reserve_pages, 0, NULL, "its lowmem_reserve for this request") \
	F(V, PAGES, unusable_pages, 0, NULL, "free pages that the request may not use: CMA, highatomic") \
	F(V, COUNT, fitting_blocks, 0, NULL, "free blocks of its order and above") \
	F(V, STRING, verdict, SHOWN | BELOW | PROSE | PFNSCOPE_COMPUTED, NULL, \
	  "why it was not served at the begin") \
	F(V, STRING, cgroup, PRIVATE, NULL, "memory cgroup of the task; - where it is gone") \
	F(V, COUNT, cgroup_id, 0, NULL, "number of that cgroup, the inode of its directory") \
	F(V, COUNT, cpu, 0, NULL, "CPU it ended on") \
	F(V, COUNT, number, 0, NULL, "among those of the CPU, without a gap")

PFNSCOPE_COLUMNS(EVENTS);
extern const struct pfnscope_view pfnscope_view_events;
PFNSCOPE_TABLE(EVENTS, pfnscope_view_events);

/**
 * struct pfnscope_events_seen - what was read of a ring that others go on writing to
 * @last: by CPU, the number of the last event
 * @nr_cpus: how many of them
 * @lost: events that gave way before they were read
 */
struct pfnscope_events_seen {
	uint64_t *last;
	size_t nr_cpus;
	uint64_t lost;
};

/* Adds the rows of @table that were not seen to @fresh, if any; counts what is missing. */
void pfnscope_events_see(struct pfnscope_events_seen *seen,
			 const struct pfnscope_table *table, struct pfnscope_table *fresh);
/* Of the remark below the last row: how many found no room at all, since it is on. */
uint64_t pfnscope_events_without_room(const struct pfnscope_table *table);

/* Fills the verdicts in, sizes in pages of @page_size. */
void pfnscope_events_tell(struct pfnscope_table *table, uint64_t page_size);

#endif
