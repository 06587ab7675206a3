/* SPDX-License-Identifier: GPL-2.0-only */
/* What /proc/pfnscope, which everybody may read, can give of zones. */
#ifndef PFNSCOPE_SOURCE_SUMMARY_H
#define PFNSCOPE_SOURCE_SUMMARY_H

#include "base/error.h"
#include "source/source.h"
#include "table/table.h"

/* Where that file cannot be read either, @table stays as it is. */
int pfnscope_summary_zones(const struct pfnscope_source *source,
			   struct pfnscope_table *table,
			   struct pfnscope_error *error);

#endif
