/* SPDX-License-Identifier: GPL-2.0-only */
/* How many huge pages can be had, and who stands in the way. */
#ifndef PFNSCOPE_ALLOCATOR_FORECAST_H
#define PFNSCOPE_ALLOCATOR_FORECAST_H

#include "table/table.h"

/*
 * A row for each zone that can have blocks of @order, and one for all of them
 * if there are several, from the tables of contiguity and owners. @names is how
 * many blockers to name at most.
 */
struct pfnscope_table *
pfnscope_forecast(const struct pfnscope_snapshot *snapshot, uint64_t order,
		  size_t names);

#endif
