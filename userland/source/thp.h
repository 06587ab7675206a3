/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads the kernel's counters of transparent huge pages. */
#ifndef PFNSCOPE_SOURCE_THP_H
#define PFNSCOPE_SOURCE_THP_H

#include "source/source.h"
#include "table/table.h"

/* The table is to be freed by the caller. Return: 0 or -1. */
int pfnscope_thp_read(const struct pfnscope_source *source,
		      struct pfnscope_table **table,
		      struct pfnscope_error *error);

#endif
