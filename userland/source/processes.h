/* SPDX-License-Identifier: GPL-2.0-only */
/* The memory of every process. */
#ifndef PFNSCOPE_SOURCE_PROCESSES_H
#define PFNSCOPE_SOURCE_PROCESSES_H

#include "source/source.h"
#include "table/table.h"

/*
 * A row of the view "processes" for each that has memory of its own, as kernel threads
 * and those that have ended have not. What smaps_rollup alone tells is not known of
 * those whose it may not be read, and, where there are more than @limit, of all but those
 * that map most.
 */
void pfnscope_processes_read(const struct pfnscope_source *source, size_t limit,
			     struct pfnscope_table **table);

#endif
