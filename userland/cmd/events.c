// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope events: what made tasks wait for memory, and blocks change their use. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cmd/cgroups.h"
#include "cmd/events.h"
#include "cmd/stay.h"
#include "cmd/switch.h"
#include "view/events.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_EVENTS_SWITCHES,
	{ "follow", NULL, "those that come, as they come, until Ctrl-C" },
	{ "for", "TIME", "those of so long from now on: 60s" },
	{ "kind", "KIND", "only this one" },
	{ "min", "TIME", "only what took so long: 10ms, 500us" },
	{ "cgroup", "NAME", "only of tasks of this memory cgroup" },
	{ "order", "N", "only for requests of this order" },
	{ "pid", "N", "only of this task" },
	{ NULL, NULL, NULL },
};

/* --- the switch, also for latency --- */

/* The module takes words with one blank between two. */
static char *kinds_of(const char *list)
{
	char *kinds = pfnscope_strdup(list), *comma;

	while ((comma = strchr(kinds, ',')))
		*comma = ' ';
	return kinds;
}

int pfnscope_events_switch(struct pfnscope_run *run)
{
	const char *on = pfnscope_run_value(run, "on"), *off = pfnscope_run_value(run, "off");
	char *kinds;
	int status;

	if (on && off)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE, "one of --on and --off");
	if (!on && !off)
		return 1;
	kinds = kinds_of(on ? on : "off");
	status = pfnscope_switch_write(run, "events", kinds, PFNSCOPE_EVENTS_TAKES);
	free(kinds);
	return status;
}

struct pfnscope_table *pfnscope_events_read(struct pfnscope_run *run)
{
	struct pfnscope_table *table;

	if (pfnscope_view_read(run->source, run->command->view, &table, &run->error))
		return NULL;
	if (!pfnscope_switch_is_off(table))
		return table;
	pfnscope_table_free(table);
	pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
		      "%s: switched off: nothing was noted (pfnscope events --on all notes it from then on)",
		      run->command->name);
	return NULL;
}

int pfnscope_events_choose(struct pfnscope_run *run)
{
	const char *kind = pfnscope_run_value(run, "kind");

	return kind ? pfnscope_where_equal(&run->where, "event", kind, &run->error) : 0;
}

/* --- events --- */

/* An option that is a condition on a column. */
static int add_condition(struct pfnscope_run *run, const char *option, const char *column,
			 enum pfnscope_comparison comparison)
{
	const char *value = pfnscope_run_value(run, option);

	if (!value)
		return 0;
	if (pfnscope_where_equal(&run->where, column, value, &run->error))
		return -1;
	run->where.conditions[run->where.count - 1].comparison = comparison;
	return 0;
}

static int choose_events(struct pfnscope_run *run)
{
	return pfnscope_events_choose(run) || pfnscope_cgroup_choose(run) ||
	       add_condition(run, "min", PFNSCOPE_NAME(EVENTS, took_ns), PFNSCOPE_GREATER_OR_EQUAL) ||
	       add_condition(run, "order", PFNSCOPE_NAME(EVENTS, order), PFNSCOPE_EQUAL) ||
	       add_condition(run, "pid", PFNSCOPE_NAME(EVENTS, pid), PFNSCOPE_EQUAL) ||
	       pfnscope_where_check(&run->where, run->command->view, &run->error);
}

/* Unless columns were asked for: of steals, which block and what for. */
static void choose_columns(struct pfnscope_run *run)
{
	const char *kind = pfnscope_run_value(run, "kind");

	if (run->format.columns || run->format.all || run->format.kind != PFNSCOPE_FORMAT_TABLE)
		return;
	if (kind && !strcmp(kind, "steal"))
		run->format.columns = "boot,node,zone,order,block_order,from,to,result,start_pfn,pid,comm";
}

/* What was noted so far. */
static int show_noted(struct pfnscope_run *run)
{
	struct pfnscope_table *table = pfnscope_events_read(run);
	int status;

	if (!table)
		return -1;
	pfnscope_events_tell(table, run->format.page_size_bytes);
	status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	return status;
}

/* What the options say of the time; @ns is 0 where they say nothing of its length. */
static int check_stay(struct pfnscope_run *run, bool follow, uint64_t *ns)
{
	if (pfnscope_stay_time(run, ns))
		return -1;
	if ((follow || *ns) && (pfnscope_run_value(run, "on") || pfnscope_run_value(run, "off")))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--follow and --for switch kinds on themselves, and only as long (--kind names one)");
	if (follow && run->sort)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--sort: --follow shows events as they come (--for 60s --sort %s sorts them)",
				     run->sort);
	return 0;
}

static int run_events(struct pfnscope_run *run)
{
	const struct pfnscope_view *const none[] = { NULL };
	bool follow = pfnscope_run_value(run, "follow");
	struct pfnscope_snapshot snapshot = { 0 };
	uint64_t ns;
	int status;

	if (check_stay(run, follow, &ns))
		return -1;
	status = pfnscope_events_switch(run);
	if (status <= 0)
		return status;
	if (choose_events(run) || pfnscope_snapshot_read(run->source, none, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	choose_columns(run);
	status = follow || ns ? pfnscope_events_stay(run, ns, follow) : show_noted(run);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

const struct pfnscope_command pfnscope_cmd_events = {
	.name = "events",
	.group = PFNSCOPE_GROUP_TIME,
	.summary = "what made tasks wait for memory, and who polluted a block",
	.description =
		"One row for each time a task reclaimed or compacted, a block was stolen by\n"
		"requests of another kind, or a task was killed, since that was switched on by\n"
		"--on. The newest are kept; `latency` has the sums of all. With --follow and\n"
		"--for nothing has to be on: it is for that time, and nothing is left behind.",
	.view = &pfnscope_view_events,
	.options = options,
	.letters = "--f-----",
	.empty = "none of the kinds that are on has happened",
	.weighs = { PFNSCOPE_NAME(EVENTS, took_ns) },
	.examples = { "events --min 10ms", "events --kind steal" },
	.run = run_events,
};
