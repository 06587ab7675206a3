/* SPDX-License-Identifier: GPL-2.0-only */
/* What held the machine's memory, by the counters of a report. */
#ifndef PFNSCOPE_OOMLOG_HELD_H
#define PFNSCOPE_OOMLOG_HELD_H

#include "oomlog/explain.h"

void pfnscope_oom_held(const struct pfnscope_oom_report *report,
		       int64_t page_kb, struct pfnscope_oom_dominant *dominant);

#endif
