// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope stalls: what the tasks of each cgroup waited for, and what part of its pressure that is. */
#include <unistd.h>

#include "cmd/cgroups.h"
#include "cmd/events.h"
#include "cmd/stay.h"
#include "cmd/switch.h"
#include "source/view.h"
#include "triage/stalls.h"
#include "view/stalls.h"

#define SECOND	1000000000ULL

static const struct pfnscope_option options[] = {
	PFNSCOPE_EVENTS_SWITCHES,
	{ "for", "TIME", "what was waited for in so long from now on, and its share of the pressure: 10s" },
	{ "cgroup", "NAME", "only this one" },
	{ "kind", "KIND", "only this cause" },
	{ NULL, NULL, NULL },
};

static const struct pfnscope_view *view_of_stalls(const struct pfnscope_run *run)
{
	return pfnscope_run_value(run, "for") ? &pfnscope_view_stall_shares : &pfnscope_view_stalls;
}

static int choose_stalls(struct pfnscope_run *run)
{
	return pfnscope_cgroup_choose(run) || pfnscope_events_choose(run) ||
	       pfnscope_where_check(&run->where, view_of_stalls(run), &run->error);
}

static int show_stalls(struct pfnscope_run *run)
{
	struct pfnscope_table *table = pfnscope_events_read(run);
	int status = table ? pfnscope_run_show(run, table) : -1;

	pfnscope_table_free(table);
	return status;
}

/* --- for some time --- */

/* What there is before that time; NULL where it is off, and then nothing was. */
static int read_before(struct pfnscope_run *run, struct pfnscope_table **before)
{
	struct pfnscope_table *table;
	int status = 0;

	if (pfnscope_view_read_file(run->source, run->command->view, run->command->view->name,
				    &table, &run->error))
		return -1;
	if (table->state == PFNSCOPE_TABLE_ABSENT || table->state == PFNSCOPE_TABLE_UNAVAILABLE)
		status = pfnscope_run_absent(run, table);
	if (!status && !pfnscope_switch_is_off(table)) {
		*before = table;
		return 0;
	}
	pfnscope_table_free(table);
	return status;
}

/* The kinds are on from then on; what was before is read once they are, unless nothing was. */
static int hold(struct pfnscope_run *run, struct pfnscope_table **before, int *held)
{
	int status = read_before(run, before);

	if (status)
		return status;
	status = pfnscope_switch_hold(run, "events", "all", PFNSCOPE_EVENTS_TAKES, held);
	if (status || !*before)
		return status;
	pfnscope_table_free(*before);
	*before = NULL;
	status = read_before(run, before);
	if (status)
		close(*held);
	return status;
}

static int show_shares(struct pfnscope_run *run, struct pfnscope_pressures *pressures,
		       const struct pfnscope_table *before)
{
	struct pfnscope_table *after = pfnscope_events_read(run), *shares;
	bool overlap;
	int status;

	if (!after)
		return -1;
	pfnscope_pressures_read(run->source, pressures);
	shares = pfnscope_stall_shares(pressures, before, after, &overlap);
	/* As they are, the causes of a cgroup stand together. */
	run->usual_sort = "none";
	status = pfnscope_run_show(run, shares);
	if (overlap && status >= 0 && run->format.kind == PFNSCOPE_FORMAT_TABLE)
		pfnscope_run_remark(run, "tasks waited at the same time: each one's time adds up here, while PSI counts the time in which any did");
	pfnscope_table_free(shares);
	pfnscope_table_free(after);
	return status;
}

static int stay_and_show(struct pfnscope_run *run, uint64_t ns)
{
	struct pfnscope_pressures pressures = { 0 };
	struct pfnscope_table *before = NULL;
	struct pfnscope_stay stay;
	int held, status;

	pfnscope_pressures_read(run->source, &pressures);
	status = hold(run, &before, &held);
	if (!status) {
		pfnscope_stay_begin(&stay, ns);
		while (pfnscope_stay_on(&stay, SECOND))
			;
		pfnscope_stay_end(&stay);
		status = show_shares(run, &pressures, before);
		close(held);
	}
	pfnscope_table_free(before);
	pfnscope_pressures_clear(&pressures);
	return status;
}

static int run_stalls(struct pfnscope_run *run)
{
	const struct pfnscope_view *const none[] = { NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	uint64_t ns;
	int status;

	if (pfnscope_stay_time(run, &ns))
		return -1;
	if (ns && (pfnscope_run_value(run, "on") || pfnscope_run_value(run, "off")))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--for switches kinds on itself, and only as long");
	status = pfnscope_events_switch(run);
	if (status <= 0)
		return status;
	if (choose_stalls(run) || pfnscope_snapshot_read(run->source, none, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	pfnscope_snapshot_clear(&snapshot);
	return ns ? stay_and_show(run, ns) : show_stalls(run);
}

const struct pfnscope_command pfnscope_cmd_stalls = {
	.name = "stalls",
	.group = PFNSCOPE_GROUP_TIME,
	.summary = "what the tasks of each cgroup waited for, and its pressure",
	.description =
		"By memory cgroup and cause, what its own tasks waited for since that was\n"
		"switched on by --on. With --for nothing has to be on: what a cgroup and those\n"
		"below it waited for in that time, beside what PSI counts; what is left of that\n"
		"is \"other\": swapping in, pages of files that come back, memory.high.",
	.view = &pfnscope_view_stalls,
	.others = { { "With --for", &pfnscope_view_stall_shares, true } },
	.view_of = view_of_stalls,
	.options = options,
	.sort = PFNSCOPE_NAME(STALLS, total_ns),
	.empty = "none of the causes that are on has made a task wait",
	.weighs = { PFNSCOPE_NAME(STALLS, total_ns) },
	.examples = { "stalls", "stalls --kind memcg_reclaim" },
	.run = run_stalls,
};
