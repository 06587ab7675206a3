/* SPDX-License-Identifier: GPL-2.0-only */
/* What the checks of a host are made from: files read once for all, some of them twice. */
#ifndef PFNSCOPE_TRIAGE_FACTS_H
#define PFNSCOPE_TRIAGE_FACTS_H

#include "allocator/plan.h"
#include "source/numbers.h"
#include "source/source.h"
#include "table/table.h"

struct pfnscope_memcg;
struct pfnscope_task;

/* What is asked about in place of the machine: found, or NULL. */
struct pfnscope_subject {
	struct pfnscope_memcg *group;
	struct pfnscope_task *task;
};

/**
 * struct pfnscope_reading - a machine at one moment
 * @there: it was read
 * @meminfo: of /proc, sizes in bytes
 * @vmstat: of /proc
 * @pressure: of /proc
 * @latency: of the module, without rows where it is not switched on
 * @snapshot: about, zones, reclaim and pcp of the module, or what /proc has of them
 * @machine: the zones; none where @machine.nr_zones is 0
 * @uptime_ms: since boot, PFNSCOPE_MISSING where that is not known
 */
struct pfnscope_reading {
	bool there;
	struct pfnscope_numbers meminfo;
	struct pfnscope_numbers vmstat;
	struct pfnscope_table *pressure;
	struct pfnscope_table *latency;
	struct pfnscope_snapshot snapshot;
	struct pfnscope_machine machine;
	int64_t uptime_ms;
};

/**
 * struct pfnscope_facts - all of it
 * @source: for what one check alone wants
 * @now: the later reading
 * @before: the earlier one, where there are two
 * @group: a memory cgroup, NULL where none is asked for
 * @task: a process, NULL where none is asked for
 * @blocks: free blocks, NULL where they cannot be read
 * @incidents: list of the module, NULL or without rows where there is none
 * @page_bytes: size of a page
 * @ram: memory without what pools of huge pages keep, bytes; or PFNSCOPE_MISSING
 * @taken_at: seconds since 1970, below 0 where that is not known
 */
struct pfnscope_facts {
	const struct pfnscope_source *source;
	struct pfnscope_reading now;
	struct pfnscope_reading before;
	const struct pfnscope_memcg *group;
	const struct pfnscope_task *task;
	struct pfnscope_table *blocks;
	struct pfnscope_table *incidents;
	int64_t page_bytes;
	int64_t ram;
	int64_t taken_at;
};

/*
 * Of @source, and of an earlier moment: that of @before, a recorded root of the same
 * machine, where it is not NULL; else, of a running system, @interval_ms before. What of
 * @subject was found is read with it.
 */
int pfnscope_facts_read(const struct pfnscope_source *source,
			const struct pfnscope_source *before, int64_t interval_ms,
			const struct pfnscope_subject *subject, struct pfnscope_facts *facts,
			struct pfnscope_error *error);
void pfnscope_facts_clear(struct pfnscope_facts *facts);

/* Over which time a rate is. */
enum pfnscope_over {
	PFNSCOPE_OVER_NOTHING,	/* the counter is not there */
	PFNSCOPE_OVER_INTERVAL,
	PFNSCOPE_OVER_UPTIME,	/* one reading: since boot */
	PFNSCOPE_OVER_LIFE,	/* the same of what was made later */
	PFNSCOPE_OVER_UNKNOWN,	/* one reading, and no uptime */
};

/**
 * struct pfnscope_rate - how fast a counter of vmstat grew
 * @over: over which time
 * @count: by how much
 * @ms: in how long, PFNSCOPE_MISSING where that is not known
 */
struct pfnscope_rate {
	enum pfnscope_over over;
	int64_t count;
	int64_t ms;
};

/* Of the counter @name, or, where it ends in a star, of all that begin so. */
struct pfnscope_rate pfnscope_facts_rate(const struct pfnscope_facts *facts,
					 const char *name);
/* The same of other counters, read at the same two moments. */
struct pfnscope_rate pfnscope_facts_grew(const struct pfnscope_facts *facts,
					 const struct pfnscope_numbers *now,
					 const struct pfnscope_numbers *before,
					 const char *name);
/* @count in each @ms, PFNSCOPE_MISSING where the time is not known. */
int64_t pfnscope_rate_each(const struct pfnscope_rate *rate, int64_t ms);
/* Two rates over the same time, as one. */
struct pfnscope_rate pfnscope_rate_plus(struct pfnscope_rate a,
					struct pfnscope_rate b);

/* Of the later reading; meminfo in bytes, a counter of pages of vmstat in bytes. */
int64_t pfnscope_facts_meminfo(const struct pfnscope_facts *facts, const char *name);
int64_t pfnscope_facts_pages(const struct pfnscope_facts *facts, const char *name);
/* @part of @whole in permille, PFNSCOPE_MISSING where one is not known or 0. */
int64_t pfnscope_permille(int64_t part, int64_t whole);

#endif
