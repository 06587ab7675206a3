// SPDX-License-Identifier: GPL-2.0-only
/* The live view: a page is read by running the commands that are on it. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cmd/top.h"
#include "source/origin.h"
#include "table/select.h"
#include "view/about.h"

#define SECOND	1000000000LL
#define SCAN_EVERY	(10 * SECOND)
#define SCAN_SHARE	20	/* a scan is never read more often than that times what it took */
#define SHARE	100	/* the same of everything else */

int64_t pfnscope_top_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND + now.tv_nsec;
}

static void forget_kept(struct pfnscope_top_kept *kept)
{
	free(kept->text);
	free(kept->failed);
	json_object_put(kept->changes);
	kept->text = NULL;
	kept->failed = NULL;
	kept->changes = NULL;
}

static void forget_all(struct pfnscope_top *top)
{
	for (size_t i = 0; i < PFNSCOPE_TOP_SECTIONS; i++) {
		forget_kept(&top->kept[i]);
		top->kept[i] = (struct pfnscope_top_kept){ 0 };
	}
}

void pfnscope_top_turn(struct pfnscope_top *top, size_t page)
{
	forget_all(top);
	top->page = page;
}

void pfnscope_top_clear(struct pfnscope_top *top)
{
	pfnscope_top_turn(top, 0);
	pfnscope_changes_free(top->changes);
	pfnscope_recordings_clear(&top->recordings);
	free(top->trouble);
	free(top->sort);
	free(top->filter);
}

/* --- one section --- */

/* Where what changed in a section is told. */
struct telling {
	struct pfnscope_changes *changes;
	struct pfnscope_top_kept *kept;
};

static struct json_object *change_of(const struct pfnscope_table *table, size_t row,
				     size_t field, const struct pfnscope_change *change)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "table", json_object_new_string(table->view->name));
	json_object_object_add(object, "row", json_object_new_uint64(row));
	json_object_object_add(object, "column",
			       json_object_new_string(table->view->fields[field].name));
	json_object_object_add(object, "delta", json_object_new_int64(change->delta));
	json_object_object_add(object, "ns", json_object_new_int64(change->ns));
	return object;
}

/* The numbers of @table that changed, for programs. */
static void tell_changes(void *context, const struct pfnscope_table *table)
{
	const struct telling *telling = context;
	struct pfnscope_change change;

	if (!telling->kept->changes)
		telling->kept->changes = json_object_new_array();
	for (size_t row = 0; row < table->nr_rows; row++)
		for (size_t i = 0; i < table->view->nr_fields; i++)
			if (pfnscope_changes_of(telling->changes, table, row, i, &change))
				json_object_array_add(telling->kept->changes,
						      change_of(table, row, i, &change));
}

/* What is sorted by on one page may be no column of another. */
static const char *sort_of(const struct pfnscope_top *top,
			   const struct pfnscope_view *view)
{
	const char *unknown;
	char *columns;

	if (!top->sort || !view)
		return NULL;
	columns = pfnscope_strdup(top->sort);
	unknown = pfnscope_table_sort(NULL, view, columns);
	free(columns);
	return unknown ? NULL : top->sort;
}

static const char **values_of(const struct pfnscope_top_section *section,
			      const struct pfnscope_command *command)
{
	const struct pfnscope_option *option = command->options;
	const char **values;
	size_t count = 1, i;

	for (i = 0; option && option[i].name; i++)
		count++;
	values = pfnscope_calloc(count, sizeof(*values));
	for (i = 0; section->option && option && option[i].name; i++)
		if (!strcmp(option[i].name, section->option))
			values[i] = section->value;
	return values;
}

/* Rows are shown whatever the terminal has room for: it can be scrolled. */
static int ask_section(struct pfnscope_top *top,
		       const struct pfnscope_top_section *section,
		       const struct pfnscope_command *command,
		       const struct pfnscope_live *live, struct pfnscope_error *error)
{
	struct pfnscope_run run = {
		/* What is about each page frame is too much to be kept. */
		.command = command,
		.source = command->scans ? top->run->source : top->once,
		.format = top->run->format, .head = top->run->head,
		.sort = sort_of(top, command->view),
		.usual_sort = section->sort,
		.top = section->rows ? section->rows : UINT32_MAX, .live = live, .values = values_of(section, command),
	};
	int status;

	run.head.command = command->name;
	run.format.head = &run.head;
	run.format.changes = top->changes;
	status = command->run(&run);
	*error = run.error;
	free(run.values);
	pfnscope_where_clear(&run.where);
	return status;
}

/* What the command prints goes to @out; why it cannot, to @kept. */
static void run_section(struct pfnscope_top *top,
			const struct pfnscope_top_section *section,
			const struct pfnscope_command *command,
			const struct pfnscope_live *live, FILE *out,
			struct pfnscope_top_kept *kept)
{
	struct pfnscope_error error = { 0 };

	pfnscope_render_keep(out);
	if (ask_section(top, section, command, live, &error) < 0) {
		free(kept->failed);
		kept->failed = pfnscope_strdup(error.text);
	}
	pfnscope_render_keep(NULL);
}

/* Remarks stand below what they are about; programs read the same in the documents. */
static void read_text(struct pfnscope_top *top, const struct pfnscope_top_section *section,
		      struct pfnscope_top_kept *kept, FILE *out, FILE *remarks)
{
	const struct pfnscope_live live = {
		.filter = top->filter, .by_change = section->by_change, .remarks = remarks,
	};

