/* SPDX-License-Identifier: GPL-2.0-only */
/* What follows from a report: what to do, and what it does not tell. */
#ifndef PFNSCOPE_OOMLOG_ADVICE_H
#define PFNSCOPE_OOMLOG_ADVICE_H

#include "base/lines.h"
#include "oomlog/room.h"

bool pfnscope_oom_is_full(const struct pfnscope_oom_charge *charge);
bool pfnscope_oom_at_limit(const struct pfnscope_oom_memcg *memcg);
const char *pfnscope_oom_title(const struct pfnscope_oom_report *report,
			       const struct pfnscope_oom_answer *answer);
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
