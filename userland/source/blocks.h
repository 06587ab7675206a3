/* SPDX-License-Identifier: GPL-2.0-only */
/* Free blocks, from the best file there is. */
#ifndef PFNSCOPE_SOURCE_BLOCKS_H
#define PFNSCOPE_SOURCE_BLOCKS_H

#include "base/error.h"
#include "source/source.h"
#include "table/table.h"

/*
 * From the module's freelists, else /proc/pagetypeinfo, which takes zone->lock,
 * else /proc/buddyinfo, which takes it too and has no migratetypes. *@table is NULL where none can be read.
 */
int pfnscope_blocks_read(const struct pfnscope_source *source,
			 struct pfnscope_table **table,
			 struct pfnscope_error *error);

#endif
