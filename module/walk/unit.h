/* SPDX-License-Identifier: GPL-2.0-only */
/* From a page frame to the unit it belongs to. */
#ifndef PFNSCOPE_WALK_UNIT_H
#define PFNSCOPE_WALK_UNIT_H

#include "classify.h"

struct pfnscope_names;

void pfnscope_unit_at(struct page *page, unsigned long pfn,
		      unsigned long zone_bits,
		      struct pfnscope_names *names,
		      struct pfnscope_unit *unit);

#endif /* PFNSCOPE_WALK_UNIT_H */
