/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tables that can be taken in any context, into memory made beforehand; and
 * when: those that take long where the machine is large may have to wait.
 */
#ifndef PFNSCOPE_WALK_MOMENT_H
#define PFNSCOPE_WALK_MOMENT_H

#include "record-incident.h"
#include "walk/taken.h"

/**
 * struct pfnscope_rows - one table
 * @rows: its records
 * @room: how many fit
 * @count: how many there are
 * @cut: there were more
 * @later_ns: when it was taken, 0 for at the moment
 * @missing: it has been left out, so far
 * @unavailable: why there are none, or NULL; written last
 */
struct pfnscope_rows {
	void *rows;
	unsigned int room;
	unsigned int count;
	bool cut;
	u64 later_ns;
	bool missing;
	const char *unavailable;
};

/**
 * struct pfnscope_moment - all tables of one moment
 * @boot_ns: when
 * @took_ns: and how long that took
 * @tables: by enum pfnscope_moment_table
 */
struct pfnscope_moment {
	u64 boot_ns;
	u64 took_ns;
	struct pfnscope_rows tables[PFNSCOPE_MOMENT_TABLES];
};

struct pfnscope_moment *pfnscope_moment_alloc(void);
void pfnscope_moment_free(struct pfnscope_moment *moment);
void pfnscope_moment_take(struct pfnscope_moment *moment,
			  enum pfnscope_moment_how how);
bool pfnscope_moment_complete(const struct pfnscope_moment *moment);
void pfnscope_moment_add(struct pfnscope_moment *moment,
			 const struct pfnscope_moment *rest);
const char *pfnscope_moment_why_none(const struct pfnscope_moment *moment,
				     enum pfnscope_moment_table table);
void *pfnscope_moment_row(const struct pfnscope_moment *moment,
			  enum pfnscope_moment_table table, unsigned int row);

#endif /* PFNSCOPE_WALK_MOMENT_H */
