/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables that can be taken in any context, into memory made beforehand. */
#ifndef PFNSCOPE_WALK_MOMENT_H
#define PFNSCOPE_WALK_MOMENT_H

#include "record-incident.h"

enum pfnscope_moment_table {
	PFNSCOPE_MOMENT_ZONES,		/* struct pfnscope_zone */
	PFNSCOPE_MOMENT_ZONELISTS,	/* struct pfnscope_zoneref */
	PFNSCOPE_MOMENT_FREELISTS,	/* struct pfnscope_free_area */
	PFNSCOPE_MOMENT_PCP,		/* struct pfnscope_pcp */
	PFNSCOPE_MOMENT_LRU,		/* struct pfnscope_zone_lru */
	PFNSCOPE_MOMENT_SLABS,		/* struct pfnscope_slab */
	PFNSCOPE_MOMENT_TABLES
};

/**
 * struct pfnscope_rows - one table
 * @rows: its records
 * @room: how many fit
 * @count: how many there are
 * @cut: there were more
 * @unavailable: why there are none, or NULL
 */
struct pfnscope_rows {
	void *rows;
	unsigned int room;
	unsigned int count;
	bool cut;
	const char *unavailable;
};

/**
 * struct pfnscope_moment - all tables of one moment
 * @boot_ns: when
 * @tables: by enum pfnscope_moment_table
 */
struct pfnscope_moment {
	u64 boot_ns;
	struct pfnscope_rows tables[PFNSCOPE_MOMENT_TABLES];
};

struct pfnscope_moment *pfnscope_moment_alloc(void);
void pfnscope_moment_free(struct pfnscope_moment *moment);
void pfnscope_moment_take(struct pfnscope_moment *moment, bool may_try_mutex);
void *pfnscope_moment_row(const struct pfnscope_moment *moment,
			  enum pfnscope_moment_table table, unsigned int row);

#endif /* PFNSCOPE_WALK_MOMENT_H */
