/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What part of the pressure on a cgroup is reclaim, what compaction, what throttling: stalls
 * of the module beside what PSI counts in the same time.
 */
#ifndef PFNSCOPE_TRIAGE_STALLS_H
#define PFNSCOPE_TRIAGE_STALLS_H

#include "source/source.h"
#include "table/fields.h"
#include "table/table.h"

#define STALL_SHARES_ROW "what a memory cgroup, with those below it, waited for"
#define STALL_SHARES_FIELDS(F, V) \
	F(V, STRING, cgroup, SHOWN | PRIVATE | WHICH, NULL, \
	  "memory cgroup, with those below it; - those that are gone, others what found no place") \
	F(V, NS, pressure_ns, SHOWN, "PRESSURE", \
	  "time in which any of its tasks waited for memory, as PSI counts; - where it does not") \
	F(V, STRING, event, SHOWN | WHICH, NULL, \
	  "direct_reclaim, memcg_reclaim, node_reclaim, throttle, compaction; or other, what is left of PRESSURE at least") \
	F(V, STRING, orders, SHOWN | WHICH, NULL, "of the requests it was for; - where there was none") \
	F(V, COUNT, count, SHOWN, NULL, "how often") \
	F(V, NS, total_ns, SHOWN, "TOTAL", "how long together, each task's time on its own") \
	F(V, PERMILLE, share_permille, SHOWN, "SHARE", \
	  "of PRESSURE, or of all that was waited for where that is more") \
	F(V, NS, longest_ns, SHOWN, "LONGEST", \
	  "how long the longest took; - where it was before that time") \
	F(V, PAGES, reclaimed_pages, SHOWN, "RECLAIMED", "what was reclaimed meanwhile")

PFNSCOPE_COLUMNS(STALL_SHARES);
extern const struct pfnscope_view pfnscope_view_stall_shares;
PFNSCOPE_TABLE(STALL_SHARES, pfnscope_view_stall_shares);

/**
 * struct pfnscope_pressed - a cgroup, and what PSI counted
 * @path: its own, "/" for the machine; owned
 * @before_us: some, at the begin; 0 of one that was made since
 * @after_us: at the end, UINT64_MAX where it is not known
 */
struct pfnscope_pressed {
	char *path;
	uint64_t before_us;
	uint64_t after_us;
};

/**
 * struct pfnscope_pressures - all of them
 * @groups: by path
 * @count: of them
 */
struct pfnscope_pressures {
	struct pfnscope_pressed *groups;
	size_t count;
};

/* At the begin, when @pressures is empty, and again at the end. */
void pfnscope_pressures_read(const struct pfnscope_source *source,
			     struct pfnscope_pressures *pressures);
void pfnscope_pressures_clear(struct pfnscope_pressures *pressures);

/*
 * What was added to stalls from @before, which may be NULL, to @after: of every cgroup that
 * waited, those that waited longest first. @overlap says whether tasks of one did so at the
 * same time: their times add up to more than PSI counts.
 */
struct pfnscope_table *pfnscope_stall_shares(const struct pfnscope_pressures *pressures,
					     const struct pfnscope_table *before,
					     const struct pfnscope_table *after, bool *overlap);

#endif
