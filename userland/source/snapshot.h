/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables of an answer, wherever they can be had from. */
#ifndef PFNSCOPE_SOURCE_SNAPSHOT_H
#define PFNSCOPE_SOURCE_SNAPSHOT_H

#include "source/view.h"

/*
 * One table: from the module, from /proc where that has a part of it, or with
 * no rows and a reason. Only damage and a newer major version are failures.
 */
int pfnscope_view_read(const struct pfnscope_source *source,
		       const struct pfnscope_view *view,
		       struct pfnscope_table **table,
		       struct pfnscope_error *error);
/* All of @views (ended by NULL) and the page size, into a zeroed snapshot. */
int pfnscope_snapshot_read(const struct pfnscope_source *source,
			   const struct pfnscope_view *const *views,
			   struct pfnscope_snapshot *snapshot,
			   struct pfnscope_error *error);

#endif
