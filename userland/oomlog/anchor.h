/* SPDX-License-Identifier: GPL-2.0-only */
/* Words that only the kernel prints: where in a line its own text begins. */
#ifndef PFNSCOPE_OOMLOG_ANCHOR_H
#define PFNSCOPE_OOMLOG_ANCHOR_H

#include <stdbool.h>
#include <stddef.h>

#include "oomlog/scan.h"

/* The lines of a report in the order in which the kernel prints them. */
enum pfnscope_anchor_rank {
	PFNSCOPE_ANCHOR_NONE,
	PFNSCOPE_ANCHOR_HEADER,		/* a task's name stands before it */
	PFNSCOPE_ANCHOR_TASK,
	PFNSCOPE_ANCHOR_TRACE,
	PFNSCOPE_ANCHOR_BEGIN,		/* Mem-Info:, memory: usage */
	PFNSCOPE_ANCHOR_COUNTERS,
	PFNSCOPE_ANCHOR_ZONE,		/* and its lowmem_reserve[] */
	PFNSCOPE_ANCHOR_LIST,
	PFNSCOPE_ANCHOR_HUGEPAGES,
	PFNSCOPE_ANCHOR_TOTAL,
	PFNSCOPE_ANCHOR_TASKS,
	PFNSCOPE_ANCHOR_CHOICE,
	PFNSCOPE_ANCHOR_KILL,
};

/**
 * struct pfnscope_anchor - one line of the kernel within a line of text
 * @rank: which
 * @at: its first byte
 * @past: no other line begins before this byte
 * @end: the byte behind its last, NULL where more may follow
 */
struct pfnscope_anchor {
	enum pfnscope_anchor_rank rank;
	const char *at;
	const char *past;
	const char *end;
};

bool pfnscope_anchor_here(struct pfnscope_scan s, struct pfnscope_anchor *anchor);
bool pfnscope_anchor_find(struct pfnscope_scan line,
			  struct pfnscope_anchor *anchor);
bool pfnscope_anchor_header(struct pfnscope_scan line);

#endif
