/* SPDX-License-Identifier: GPL-2.0-only */
/* Settings of vm and counters of nodes, for what depends on them. */
#ifndef PFNSCOPE_SOURCE_LIMITS_H
#define PFNSCOPE_SOURCE_LIMITS_H

#include "allocator/commit.h"
#include "allocator/node-limits.h"
#include "allocator/watermarks.h"
#include "source/source.h"

/*
 * From /proc/sys/vm and /proc/zoneinfo; what is not there stays unknown. Where
 * the dirty limits can be read, a setting without a file is one that this
 * kernel does not have, which is as if it were off.
 */
void pfnscope_limits_read(const struct pfnscope_source *source,
			  struct pfnscope_limits *limits);

/* vm.extfrag_threshold in thousandths, negative where it is not known. */
int64_t pfnscope_extfrag_threshold(const struct pfnscope_source *source);

/* Free CMA pages of each zone, where /proc/zoneinfo has them. */
void pfnscope_free_cma_read(const struct pfnscope_source *source,
			    struct pfnscope_machine *machine);

/* The settings that watermarks are made from. */
void pfnscope_reserves_read(const struct pfnscope_source *source,
			    struct pfnscope_reserves *settings);

/* What CommitLimit is made from. */
void pfnscope_commit_read(const struct pfnscope_source *source,
			  struct pfnscope_commit *commit);

#endif
