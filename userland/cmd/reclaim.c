// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope reclaim: kswapd, pages scanned and stolen, compaction; and what would be taken next. */
#include <string.h>

#include "base/array.h"
#include "base/digits.h"
#include "cmd/cmd.h"
#include "reclaim/plan.h"
#include "reclaim/read.h"
#include "source/redact.h"
#include "view/balance.h"
#include "view/lrutail.h"
#include "view/reclaim.h"
#include "view/zones.h"

#define PAGES_MAX	(UINT64_C(1) << 40)
#define PAGES_USUAL	1024

static const struct pfnscope_option options[] = {
	{ "plan", NULL, "what reclaim would take next, and in what proportion" },
	{ "cgroup", "G", "with --plan: from this memory cgroup and those below it" },
	{ "pages", "N", "with --plan: so many pages (1024)" },
	{ "swappiness", "S", "with --plan: as if swappiness were so, 0 to 200" },
	{ "why", NULL, "the plan, look by look: what decides between the types" },
	{ NULL, NULL, NULL },
};

static bool is_plan(const struct pfnscope_run *run)
{
	return pfnscope_run_value(run, "plan") || pfnscope_run_value(run, "why");
}

/* --node, which chooses rows of a table, here chooses what is reclaimed from; -1 without it. */
static int64_t chosen_node(const struct pfnscope_run *run)
{
	for (size_t i = 0; i < run->where.count; i++) {
		const struct pfnscope_condition *condition = &run->where.conditions[i];
		uint64_t node;

		if (condition->comparison == PFNSCOPE_EQUAL &&
		    !strcmp(condition->column, "node") &&
		    !pfnscope_digits(condition->value, strlen(condition->value), &node) &&
		    node <= INT32_MAX)
			return (int64_t)node;
	}
	return -1;
}

/* What was asked for, in numbers; without --plan only --plan is missing. */
static int read_options(struct pfnscope_run *run, struct pfnscope_reclaim *reclaim,
			int64_t *swappiness)
{
	static const char *const of_plan[] = { "cgroup", "pages", "swappiness" };
	uint64_t pages = PAGES_USUAL, value = UINT64_MAX;

	for (size_t i = 0; i < ARRAY_SIZE(of_plan) && !is_plan(run); i++)
		if (pfnscope_run_value(run, of_plan[i]))
			return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
					     "--%s goes with --plan", of_plan[i]);
	if (pfnscope_run_number(run, "pages", PAGES_MAX, &pages) ||
	    pfnscope_run_number(run, "swappiness", 200, &value))
		return -1;
	reclaim->goal = (int64_t)pages;
	reclaim->node = chosen_node(run);
	*swappiness = value == UINT64_MAX ? -1 : (int64_t)value;
	return 0;
}

/* The cgroup that is reclaimed from: all of the host without one. */
static int find_target(struct pfnscope_run *run, struct pfnscope_reclaim *reclaim)
{
	const char *name = pfnscope_run_value(run, "cgroup");
	const struct pfnscope_weighed *weighed = reclaim->weighed;

	reclaim->target = pfnscope_weighed_find(weighed, name ? name : "/");
	if (reclaim->target == PFNSCOPE_NOBODY)
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			"--cgroup: no memory cgroup \"%s\" (pfnscope lru has their names)",
			name ? name : "/");
	reclaim->host = weighed->groups[reclaim->target].above == PFNSCOPE_NOBODY;
	for (size_t i = 0; i < weighed->nr_lruvecs; i++)
		if (reclaim->node < 0 || weighed->lruvecs[i].node == reclaim->node)
			return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_ABSENT, "--node: no node %lld",
			     (long long)reclaim->node);
}

