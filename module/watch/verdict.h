/* SPDX-License-Identifier: GPL-2.0-only */
/* Why the first zone that a request may use does not serve it, by the allocator's check. */
#ifndef PFNSCOPE_WATCH_VERDICT_H
#define PFNSCOPE_WATCH_VERDICT_H

#include "record-events.h"

struct zone;

void pfnscope_verdict_take(const struct pfnscope_event_asked *asked,
			   struct pfnscope_event_verdict *verdict);

#endif /* PFNSCOPE_WATCH_VERDICT_H */
