// SPDX-License-Identifier: GPL-2.0-only
/* explain --set of what reclaim goes by: the model of reclaim --plan is asked now and then. */
#include <inttypes.h>
#include <string.h>

#include "cmd/explain.h"
#include "reclaim/read.h"
#include "render/wrap.h"
#include "table/fields.h"
#include "view/balance.h"
#include "view/zones.h"

#define GOAL	1024	/* pages, where no limit says how many */

#define RECLAIMED_ROW "a setting that reclaim goes by"
#define RECLAIMED_FIELDS(F, V) \
	F(V, STRING, key, SHOWN, NULL, "the setting") \
	F(V, STRING, cgroup, SHOWN | PRIVATE, NULL, "what is reclaimed from") \
	F(V, PAGES, usage_pages, SHOWN, NULL, "charged to it and to those below it; - of the host") \
	F(V, PAGES, goal_pages, SHOWN, NULL, "what is to be reclaimed: what is above a limit, else 1024 pages") \
	F(V, PAGES, anon_pages, SHOWN, NULL, "of these anonymous, now; - where nobody reclaims now") \
	F(V, PAGES, anon_then_pages, SHOWN, "THEN", "and then") \
	F(V, PAGES, file_pages, SHOWN, NULL, "of these of files, now") \
	F(V, PAGES, file_then_pages, SHOWN, "THEN", "and then") \
	F(V, PAGES, short_then_pages, SHOWN, "SHORT", "what reclaim does not find: for memory.max the OOM killer is called, if slabs do not give as much")

PFNSCOPE_COLUMNS(RECLAIMED);
const struct pfnscope_view pfnscope_view_reclaimed = PFNSCOPE_VIEW(RECLAIMED, "reclaimed");
PFNSCOPE_TABLE(RECLAIMED, pfnscope_view_reclaimed);

/* One reclaim: what it is asked for, and what it takes. */
struct foreseen {
	int64_t goal;
	int64_t usage;
	int64_t taken[PFNSCOPE_LRU_TYPES];
};

static void sum_taken(const struct pfnscope_weighed *weighed, struct foreseen *f)
{
	for (size_t i = 0; i < weighed->nr_lruvecs; i++)
		for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
			f->taken[type] += weighed->lruvecs[i].types[type].taken;
}

/* Down to @limit pages, or GOAL pages where it is negative. */
static int foresee(struct pfnscope_run *run, const struct pfnscope_snapshot *snapshot,
		   const char *cgroup, int64_t swappiness, int64_t limit, struct foreseen *f)
{
	struct pfnscope_weighed weighed = { 0 };
	struct pfnscope_reclaim reclaim = { .weighed = &weighed, .node = -1 };

	*f = (struct foreseen){ .goal = GOAL };
	pfnscope_weighed_read(&weighed, run->source, snapshot, swappiness);
	reclaim.target = pfnscope_weighed_find(&weighed, cgroup);
	if (reclaim.target == PFNSCOPE_NOBODY) {
		pfnscope_weighed_clear(&weighed);
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"--set: no memory cgroup \"%s\" (pfnscope lru has their names)", cgroup);
	}
	reclaim.host = weighed.groups[reclaim.target].above == PFNSCOPE_NOBODY;
	f->usage = weighed.groups[reclaim.target].usage;
	if (limit >= 0)
		f->goal = f->usage > limit ? f->usage - limit : 0;
	reclaim.goal = f->goal;
	pfnscope_weighed_refaults(&weighed, run->source,
				  pfnscope_snapshot_table(snapshot, &pfnscope_view_balance),
				  reclaim.target);
	pfnscope_reclaim_foresee(&reclaim);
	sum_taken(&weighed, f);
	pfnscope_reclaim_clear(&reclaim);
	pfnscope_weighed_clear(&weighed);
	return 0;
}

/* @now is NULL where a limit is set, as nobody reclaims for it today. */
static void add_reclaimed(struct pfnscope_table *any, const char *key, const char *cgroup,
			  const struct foreseen *now, const struct foreseen *then)
{
	struct RECLAIMED_table *table = RECLAIMED_FROM(any);
	struct pfnscope_value *row = pfnscope_table_add(any);
	int64_t taken = then->taken[PFNSCOPE_ANON] + then->taken[PFNSCOPE_FILE];

	pfnscope_table_set_string(CELL(table, row, RECLAIMED_key), key);
	pfnscope_table_set_string(CELL(table, row, RECLAIMED_cgroup), cgroup);
	pfnscope_table_set_known(CELL(table, row, RECLAIMED_goal_pages), then->goal);
	pfnscope_table_set_known(CELL(table, row, RECLAIMED_anon_then_pages), then->taken[PFNSCOPE_ANON]);
	pfnscope_table_set_known(CELL(table, row, RECLAIMED_file_then_pages), then->taken[PFNSCOPE_FILE]);
	pfnscope_table_set_known(CELL(table, row, RECLAIMED_short_then_pages),
				 taken < then->goal ? then->goal - taken : 0);
	if (!now) {
		pfnscope_table_set_known(CELL(table, row, RECLAIMED_usage_pages), then->usage);
		return;
	}
	pfnscope_table_set_known(CELL(table, row, RECLAIMED_anon_pages), now->taken[PFNSCOPE_ANON]);
	pfnscope_table_set_known(CELL(table, row, RECLAIMED_file_pages), now->taken[PFNSCOPE_FILE]);
}

