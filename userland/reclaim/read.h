/* SPDX-License-Identifier: GPL-2.0-only */
/* What reclaim weighs, as it is now or was recorded. */
#ifndef PFNSCOPE_RECLAIM_READ_H
#define PFNSCOPE_RECLAIM_READ_H

#include "reclaim/weigh.h"
#include "source/source.h"
#include "table/table.h"

/*
 * From a snapshot of balance and zones, and files of the root; @swappiness is that of all
 * cgroups where it is not negative. Names of cgroups stay with the snapshot.
 */
void pfnscope_weighed_read(struct pfnscope_weighed *weighed, const struct pfnscope_source *source,
			   const struct pfnscope_snapshot *snapshot, int64_t swappiness);
/* Whether there were refaults in the cgroup since its reclaim last ended; @table is balance. */
void pfnscope_weighed_refaults(struct pfnscope_weighed *weighed,
			       const struct pfnscope_source *source,
			       const struct pfnscope_table *table, size_t target);
/* A cgroup by its path, PFNSCOPE_NOBODY without it. */
size_t pfnscope_weighed_find(const struct pfnscope_weighed *weighed, const char *name);
void pfnscope_weighed_clear(struct pfnscope_weighed *weighed);

#endif
