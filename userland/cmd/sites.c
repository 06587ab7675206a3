// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope sites: who asked for the pages that are held, since it was switched on. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cmd/sites.h"
#include "cmd/switch.h"
#include "table/select.h"
#include "view/sites.h"

/* For the eyes between two looks: longer is for a script. */
#define GROWING_MAX	86400

static const struct pfnscope_option options[] = {
	{ "on", "N", "begin to follow one page in N: 1, 2, 4 up to 1024; 64 costs little" },
	{ "on-all", "N", "likewise, and also what can be moved, which is mostly of processes" },
	{ "mib", "N", "memory for it, up to 1024 MiB (8)" },
	{ "off", NULL, "end it, and forget what was seen" },
	{ "stack", NULL, "a row for each stack of calls, and the calls below it" },
	{ "growing", "SECONDS", "look again after so long: only what holds more then" },
	{ "folded", NULL, "stacks as flame graphs are made from, and pages" },
	{ NULL, NULL, NULL },
};

/* --- the switch --- */

#define TAKES	"one page in 1, 2, 4 up to 1024, in 1 to 1024 MiB"

static int switch_on(struct pfnscope_run *run, const char *option)
{
	bool movable = !strcmp(option, "on-all");
	uint64_t rate = 0, mib = 8;
	char *text;
	int status;

	if (pfnscope_run_number(run, option, 1024, &rate) ||
	    pfnscope_run_number(run, "mib", 1024, &mib))
		return -1;
	text = pfnscope_format("pages rate=%u mib=%u%s", (unsigned int)rate,
			       (unsigned int)mib, movable ? " movable" : "");
	status = pfnscope_switch_write(run, "sites", text, TAKES);
	free(text);
	return status;
}

/* 1 where nothing is to be switched. */
static int switch_sites(struct pfnscope_run *run)
{
	bool on = pfnscope_run_value(run, "on"), all = pfnscope_run_value(run, "on-all");
	bool off = pfnscope_run_value(run, "off");

	if (pfnscope_run_value(run, "mib") && !on && !all)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--mib goes with --on and --on-all");
	if (on + all + off > 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "one of --on, --on-all and --off");
	if (!on && !all && !off)
		return 1;
	return off ? pfnscope_switch_write(run, "sites", "off", TAKES) :
		     switch_on(run, on ? "on" : "on-all");
}

/* --- the table --- */

static struct pfnscope_table *read_switched_on(struct pfnscope_run *run)
{
	struct pfnscope_table *table;

	if (pfnscope_view_read(run->source, &pfnscope_view_sites, &table, &run->error))
		return NULL;
	if (pfnscope_switch_is_off(table)) {
		pfnscope_table_free(table);
		pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			      "sites: switched off: nobody knows who asked (pfnscope sites --on 64 notes it from then on)");
		return NULL;
	}
	pfnscope_sites_name(table);
	return table;
}

static struct pfnscope_table *read_growing(struct pfnscope_run *run, uint64_t seconds)
{
	struct timespec rest = { .tv_sec = (time_t)seconds };
	struct pfnscope_table *before = read_switched_on(run), *table;

	if (!before)
		return NULL;
	while (pfnscope_source_is_live(run->source) && nanosleep(&rest, &rest))
		;
	table = read_switched_on(run);
	if (table)
		pfnscope_sites_grow(table, before);
	pfnscope_table_free(before);
	return table;
}

/* --- for other commands --- */

#define ASKERS	3	/* more are for the table */

static void keep_place(struct pfnscope_where *place, const struct pfnscope_where *where,
		       struct pfnscope_error *error)
{
	const struct pfnscope_condition *condition = where->conditions;

	for (; condition < where->conditions + where->count; condition++)
		if (condition->comparison == PFNSCOPE_EQUAL &&
		    (!strcmp(condition->column, "node") || !strcmp(condition->column, "zone")))
			pfnscope_where_equal(place, condition->column, condition->value, error);
}

static char *askers_of(const struct SITES_BRIEF_table *brief, uint64_t page_size)
{
	const struct pfnscope_field *pages = &brief->all.view->fields[SITES_BRIEF_estimated_pages];
	struct pfnscope_text text = { 0 };
	uint64_t number;

	for (size_t row = 0; row < brief->all.nr_rows && row < ASKERS; row++) {
		if (!pfnscope_table_number(CELL(brief, row, SITES_BRIEF_estimated_pages), &number))
			continue;
		pfnscope_text_put_string(&text, row ? ", " : "");
		pfnscope_text_put_printable(&text,
			pfnscope_table_string(CELL(brief, row, SITES_BRIEF_function)), "");
		pfnscope_text_put_char(&text, ' ');
		pfnscope_field_put(&text, pages, number, page_size);
	}
	return text.data;
}

