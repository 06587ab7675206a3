/* SPDX-License-Identifier: GPL-2.0-only */
/* The records of `events`, `latency` and `stalls`. */
#ifndef PFNSCOPE_RECORD_EVENTS_H
#define PFNSCOPE_RECORD_EVENTS_H

#include <linux/sched.h>

#include "measure.h"
#include "record.h"

enum pfnscope_event_kind {
	PFNSCOPE_EVENT_DIRECT_RECLAIM,
	PFNSCOPE_EVENT_MEMCG_RECLAIM,
	PFNSCOPE_EVENT_NODE_RECLAIM,
	PFNSCOPE_EVENT_THROTTLE,
	PFNSCOPE_EVENT_COMPACTION,
	PFNSCOPE_EVENT_KSWAPD,
	PFNSCOPE_EVENT_KCOMPACTD,
	PFNSCOPE_EVENT_STEAL,
	PFNSCOPE_EVENT_OOM,
	PFNSCOPE_EVENT_KINDS
};

/**
 * struct pfnscope_event_asked - what an event was about; unknown where nobody tells
 * @gfp: flags of the request
 * @order: of it
 * @node: of the zone
 * @zone: name of the zone, NULL where it is not known
 */
struct pfnscope_event_asked {
	u64 gfp;
	u64 order;
	u64 node;
	const char *zone;
};

/**
 * struct pfnscope_event_verdict - why a zone did not serve a request, sizes in pages
 * @node: of the zone
 * @zone: its name, NULL where none was looked at
 * @term: of the allocator's check at the min watermark, what failed first
 * @free: free pages
 * @min: the watermark for this request, its boost included
 * @reserve: lowmem_reserve of the zone for this request
 * @unusable: free pages that it may not use: CMA, highatomic
 * @blocks: free blocks of its order and above
 */
struct pfnscope_event_verdict {
	u64 node;
	const char *zone;
	enum pfnscope_wmark_term term;
	u64 free;
	u64 min;
	u64 reserve;
	u64 unusable;
	u64 blocks;
};

/**
 * struct pfnscope_event - something that made a task wait, or a block change its type
 * @cpu: where it ended
 * @number: among those of the CPU, from 1 on without a gap
 * @boot_ns: when it ended, since boot
 * @kind: what
 * @asked: for what
 * @pid: of the task that waited, took the block or was killed
 * @cgroup_id: of the memory cgroup of that task
 * @comm: its name
 * @ns: how long it took
 * @pages: reclaimed
 * @result: a word
 * @block_order: of the block that was stolen from
 * @from: its migratetype before, by number
 * @to: the migratetype that was asked for
 * @pfn: of the pages that were taken
 * @verdict: at the begin, of what waits for a zone
 */
struct pfnscope_event {
	u64 cpu;
	u64 number;
	u64 boot_ns;
	enum pfnscope_event_kind kind;
	s32 pid;
	struct pfnscope_event_asked asked;
	u64 cgroup_id;
	char comm[TASK_COMM_LEN];
	u64 ns;
	u64 pages;
	const char *result;
	u64 block_order;
	u64 from;
	u64 to;
	u64 pfn;
	struct pfnscope_event_verdict verdict;
};

/* Of so many an event's order is one; the last is for what has no order. */
enum pfnscope_event_class {
	PFNSCOPE_CLASS_0,
	PFNSCOPE_CLASS_1_3,
	PFNSCOPE_CLASS_4_8,
	PFNSCOPE_CLASS_9,
	PFNSCOPE_CLASS_10,
	PFNSCOPE_CLASS_NONE,
	PFNSCOPE_EVENT_CLASSES
};

/*
 * Buckets of times: the first is of what took less than 1024 ns, the last of what
 * took 64 s and more, and each of those between reaches twice as far as the one before.
 */
#define PFNSCOPE_EVENT_BUCKETS	28

/**
 * struct pfnscope_latency - how long what is of one kind and class took
 * @kind: of the events
 * @class: of their orders
 * @count: of them
 * @sum_ns: of their times
 * @buckets: how many took how long
 * @longest: of them; all 0 where there is none
 */
struct pfnscope_latency {
	enum pfnscope_event_kind kind;
	enum pfnscope_event_class class;
	u64 count;
	u64 sum_ns;
	u64 buckets[PFNSCOPE_EVENT_BUCKETS];
	struct pfnscope_event longest;
};

/* Of a stall whose cgroup found no place; a kernel without cgroups has one, unknown. */
#define PFNSCOPE_NO_CGROUP	(PFNSCOPE_UNKNOWN - 1)

/**
 * struct pfnscope_stall - how long the tasks of a cgroup have waited for one cause
 * @cgroup_id: as the kernel numbers cgroups
 * @count: how often
 * @sum_ns: of their times, without what another kind of the same task counts
 * @longest_ns: of them
 * @pages: reclaimed
 * @kind: the cause
 * @class: of the orders it was for
 */
struct pfnscope_stall {
	u64 cgroup_id;
	u64 count;
	u64 sum_ns;
	u64 longest_ns;
	u64 pages;
	enum pfnscope_event_kind kind;
	enum pfnscope_event_class class;
};

#endif /* PFNSCOPE_RECORD_EVENTS_H */