	run_section(top, section, section->command, &live, out, kept);
}

static void read_json(struct pfnscope_top *top, const struct pfnscope_top_section *section,
		      struct pfnscope_top_kept *kept, FILE *out, FILE *nowhere)
{
	struct telling telling = { top->changes, kept };
	const struct pfnscope_live live = {
		.filter = top->filter, .by_change = section->by_change, .remarks = nowhere,
		.shown = tell_changes, .context = &telling,
	};

	if (section->program)
		run_section(top, section, section->program, &live, out, kept);
	/* For what changed in its table, if it has one. */
	if (!section->program || section->command->view)
		run_section(top, section, section->command, &live,
			    section->program ? nowhere : out, kept);
}

static void read_section(struct pfnscope_top *top,
			 const struct pfnscope_top_section *section,
			 struct pfnscope_top_kept *kept)
{
	bool json = top->run->format.kind == PFNSCOPE_FORMAT_JSON;
	int64_t before = pfnscope_top_now();
	char *aside = NULL;
	FILE *out, *other;
	size_t size;

	forget_kept(kept);
	kept->at_ns = before;
	out = open_memstream(&kept->text, &kept->size);
	other = open_memstream(&aside, &size);
	if (!out || !other)
		abort();
	(json ? read_json : read_text)(top, section, kept, out, other);
	fclose(other);
	if (!json)
		fputs(aside, out);
	fclose(out);
	free(aside);
	kept->spent_ns = pfnscope_top_now() - before;
}

/* What takes long is read seldom: the share of a CPU is bounded whatever the memory. */
static bool is_due(const struct pfnscope_top_section *section,
		   const struct pfnscope_top_kept *kept, enum pfnscope_top_why why)
{
	int64_t age = pfnscope_top_now() - kept->at_ns;
	int64_t least = (section->scan ? SCAN_SHARE : SHARE) * kept->spent_ns;

	if (!kept->at_ns)
		return true;
	if (why == PFNSCOPE_TOP_AGAIN && !section->scan)
		return true;
	if (section->scan && why == PFNSCOPE_TOP_TICK && least < SCAN_EVERY)
		least = SCAN_EVERY;
	return age >= least;
}

/* --- what it costs --- */

static int64_t module_ns(const struct pfnscope_source *source)
{
	struct pfnscope_error error = { 0 };
	const struct STATS_table *stats;
	struct pfnscope_table *any;
	int64_t sum = -1;
	uint64_t spent;

	if (pfnscope_view_read(source, &pfnscope_view_stats, &any, &error))
		return -1;
	stats = STATS_OF(any);
	for (size_t row = 0; row < stats->all.nr_rows; row++)
		if (pfnscope_table_number(CELL(stats, row, STATS_spent_ns), &spent))
			sum = (sum < 0 ? 0 : sum) + (int64_t)spent;
	pfnscope_table_free(any);
	return sum;
}

/* One reading of what was recorded says nothing of what a live view costs. */
static int64_t own_ns(const struct pfnscope_source *source)
{
	struct timespec own;

	if (!pfnscope_source_is_live(source) ||
	    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own))
		return -1;
	return own.tv_sec * SECOND + own.tv_nsec;
}

static void take_cost(struct pfnscope_top *top)
{
	top->cost_before = top->cost;
	top->cost = (struct pfnscope_top_cost) {
		.at_ns = pfnscope_top_now(),
		.own_ns = own_ns(top->run->source),
		.module_ns = module_ns(top->run->source),
	};
}

/* --- a reading --- */

static void read_page(struct pfnscope_top *top, enum pfnscope_top_why why)
{
	const struct pfnscope_top_page *page = &pfnscope_top_pages[top->page];
	struct pfnscope_source *kept = NULL;

	if (pfnscope_source_is_live(top->run->source))
		kept = pfnscope_source_keep(top->run->source);
	top->once = kept ? kept : top->run->source;
	if (top->run->format.kind == PFNSCOPE_FORMAT_JSON)
		pfnscope_origin_read(top->once, &top->run->head.origin);
	for (size_t i = 0; i < PFNSCOPE_TOP_SECTIONS && page->sections[i].command; i++)
		if (is_due(&page->sections[i], &top->kept[i], why))
			read_section(top, &page->sections[i], &top->kept[i]);
	pfnscope_source_close(kept);
	top->once = NULL;
}

void pfnscope_top_read_at(struct pfnscope_top *top, int64_t at_ns)
{
	forget_all(top);
	pfnscope_changes_tick(top->changes, at_ns);
	top->taken_ns = pfnscope_top_now();
	read_page(top, PFNSCOPE_TOP_TICK);
}

void pfnscope_top_read(struct pfnscope_top *top, enum pfnscope_top_why why)
{
	int64_t now = pfnscope_top_now();

	if (top->recordings.count) {
		top->tick += why != PFNSCOPE_TOP_AGAIN;
		pfnscope_top_read_recorded(top);
		return;
	}
	if (why == PFNSCOPE_TOP_AGAIN) {
		pfnscope_changes_again(top->changes, now);
	} else {
		pfnscope_changes_tick(top->changes, now);
		top->elapsed_ns = top->tick++ ? now - top->taken_ns : 0;
		top->taken_ns = now;
	}
	read_page(top, why);
	if (why != PFNSCOPE_TOP_AGAIN)
		take_cost(top);
}
