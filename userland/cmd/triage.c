// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope triage: which numbers are past limits, and whose limits these are. */

#include "cmd/cmd.h"
#include "render/wrap.h"
#include "triage/memcg.h"
#include "triage/level.h"
#include "triage/task.h"
#include "triage/triage.h"

#define SECONDS_MAX	3600

static const struct pfnscope_option options[] = {
	{ "interval", "SECONDS", "between the two readings that rates are made from (1)" },
	{ "before", "FILE", "the earlier reading: an older recorded root of this machine, or an archive of one" },
	{ "cgroup", "G", "of this memory cgroup, such as /system.slice, not of the machine" },
	{ "pid", "PID", "of this process, not of the machine" },
	{ "limits", NULL, "the limits of all checks, and whose they are" },
	{ "explain", "CHECK", "the limits of one check, and where its number comes from" },
	{ NULL, NULL, NULL },
};

static const struct pfnscope_view *view_of_triage(const struct pfnscope_run *run)
{
	return pfnscope_run_value(run, "limits") || pfnscope_run_value(run, "explain") ?
	       &pfnscope_view_limits : &pfnscope_view_triage;
}

/* --- limits --- */

static void say(const struct pfnscope_table *table, unsigned int column,
		const char *before)
{
	const char *words = pfnscope_table_string(table, 0, column);

	if (words)
		pfnscope_wrap(before, "        ", "%s", words);
}

static int show_one(struct pfnscope_run *run, struct LIMITS_table *table)
{
	if (run->format.kind != PFNSCOPE_FORMAT_TABLE || run->format.columns)
		return pfnscope_run_show(run, &table->all);
	pfnscope_render_text("%s\n", pfnscope_table_string(CELL(table, 0, LIMITS_check)));
	say(&table->all, LIMITS_number, "number  ");
	say(&table->all, LIMITS_files, "files   ");
	say(&table->all, LIMITS_note, "note    ");
	say(&table->all, LIMITS_warn, "warn    ");
	say(&table->all, LIMITS_crit, "crit    ");
	say(&table->all, LIMITS_kind, "kind    ");
	say(&table->all, LIMITS_source, "source  ");
	return pfnscope_render_finish(&run->error);
}

static int show_limits(struct pfnscope_run *run)
{
	const char *check = pfnscope_run_value(run, "explain");
	struct LIMITS_table *table = LIMITS_FROM(pfnscope_triage_limits(check));
	int status;

	if (!table->all.nr_rows)
		status = pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--explain: no check \"%s\" (try: pfnscope triage --limits)", check);
	else
		status = check ? show_one(run, table) : pfnscope_run_show(run, &table->all);
	pfnscope_table_free(&table->all);
	return status;
}

/* --- checks --- */

static int status_of_level(enum pfnscope_level level)
{
	switch (level) {
	case PFNSCOPE_LEVEL_CRIT:
		return PFNSCOPE_CRITICAL;
	case PFNSCOPE_LEVEL_WARN:
		return PFNSCOPE_WARNING;
	default:
		return PFNSCOPE_OK;
	}
}

static int show_findings(struct pfnscope_run *run, struct pfnscope_table *table)
{
	int verdict = status_of_level(pfnscope_triage_worst(table)), status;

	if (!verdict && pfnscope_triage_lacks(table))
		verdict = PFNSCOPE_PARTIAL;
	status = pfnscope_run_show(run, table);
	return status ? status : verdict;
}

static int check_machine(struct pfnscope_run *run, const struct pfnscope_source *before,
			 uint64_t seconds, const struct pfnscope_subject *subject)
{
	struct pfnscope_facts facts = { 0 };
	struct pfnscope_table *table;
	int status = -1;

	if (!pfnscope_facts_read(run->source, before, (int64_t)seconds * 1000, subject,
				 &facts, &run->error)) {
		table = pfnscope_triage(&facts);
		status = show_findings(run, table);
		pfnscope_table_free(table);
	}
	pfnscope_facts_clear(&facts);
	return status;
}

/* What is asked about: a cgroup, a process, else the machine. */
static int find_subject(struct pfnscope_run *run, struct pfnscope_subject *subject)
{
	const char *name = pfnscope_run_value(run, "cgroup");
	uint64_t pid = 0;

	if (name && pfnscope_run_value(run, "pid"))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "either --cgroup or --pid");
	if (pfnscope_run_number(run, "pid", INT32_MAX, &pid) ||
	    (name && pfnscope_memcg_find(run->source, name, subject->group, &run->error)) ||
	    (pid && pfnscope_task_look(run->source, pid, subject->task, &run->error)))
		return -1;
	if (!name)
		subject->group = NULL;
	if (!pid)
		subject->task = NULL;
	return 0;
}

static int run_triage(struct pfnscope_run *run)
{
	const char *folder = pfnscope_run_value(run, "before");
	struct pfnscope_source *before = NULL;
	struct pfnscope_memcg group = { 0 };
	struct pfnscope_task task = { 0 };
	struct pfnscope_subject subject = { &group, &task };
	uint64_t seconds = 1;
	int status = -1;

	if (view_of_triage(run) == &pfnscope_view_limits)
		return show_limits(run);
	if (pfnscope_run_number(run, "interval", SECONDS_MAX, &seconds) ||
	    (folder && pfnscope_source_from(folder, &before, &run->error)))
		return -1;
	if (!find_subject(run, &subject))
		status = check_machine(run, before ? before : run->earlier, seconds, &subject);
	pfnscope_memcg_clear(&group);
	pfnscope_task_clear(&task);
	pfnscope_source_close(before);
	return status;
}

const struct pfnscope_command pfnscope_cmd_triage = {
	.name = "triage",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "what is wrong: numbers past their limits, and whose limits these are",
	.description =
		"Holds the numbers of a machine against limits, the worst first. Exit status\n"
		"0: none is past one that matters; 1: a warning; 2: critical; 3: neither, but\n"
		"some could not be looked at. Reads /proc and /sys; the module adds to it.",
	.view = &pfnscope_view_triage,
	.others = { { "With --limits or --explain", &pfnscope_view_limits, true } },
	.view_of = view_of_triage,
	.options = options,
	.brief = pfnscope_triage_brief,
	.examples = { "triage", "triage --explain headroom" },
	.run = run_triage,
};
