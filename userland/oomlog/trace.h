/* SPDX-License-Identifier: GPL-2.0-only */
/* One frame of a trace, however its architecture writes it. */
#ifndef PFNSCOPE_OOMLOG_TRACE_H
#define PFNSCOPE_OOMLOG_TRACE_H

#include "oomlog/scan.h"

/* What a function is to a report. */
enum pfnscope_frame_class {
	PFNSCOPE_FRAME_OTHER,		/* whoever asked, and its callers */
	PFNSCOPE_FRAME_DUMP,		/* prints the trace */
	PFNSCOPE_FRAME_WARN,		/* warn_alloc() and its kin */
	PFNSCOPE_FRAME_OOM,
	PFNSCOPE_FRAME_MEMCG,		/* the OOM killer for a cgroup */
	PFNSCOPE_FRAME_ALLOCATOR,
};

/**
 * struct pfnscope_frame - one function of a trace
 * @name: the function
 * @module: its module, empty for the kernel's own
 * @reliable: no "?" stood before it
 */
struct pfnscope_frame {
	struct pfnscope_scan name;
	struct pfnscope_scan module;
	bool reliable;
};

bool pfnscope_frame_next(struct pfnscope_scan *line,
			 struct pfnscope_frame *frame);
enum pfnscope_frame_class pfnscope_frame_class(struct pfnscope_scan name);

#endif
