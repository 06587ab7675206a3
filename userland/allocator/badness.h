/* SPDX-License-Identifier: GPL-2.0-only */
/* oom_badness() of mm/oom_kill.c: how the OOM killer compares tasks, kernel by kernel. */
#ifndef PFNSCOPE_ALLOCATOR_BADNESS_H
#define PFNSCOPE_ALLOCATOR_BADNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/checked.h"

#define PFNSCOPE_ADJ_NEVER	(-1000)	/* OOM_SCORE_ADJ_MIN: never killed */

/**
 * struct pfnscope_badness - what a task is compared by, in pages; what is not known counts as none
 * @rss: resident
 * @swap: swap entries
 * @tables: page tables
 * @adj: oom_score_adj
 * @root: it is root's
 */
struct pfnscope_badness {
	int64_t rss;
	int64_t swap;
	int64_t tables;
	int64_t adj;
	bool root;
};

/* What it holds, without what its owner set. PFNSCOPE_MISSING where that is beyond any machine. */
int64_t pfnscope_badness_held(const struct pfnscope_badness *task);
/* Pages that oom_score_adj adds to that, or takes off: thousandths of @total. */
int64_t pfnscope_badness_added(const struct pfnscope_badness *task, int64_t total);
/*
 * The score by the rules of @version, the newest where it is 0; PFNSCOPE_MISSING where it takes a
 * @total that is not known. Not for kernels before 2.6.36, which had another one.
 */
int64_t pfnscope_badness_score(const struct pfnscope_badness *task, int64_t total,
			       unsigned int version);
/* The child of the chosen task that scores most dies in its place. */
bool pfnscope_badness_spares_parent(unsigned int version);
/* What /proc/PID/oom_score shows of a score, since 5.9. */
int64_t pfnscope_badness_shown(int64_t score, int64_t total);

/*
 * mem_cgroup_get_max(): what oom_score_adj is a part of where a cgroup is at its limit: that, and what it may swap
 * of the machine's swap. Pages, @swap_limit PFNSCOPE_MISSING where it has none.
 */
int64_t pfnscope_badness_of_limit(int64_t limit, int64_t swap_limit, int64_t swap);

#endif
