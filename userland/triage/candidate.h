/* SPDX-License-Identifier: GPL-2.0-only */
/* A process as the OOM killer sees it, as far as /proc tells. */
#ifndef PFNSCOPE_TRIAGE_CANDIDATE_H
#define PFNSCOPE_TRIAGE_CANDIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allocator/badness.h"
#include "source/source.h"

/**
 * struct pfnscope_candidate - a process
 * @pid: its number
 * @comm: its name
 * @cgroup: its memory cgroup, NULL where it is not known; to be freed
 * @badness: what it is compared by; @badness.adj PFNSCOPE_MISSING where it was gone
 * @shown: its oom_score, PFNSCOPE_MISSING where that is not known
 * @mems: nodes of its cpuset, 0 where that is not known
 * @memory: it has some; a thread of the kernel, or what has ended, has none
 * @ended: it is a zombie, and so are its threads
 * @killed: SIGKILL is pending
 * @score: what the kernel compares
 * @passed: why it is passed over, NULL where it is not
 * @untold: that is not so sure: nobody knows its score
 * @along: it dies with the victim
 */
struct pfnscope_candidate {
	uint64_t pid;
	char comm[64];
	char *cgroup;
	struct pfnscope_badness badness;
	int64_t shown;
	uint64_t mems;
	bool memory;
	bool ended;
	bool killed;
	int64_t score;
	const char *passed;
	bool untold;
	bool along;
};

/* Return: false where there is no such process, or not any more. */
bool pfnscope_candidate_read(const struct pfnscope_source *source, uint64_t pid,
			     int64_t page_bytes, struct pfnscope_candidate *task);
void pfnscope_candidate_clear(struct pfnscope_candidate *task);

#endif
