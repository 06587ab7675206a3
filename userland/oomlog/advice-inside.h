/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of the advice share. */
#ifndef PFNSCOPE_OOMLOG_ADVICE_INSIDE_H
#define PFNSCOPE_OOMLOG_ADVICE_INSIDE_H

#include "oomlog/advice.h"

void pfnscope_oom_advise_holder(const struct pfnscope_oom_report *report,
				const struct pfnscope_oom_answer *answer,
				struct pfnscope_lines *lines);
void pfnscope_oom_advise_cgroup(const struct pfnscope_oom_report *report,
				const struct pfnscope_oom_answer *answer,
				struct pfnscope_lines *lines);

#endif
