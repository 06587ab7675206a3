/* SPDX-License-Identifier: GPL-2.0-only */
/* How fragmented each zone is, by every measure in use. */
#ifndef PFNSCOPE_ALLOCATOR_FRAG_H
#define PFNSCOPE_ALLOCATOR_FRAG_H

#include "table/table.h"

extern const struct pfnscope_view pfnscope_view_frag;

/*
 * One row for each zone and order, from the tables of freelists,
 * zones and contiguity; what one of them lacks is not known in the rows.
 */
struct pfnscope_table *
pfnscope_frag(const struct pfnscope_snapshot *snapshot);

#endif