static int show_table_of(struct pfnscope_run *run, const struct pfnscope_reclaim *reclaim,
			 const struct pfnscope_table *tail, const struct pfnscope_key *hidden)
{
	struct pfnscope_table *table = pfnscope_run_value(run, "why") ? pfnscope_plan_why(reclaim) :
				       pfnscope_plan_table(reclaim, tail);
	const char *end = pfnscope_plan_end(reclaim);
	int status;

	if (hidden)
		pfnscope_redact_rows(hidden, table);
	status = pfnscope_run_show(run, table);
	if (status >= 0 && end)
		pfnscope_run_remark(run, "it ends after %lld of %lld pages: %s",
				    (long long)reclaim->taken, (long long)reclaim->goal, end);
	pfnscope_table_free(table);
	return status;
}

static int show_plan(struct pfnscope_run *run, struct pfnscope_reclaim *reclaim,
		     const struct pfnscope_snapshot *snapshot, int64_t swappiness,
		     const struct pfnscope_key *hidden)
{
	const struct pfnscope_table *balance =
		pfnscope_snapshot_table(snapshot, &pfnscope_view_balance);
	struct pfnscope_weighed *weighed = reclaim->weighed;
	int status;

	if (!balance->nr_rows)
		return pfnscope_run_absent(run, balance);
	pfnscope_weighed_read(weighed, run->source, snapshot, swappiness);
	status = find_target(run, reclaim);
	if (!status) {
		pfnscope_weighed_refaults(weighed, run->source, balance, reclaim->target);
		pfnscope_reclaim_foresee(reclaim);
		status = show_table_of(run, reclaim,
				       pfnscope_snapshot_table(snapshot, &pfnscope_view_lrutail),
				       hidden);
	}
	pfnscope_reclaim_clear(reclaim);
	pfnscope_weighed_clear(weighed);
	return status;
}

/* Of --plan: limits of cgroups are found by their names. */
static int run_plan(struct pfnscope_run *run, struct pfnscope_reclaim *reclaim,
		    int64_t swappiness)
{
	const struct pfnscope_view *const views[] = {
		&pfnscope_view_balance, &pfnscope_view_zones, &pfnscope_view_lrutail, NULL
	};
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_key key;
	bool hidden = pfnscope_source_reveal(run->source, &key);
	int status = -1;

	if (!pfnscope_snapshot_read(run->source, views, &snapshot, &run->error)) {
		run->format.page_size_bytes = snapshot.page_size_bytes;
		status = show_plan(run, reclaim, &snapshot, swappiness, hidden ? &key : NULL);
		pfnscope_snapshot_clear(&snapshot);
	}
	if (hidden)
		pfnscope_source_redact(run->source, &key);
	return status;
}

static int run_reclaim(struct pfnscope_run *run)
{
	struct pfnscope_weighed weighed = { 0 };
	struct pfnscope_reclaim reclaim = { .weighed = &weighed };
	int64_t swappiness = -1;

	if (read_options(run, &reclaim, &swappiness))
		return -1;
	return is_plan(run) ? run_plan(run, &reclaim, swappiness) : pfnscope_run_view(run);
}

static const struct pfnscope_view *view_of(const struct pfnscope_run *run)
{
	return !is_plan(run) ? &pfnscope_view_reclaim :
	       pfnscope_run_value(run, "why") ? &pfnscope_view_reclaim_why :
	       &pfnscope_view_reclaim_plan;
}

const struct pfnscope_command pfnscope_cmd_reclaim = {
	.name = "reclaim",
	.group = PFNSCOPE_GROUP_RECLAIM,
	.summary = "kswapd, pages scanned and stolen, compaction; what goes next",
	.description =
		"What does not apply to a row, or is not counted at that scope by this\n"
		"kernel, is -. The counters run since boot. --plan makes what reclaim would\n"
		"take from what it weighs (pfnscope balance), if nobody used a page meanwhile.",
	.view = &pfnscope_view_reclaim,
	.others = { { "With --plan", &pfnscope_view_reclaim_plan, true },
		    { "With --why", &pfnscope_view_reclaim_why, true } },
	.view_of = view_of,
	.options = options,
	.weighs = { "scanned_direct", "scanned_kswapd" },
	.examples = { "reclaim --where scope=node -o node,kswapd_state,kswapd_failures",
		      "reclaim --plan --cgroup /apps --pages 4096" },
	.run = run_reclaim,
};
