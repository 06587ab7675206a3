/* SPDX-License-Identifier: GPL-2.0-only */
/* Whether direct compaction would begin, and what the slow path makes of that. */
#ifndef PFNSCOPE_ALLOCATOR_COMPACTION_H
#define PFNSCOPE_ALLOCATOR_COMPACTION_H

#include "allocator/plan.h"

/* Above it reclaim and the OOM killer are thought not to help. */
#define PFNSCOPE_COSTLY_ORDER	3

enum pfnscope_answer
pfnscope_zone_compacts(const struct pfnscope_machine *machine,
		       const struct pfnscope_request *request,
		       uint32_t alloc_flags,
		       const struct pfnscope_explain_zone *zone);
enum pfnscope_answer
pfnscope_gives_up(const struct pfnscope_machine *machine,
		  const struct pfnscope_request *request,
		  const struct pfnscope_attempt *slow, size_t count);

#endif
