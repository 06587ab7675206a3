/* SPDX-License-Identifier: GPL-2.0-only */
/* vm.min_free_kbytes: what it was, and what the kernel would choose. */
#ifndef PFNSCOPE_OOMLOG_MIN_FREE_H
#define PFNSCOPE_OOMLOG_MIN_FREE_H

#include "base/lines.h"
#include "oomlog/explain.h"

int64_t pfnscope_oom_min_free_kb(const struct pfnscope_oom_report *report);
int64_t pfnscope_oom_min_free_default_kb(const struct pfnscope_oom_report *r);
void pfnscope_oom_advise_min_free(const struct pfnscope_oom_report *report,
				  const struct pfnscope_oom_answer *answer,
				  struct pfnscope_lines *lines);

#endif
