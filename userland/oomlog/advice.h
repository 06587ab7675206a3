/* SPDX-License-Identifier: GPL-2.0-only */
/* What follows from a report: what to do, and what it does not tell. */
#ifndef PFNSCOPE_OOMLOG_ADVICE_H
#define PFNSCOPE_OOMLOG_ADVICE_H

#include "base/lines.h"
#include "oomlog/room.h"

void pfnscope_oom_why(const struct pfnscope_oom_report *report,
		      const struct pfnscope_oom_answer *answer,
		      struct pfnscope_lines *lines);
void pfnscope_oom_advise(const struct pfnscope_oom_report *report,
			 const struct pfnscope_oom_answer *answer,
			 struct pfnscope_lines *lines);
void pfnscope_oom_missing(const struct pfnscope_oom_report *report,
			  const struct pfnscope_oom_answer *answer,
			  struct pfnscope_lines *lines);
void pfnscope_oom_sense(const struct pfnscope_oom_report *report,
			const struct pfnscope_oom_answer *answer,
			struct pfnscope_lines *lines);

#endif