char *pfnscope_sites_askers(struct pfnscope_run *run, const struct pfnscope_where *where)
{
	char *sort = pfnscope_strdup(PFNSCOPE_NAME(SITES_BRIEF, estimated_pages));
	struct pfnscope_where place = { 0 };
	struct pfnscope_error error = { 0 };
	struct pfnscope_table *table, *brief;
	char *none, *askers = NULL;

	if (pfnscope_view_read(run->source, &pfnscope_view_sites, &table, &error))
		return NULL;
	pfnscope_sites_name(table);
	keep_place(&place, where, &error);
	none = pfnscope_where_apply(&place, table, run->format.page_size_bytes);
	brief = pfnscope_sites_brief(table);
	if (brief) {
		pfnscope_table_sort(brief, brief->view, sort);
		askers = askers_of(SITES_BRIEF_OF(brief), run->format.page_size_bytes);
	}
	free(none);
	free(sort);
	pfnscope_where_clear(&place);
	pfnscope_table_free(brief);
	pfnscope_table_free(table);
	return askers;
}

/* What the kernel itself knows, and since when. */
static void say_others(const struct pfnscope_run *run)
{
	if (run->format.kind != PFNSCOPE_FORMAT_TABLE)
		return;
	if (pfnscope_source_has(run->source, "sys/kernel/debug/page_owner"))
		pfnscope_run_remark(run, "page_owner is on: /sys/kernel/debug/page_owner has the stack of every page since boot");
	if (pfnscope_source_has(run->source, "proc/allocinfo"))
		pfnscope_run_remark(run, "allocations are profiled: /proc/allocinfo has sums by line of code since boot");
}

static int show_folded(struct pfnscope_run *run, struct pfnscope_table *table)
{
	struct pfnscope_text text = { 0 };
	char *none = pfnscope_where_apply(&run->where, table,
					  run->format.page_size_bytes);

	pfnscope_sites_fold(table, &text);
	if (text.length)
		pfnscope_render_text("%s", text.data);
	free(text.data);
	if (none)
		pfnscope_run_remark(run, "%s", none);
	free(none);
	return pfnscope_render_finish(&run->error);
}

/* Unless columns were asked for. */
static void choose_site_columns(struct pfnscope_run *run)
{
	if (run->format.columns || run->format.all)
		return;
	if (pfnscope_run_value(run, "growing"))
		run->format.columns = pfnscope_run_value(run, "stack") ?
			"node,zone,order,function,grown,pages,error,newest,comm,stack" :
			"node,zone,order,function,grown,pages,error,newest,comm";
	else if (pfnscope_run_value(run, "stack"))
		run->format.columns = "+stack";
}

static int show_sites(struct pfnscope_run *run, struct pfnscope_table *table)
{
	int status;

	if (pfnscope_run_value(run, "folded") && table->state != PFNSCOPE_TABLE_ABSENT &&
	    table->state != PFNSCOPE_TABLE_UNAVAILABLE)
		return show_folded(run, table);
	if (run->format.kind == PFNSCOPE_FORMAT_TABLE)
		choose_site_columns(run);
	if (pfnscope_run_value(run, "growing"))
		run->usual_sort = PFNSCOPE_NAME(SITES, grown_pages);
	status = pfnscope_run_show(run, table);
	if (status >= 0)
		say_others(run);
	return status;
}

static int run_sites(struct pfnscope_run *run)
{
	const struct pfnscope_view *const none[] = { NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_table *table;
	uint64_t seconds = 0;
	int status = switch_sites(run);

	if (status <= 0)
		return status;
	if (pfnscope_run_number(run, "growing", GROWING_MAX, &seconds) ||
	    pfnscope_snapshot_read(run->source, none, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	table = pfnscope_run_value(run, "growing") ? read_growing(run, seconds) :
		read_switched_on(run);
	status = table ? show_sites(run, table) : -1;
	pfnscope_table_free(table);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

const struct pfnscope_command pfnscope_cmd_sites = {
	.name = "sites",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "which function asked for the memory that is held",
	.description =
		"By stacks of calls, of a sample of what was asked for since it was switched\n"
		"on by --on; what is older, nobody knows. Requests that can be moved, mostly of\n"
		"processes, are followed by --on-all alone.",
	.view = &pfnscope_view_sites,
	.others = { { "Alone", &pfnscope_view_sites_brief, false } },
	.options = options,
	.sort = PFNSCOPE_NAME(SITES, estimated_pages),
	.brief = pfnscope_sites_brief,
	.empty = "nothing that was asked for since it was switched on is held",
	.examples = { "sites --zone DMA", "sites --stack --top 5" },
	.run = run_sites,
};
