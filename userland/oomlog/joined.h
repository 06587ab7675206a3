/* SPDX-License-Identifier: GPL-2.0-only */
/* A text that lost its newlines: where in it the kernel's lines begin. */
#ifndef PFNSCOPE_OOMLOG_JOINED_H
#define PFNSCOPE_OOMLOG_JOINED_H

#include <stdbool.h>

#include "oomlog/scan.h"

/* Of which table the rows follow, which no word tells from other text. */
enum pfnscope_joined_rows {
	PFNSCOPE_JOINED_NONE,
	PFNSCOPE_JOINED_TASKS,
	PFNSCOPE_JOINED_STATS,		/* of a cgroup */
	PFNSCOPE_JOINED_SLABS,
};

/**
 * struct pfnscope_joined - a text in which lines are looked for
 * @left: what was not looked at
 * @rows: what may follow
 * @any: a line was found
 */
struct pfnscope_joined {
	struct pfnscope_scan left;
	enum pfnscope_joined_rows rows;
	bool any;
};

void pfnscope_joined_begin(struct pfnscope_joined *joined, struct pfnscope_scan text);
const char *pfnscope_joined_next(struct pfnscope_joined *joined);

#endif