static int ask(struct pfnscope_run *run, const struct pfnscope_snapshot *snapshot,
	       const struct pfnscope_what_if_limit *limit, struct pfnscope_table *table)
{
	const char *cgroup = limit->cgroup ? limit->cgroup : "/";
	struct foreseen now, then;

	if ((!limit->cgroup && foresee(run, snapshot, cgroup, -1, -1, &now)) ||
	    foresee(run, snapshot, cgroup, limit->cgroup ? -1 : limit->value,
		    limit->cgroup ? limit->value / (int64_t)snapshot->page_size_bytes : -1, &then))
		return -1;
	add_reclaimed(table, limit->key, cgroup, limit->cgroup ? NULL : &now, &then);
	return 0;
}

int pfnscope_what_if_reclaim(struct pfnscope_run *run, struct pfnscope_what_if *w)
{
	static const struct pfnscope_view *const views[] = {
		&pfnscope_view_balance, &pfnscope_view_zones, NULL,
	};
	struct pfnscope_snapshot snapshot = { 0 };
	int status = 0;

	w->reclaimed = pfnscope_table_new(&pfnscope_view_reclaimed);
	if (!w->nr_limits)
		return 0;
	if (pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	if (!pfnscope_snapshot_table(&snapshot, &pfnscope_view_balance)->nr_rows)
		status = pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"--set: %s takes what reclaim weighs, which is not known here (pfnscope balance)",
			w->limits[0].key);
	for (size_t i = 0; !status && i < w->nr_limits; i++)
		status = ask(run, &snapshot, &w->limits[i], w->reclaimed);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

/* --- for people --- */

static uint64_t said_pages(const struct RECLAIMED_table *table, size_t row, unsigned int column)
{
	uint64_t number = 0;

	return pfnscope_table_number(&table->all, row, column, &number) ? number : 0;
}

static void swappiness_text(const struct RECLAIMED_table *t, size_t row)
{
	pfnscope_wrap("  ", "    ", "For %d pages of the host reclaim takes %" PRIu64
		      " anonymous ones and %" PRIu64 " of files then, %" PRIu64 " and %" PRIu64
		      " now (pfnscope reclaim --plan)", GOAL,
		      said_pages(t, row, RECLAIMED_anon_then_pages), said_pages(t, row, RECLAIMED_file_then_pages),
		      said_pages(t, row, RECLAIMED_anon_pages), said_pages(t, row, RECLAIMED_file_pages));
}

static void say_limit(const struct RECLAIMED_table *t, size_t row, const char *key)
{
	const char *cgroup = pfnscope_table_string(CELL(t, row, RECLAIMED_cgroup));
	uint64_t goal = said_pages(t, row, RECLAIMED_goal_pages);
	uint64_t left = said_pages(t, row, RECLAIMED_short_then_pages);

	if (!goal) {
		pfnscope_wrap("  ", "    ", "%s has %" PRIu64 " pages, which are below it: nothing is reclaimed",
			      cgroup, said_pages(t, row, RECLAIMED_usage_pages));
		return;
	}
	pfnscope_wrap("  ", "    ", "%s has %" PRIu64 " pages, %" PRIu64 " above it: reclaim takes %" PRIu64
		      " anonymous ones and %" PRIu64 " of files", cgroup,
		      said_pages(t, row, RECLAIMED_usage_pages), goal,
		      said_pages(t, row, RECLAIMED_anon_then_pages), said_pages(t, row, RECLAIMED_file_then_pages));
	if (left)
		pfnscope_wrap("  ", "    ", "%" PRIu64 " pages are left above it: %s", left,
			      strstr(key, "/memory.max") ? "the OOM killer is called, if slabs do not give as much" :
							   "its tasks are slowed down");
}

void pfnscope_what_if_reclaim_text(const struct pfnscope_what_if *w)
{
	const struct RECLAIMED_table *table = RECLAIMED_OF(w->reclaimed);

	for (size_t row = 0; row < table->all.nr_rows; row++) {
		const char *key = pfnscope_table_string(CELL(table, row, RECLAIMED_key));

		if (*key == '/')
			say_limit(table, row, key);
		else
			swappiness_text(table, row);
	}
}
