/* SPDX-License-Identifier: GPL-2.0-only */
/* Which machine a root is of, and of when. */
#ifndef PFNSCOPE_SOURCE_ORIGIN_H
#define PFNSCOPE_SOURCE_ORIGIN_H

#include "base/origin.h"
#include "source/source.h"
#include "table/table.h"

/* What the root does not tell stays unknown: this never fails. */
void pfnscope_origin_read(const struct pfnscope_source *source,
			  struct pfnscope_origin *origin);
/* Seconds since 1970 at which the incident of @row was, below 0 if not known. */
int64_t pfnscope_origin_of_incident(const struct pfnscope_table *incidents,
				    size_t row);

#endif
