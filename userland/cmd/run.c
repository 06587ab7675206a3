// SPDX-License-Identifier: GPL-2.0-only
/* What the commands share: option values, remarks, showing one view. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/terminal.h"
#include "base/units.h"
#include "cmd/cmd.h"
#include "source/parse.h"
#include "table/select.h"

#define NS_PER_SECOND	1000000000

const char *pfnscope_run_value(const struct pfnscope_run *run,
			       const char *name)
{
	const struct pfnscope_option *options = run->command->options;
	size_t i;

	for (i = 0; options && options[i].name; i++)
		if (!strcmp(options[i].name, name))
			return run->values[i];
	return NULL;
}

int pfnscope_run_number(struct pfnscope_run *run, const char *name,
			uint64_t max, uint64_t *number)
{
	const char *value = pfnscope_run_value(run, name);
	uint64_t parsed;

	if (!value)
		return 0;
	if (pfnscope_digits(value, strlen(value), &parsed) || parsed > max)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--%s: not a number from 0 to %llu: \"%s\"", name,
			(unsigned long long)max, value);
	*number = parsed;
	return 0;
}

void pfnscope_run_remark(const struct pfnscope_run *run, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = pfnscope_vformat(format, arguments);
	va_end(arguments);
	pfnscope_printable(text);
	fprintf(run->live ? run->live->remarks : stderr, "pfnscope: %s: %s\n", run->command->name, text);
	free(text);
}

void pfnscope_run_of(const struct pfnscope_run *run, const char *what, int64_t at)
{
	char date[32];

	if (run->format.kind != PFNSCOPE_FORMAT_TABLE)
		return;
	pfnscope_units_date(date, sizeof(date), (uint64_t)at * NS_PER_SECOND);
	pfnscope_run_remark(run, "%s is of %s UTC", what, date);
}

/* For people who did not ask for everything. */
static bool is_for_people(const struct pfnscope_run *run)
{
	return run->format.kind == PFNSCOPE_FORMAT_TABLE && !run->all &&
	       !run->format.all;
}

static bool sorts_by(const struct pfnscope_run *run, const struct pfnscope_view *view)
{
	char *columns;
	bool known;

	if (!run->sort || !strcmp(run->sort, "none"))
		return true;
	columns = pfnscope_strdup(run->sort);
	known = !pfnscope_table_sort(NULL, view, columns);
	free(columns);
	return known;
}

/* How many rows the terminal has room for. */
static size_t rows_that_fit(const struct pfnscope_table *table)
{
	const size_t around = 3;	/* headings, a remark, the next prompt */
	size_t lines = pfnscope_terminal().rows, each = 1, i;

	for (i = 0; i < table->view->nr_fields; i++)
		each += (table->view->fields[i].flags & PFNSCOPE_SHOWN) &&
			(table->view->fields[i].flags & PFNSCOPE_BELOW);
	return lines > 2 * around ? (lines - around) / each : SIZE_MAX;
}

/*
 * A terminal that scrolls has shown what matters most, and nobody has seen it.
 * Returns how many rows were left out.
 */
static size_t fit_rows(const struct pfnscope_run *run, struct pfnscope_table *table)
{
	const struct pfnscope_command *command = run->command;
	size_t room, rows;

	if (!is_for_people(run) || run->format.columns || run->sort ||
	    run->top != UINT64_MAX || !isatty(STDOUT_FILENO))
		return 0;
	room = rows_that_fit(table);
	if (table->nr_rows > room && command->fold)
		command->fold(table, room);
	rows = table->nr_rows;
	/* That there are more takes a line too. */
	if (rows > room)
		pfnscope_table_heaviest(table, room - 1, command->weighs,
					ARRAY_SIZE(command->weighs));
	return rows - table->nr_rows;
}

static bool has_word(const struct pfnscope_table *table, size_t row, const void *word)
{
	for (size_t i = 0; i < table->view->nr_fields; i++) {
		const struct pfnscope_value *value = pfnscope_table_value(table, row, i);

		if (table->view->fields[i].type == PFNSCOPE_STRING && value->known &&
		    strcasestr(value->string, word))
			return true;
		for (uint32_t j = 0; table->view->fields[i].type == PFNSCOPE_WORDS &&
		     value->known && j < value->count; j++)
			if (strcasestr(value->words[j], word))
				return true;
	}
	return false;
}

/* What is compared with the next reading are all rows, whichever are looked at. */
static void choose_live(const struct pfnscope_run *run, struct pfnscope_table *table)
{
	if (run->format.changes)
		pfnscope_changes_take(run->format.changes, table);
	if (run->live && run->live->filter)
		pfnscope_table_filter(table, has_word, run->live->filter);
}

static void sort_live(const struct pfnscope_run *run, struct pfnscope_table *table)
{
	if (run->live && run->live->by_change && run->format.changes && !run->sort)
		pfnscope_changes_sort(run->format.changes, table, run->live->by_change);
	if (run->live && run->live->shown)
		run->live->shown(run->live->context, table);
}

/* Sorts and cuts what is shown, and prints it. */
static int show_rows(struct pfnscope_run *run, struct pfnscope_table *table,
		     const char *sort)
{
	size_t left_out;
	char *columns;

	if (!sorts_by(run, table->view))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--sort: %s has no column for \"%s\" (pfnscope %s --help lists them)",
			table->view->name, run->sort, run->command->name);
	choose_live(run, table);
	if (run->usual_sort)
		sort = run->usual_sort;
	if (run->sort)
		sort = run->sort;
	if (sort && strcmp(sort, "none")) {
		columns = pfnscope_strdup(sort);
		pfnscope_table_sort(table, table->view, columns);
		free(columns);
	}
	sort_live(run, table);
	if (run->top < table->nr_rows)
		pfnscope_table_limit_rows(table, (size_t)run->top);
	left_out = fit_rows(run, table);
	if (pfnscope_render_table(&run->format, table, &run->error))
		return -1;
	if (left_out)
		pfnscope_render_text("(%zu more rows: --all)\n", left_out);
	return 0;
}

static struct pfnscope_table *make_brief(struct pfnscope_run *run,
					 const struct pfnscope_table *table)
{
	const struct pfnscope_command *command = run->command;

	if (!is_for_people(run) || run->format.columns || !table->nr_rows)
		return NULL;
	if (command->tell)
		return command->tell(run, table);
	return command->brief ? command->brief(table) : NULL;
}

/* In the form for people, where the command has one; @shown says how many rows. */
static int show_chosen(struct pfnscope_run *run, struct pfnscope_table *table,
		       size_t *shown)
{
	const struct pfnscope_command *command = run->command;
	struct pfnscope_table *brief;
	int failed;

	if (is_for_people(run) && command->shows)
		pfnscope_table_filter(table, command->shows, NULL);
	brief = make_brief(run, table);
	if (brief && !sorts_by(run, brief->view) && sorts_by(run, table->view)) {
		/* To be sorted by what it does not show, it is shown as it is. */
		pfnscope_table_free(brief);
		brief = NULL;
	}
	if (brief)
		table = brief;
	failed = show_rows(run, table, brief && command->brief_sort ?
				       command->brief_sort : command->sort);
	*shown = table->nr_rows;
	pfnscope_table_free(brief);
	return failed;
}

/* Nobody should have to guess why there is no line. */
static void say_empty(const struct pfnscope_run *run, size_t rows)
{
	if (run->format.kind != PFNSCOPE_FORMAT_TABLE)
		return;
	if (rows)
		pfnscope_run_remark(run, "every number is 0 (--all shows them)");
	else
		pfnscope_run_remark(run, "%s", run->command->empty ?
				    run->command->empty : "there is nothing to show");
}

/* Nothing that doctor could say brings into an incident what is not in it. */
int pfnscope_run_absent(struct pfnscope_run *run, const struct pfnscope_table *table)
{
	return pfnscope_fail(&run->error, PFNSCOPE_ABSENT, "%s: %s%s", table->view->name,
			     table->reason, pfnscope_source_is_incident(run->source) ?
			     "" : " (try: pfnscope doctor)");
}

int pfnscope_run_show(struct pfnscope_run *run, struct pfnscope_table *table)
{
	size_t rows, shown = 0;
	bool matched;
	char *none;

	if (table->state == PFNSCOPE_TABLE_ABSENT)
		return pfnscope_run_absent(run, table);
	none = pfnscope_where_apply(&run->where, table,
				    run->format.page_size_bytes);
	rows = table->nr_rows;
	if (show_chosen(run, table, &shown)) {
		free(none);
		return -1;
	}
	if (none)
		pfnscope_run_remark(run, "%s", none);
	else if (!shown && table->state == PFNSCOPE_TABLE_COMPLETE)
		say_empty(run, rows);
	if (table->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_run_remark(run, "%s%s",
				    table->state == PFNSCOPE_TABLE_UNAVAILABLE ?
				    "unavailable: " : "", table->reason);
	matched = !none;
	free(none);
	if (table->state != PFNSCOPE_TABLE_COMPLETE)
		return PFNSCOPE_PARTIAL;
	return matched ? PFNSCOPE_OK : PFNSCOPE_WARNING;
}

int pfnscope_run_show_none(struct pfnscope_run *run, struct pfnscope_table *table,
			   const char *none)
{
	if (pfnscope_render_table(&run->format, table, &run->error))
		return -1;
	pfnscope_run_remark(run, "%s", none);
	return PFNSCOPE_WARNING;
}

int pfnscope_run_view(struct pfnscope_run *run)
{
	const struct pfnscope_view *const views[] = { run->command->view, NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	int status;

	if (pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	status = pfnscope_run_show(run, snapshot.tables[snapshot.nr_tables - 1]);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}
