// SPDX-License-Identifier: GPL-2.0-only
/*
 * pfnscope report: what the other commands answer, all of one moment, behind each other. They are
 * run here as they are: no part is made anew.
 */
#include <inttypes.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "cmd/cmd.h"
#include "render/capture.h"
#include "render/report.h"
#include "source/origin.h"
#include "source/redact.h"
#include "table/select.h"
#include "triage/facts.h"
#include "view/incidents.h"

#define LAST	3	/* incidents that are explained, the newest */

static const struct pfnscope_option options[] = {
	{ "html", "FILE", "one page that needs nothing else; - for standard output" },
	{ "redact", NULL, "names of tasks, cgroups, hosts and files as numbers" },
	{ NULL, NULL, NULL },
};

/**
 * struct part - a command, and how it is asked
 * @id: its document, a key of the report
 * @command: the command
 * @title: a few words
 * @option: an option that it is given, or NULL
 * @top: rows, 0 for all
 * @picture: the option by which it draws SVG, or NULL
 * @each: an incident each, by number
 */
struct part {
	const char *id;
	const struct pfnscope_command *command;
	const char *title;
	const char *option;
	uint64_t top;
	const char *picture;
	bool each;
};

/*
 * All of them, in their order, once: a document's name, its command, a title, and what else
 * there is to it. Others are no key of their own.
 */
#define REPORT_PARTS(DOCUMENT, OTHER) \
	DOCUMENT(status, status, "First screen") \
	DOCUMENT(triage, triage, "What is wrong") \
	DOCUMENT(zones, zones, "Zones") \
	DOCUMENT(owners, owners, "Who holds it") \
	DOCUMENT(sites, sites, "Who asked for it", .top = 20) \
	DOCUMENT(slabs, slabs, "Slab caches", .top = 15) \
	DOCUMENT(shrinkers, shrinkers, "Caches that can shrink", .top = 15) \
	DOCUMENT(frag, frag, "Fragmentation") \
	DOCUMENT(forecast, forecast, "Huge pages to be had") \
	DOCUMENT(hugepages, hugepages, "Pools of huge pages") \
	DOCUMENT(thp, thp, "Transparent huge pages") \
	DOCUMENT(lru, lru, "Memory cgroups", .top = 64) \
	DOCUMENT(reclaim, reclaim, "Reclaim") \
	DOCUMENT(reclaim_plan, reclaim, "What reclaim would take next", .option = "plan", .top = 64) \
	DOCUMENT(swap, swap, "Swap") \
	DOCUMENT(next, oom_next, "Whom the OOM killer would take now") \
	DOCUMENT(incidents, incidents, "Incidents") \
	OTHER(incident, incidents, "Incident", .each = true) \
	OTHER(map, map, "Map", .picture = "svg") \
	DOCUMENT(about, about, "Module")

#define PART(key, cmd, heading, ...) \
	{ .id = #key, .command = &pfnscope_cmd_##cmd, .title = heading, ##__VA_ARGS__ },

static const struct part parts[] = { REPORT_PARTS(PART, PART) };

static void set_flag(struct pfnscope_run *run, const char *name)
{
	const struct pfnscope_option *option = run->command->options;

	for (size_t i = 0; option && option[i].name; i++)
		if (name && !strcmp(option[i].name, name))
			run->values[i] = "";
}

static size_t count_options(const struct pfnscope_command *command)
{
	size_t count = 0;

	while (command->options && command->options[count].name)
		count++;
	return count;
}

/* "pfnscope: zones: why" is "why" below the heading of zones. */
static char *without_name(char *remarks, const struct pfnscope_command *command)
{
	char *prefix = pfnscope_format("pfnscope: %s: ", command->name);
	struct pfnscope_text text = { 0 };
	char *line, *rest = remarks;

	while ((line = strsep(&rest, "\n"))) {
		if (!strncmp(line, prefix, strlen(prefix)))
			line += strlen(prefix);
		if (!*line)
			continue;
		pfnscope_text_put_string(&text, line);
		pfnscope_text_put_char(&text, '\n');
	}
	free(prefix);
	free(remarks);
	return text.data ? text.data : pfnscope_strdup("");
}

/* One command, as if it were alone; what it prints, and what it says is lacking. */
static int run_part(const struct pfnscope_run *run, const struct part *part, char *argument,
		    const char *option, enum pfnscope_format_kind kind,
		    char **text, char **remarks, struct pfnscope_error *error)
{
	struct pfnscope_run sub = {
		.command = part->command, .source = run->source, .earlier = run->earlier,
		.format.kind = kind, .head = run->head, .arguments = &argument,
		.top = part->top && kind == PFNSCOPE_FORMAT_TABLE ? part->top : UINT64_MAX,
		.nr_arguments = argument != NULL,
	};
	struct pfnscope_capture capture;
	int status;

	sub.head.command = part->command->name;
	sub.format.head = &sub.head;
	sub.values = pfnscope_calloc(count_options(part->command) + 1, sizeof(*sub.values));
	set_flag(&sub, part->option);
	set_flag(&sub, option);
	status = pfnscope_capture_begin(&capture, error);
	if (!status) {
		status = part->command->run(&sub);
		pfnscope_capture_end(&capture, text, remarks);
		*remarks = without_name(*remarks, part->command);
	}
	free(sub.values);
	if (status >= 0 || error->status)
		return error->status ? -1 : 0;
	/* What one part cannot say leaves the others. */
	free(*remarks);
	free(*text);
	*text = pfnscope_strdup("");
	*remarks = pfnscope_format("%s\n", sub.error.text);
	return 0;
}

/* --- what is asked --- */

/* The numbers of the newest incidents, oldest first; they are none in the folder of one. */
static size_t last_incidents(struct pfnscope_run *run, uint64_t numbers[LAST])
{
	struct pfnscope_error error = { 0 };
	char newest[] = "incident";
	const struct INCIDENTS_table *list;
	struct pfnscope_table *any;
	size_t count = 0;

	if (pfnscope_view_read_file(run->source, &pfnscope_view_incidents,
				    pfnscope_source_is_incident(run->source) ? "header" :
				    "incidents/list", &any, &error))
		return 0;
	list = INCIDENTS_OF(any);
	pfnscope_table_sort(any, any->view, newest);
	pfnscope_table_limit_rows(any, LAST);
	for (size_t row = list->all.nr_rows; row-- > 0;)
		if (pfnscope_table_number(CELL(list, row, INCIDENTS_incident), &numbers[count]))
			count++;
	pfnscope_table_free(any);
	return count;
}

/* --- the parts --- */

/* What to type for it. */
static char *words_of(const struct part *part, const char *argument)
{
	const char *name = part->command->name;

	if (argument)
		return pfnscope_format("%s %s", name, argument);
	return pfnscope_format(part->top ? "%s%s%s --top %" PRIu64 : "%s%s%s", name,
			       part->option ? " --" : "", part->option ? part->option : "", part->top);
}

/* A command and the arguments that it is given. */
static int add_part(struct pfnscope_run *run, const struct part *part, char *argument,
		    bool json, bool text, struct pfnscope_report *report)
{
	struct pfnscope_report_part *made;
	char *lacks = NULL;
	int failed = 0;

	report->parts = pfnscope_realloc(report->parts, report->count + 1, sizeof(*made));
	made = &report->parts[report->count++];
	*made = (struct pfnscope_report_part){
		.title = part->title, .id = part->id, .is_incident = argument,
	};
	made->command = words_of(part, argument);
	if (text)
		failed = run_part(run, part, argument, NULL, PFNSCOPE_FORMAT_TABLE,
				  &made->text, &made->remarks, &run->error);
	if (!failed && json && (part->command->view || part->command->document)) {
		failed = run_part(run, part, argument, NULL, PFNSCOPE_FORMAT_JSON,
				  &made->json, &lacks, &run->error);
		if (!failed && !made->remarks) {
			made->remarks = lacks;
			lacks = NULL;
		}
		free(lacks);
	}
	lacks = NULL;
	if (!failed && json && text && part->picture) {
		failed = run_part(run, part, argument, part->picture, PFNSCOPE_FORMAT_TABLE,
				  &made->picture, &lacks, &run->error);
		free(lacks);
	}
	return failed;
}

static int add_parts(struct pfnscope_run *run, bool json, bool text,
		     struct pfnscope_report *report)
{
	uint64_t numbers[LAST];
	size_t incidents = last_incidents(run, numbers);
	int failed = 0;

	for (size_t i = 0; i < ARRAY_SIZE(parts) && !failed; i++) {
		if (!parts[i].each)
			failed = add_part(run, &parts[i], NULL, json, text, report);
		for (size_t n = 0; parts[i].each && n < incidents && !failed; n++) {
			char *number = pfnscope_format("%" PRIu64, numbers[n]);

			failed = add_part(run, &parts[i], number, json, text, report);
			free(number);
		}
	}
	return failed;
}

static void clear_parts(struct pfnscope_report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->parts[i].command);
		free(report->parts[i].text);
		free(report->parts[i].remarks);
		free(report->parts[i].json);
		free(report->parts[i].picture);
	}
	free(report->parts);
}

/* --- its three shapes --- */

static void say_part(const struct pfnscope_report_part *part)
{
	static const char line[] = "------------------------------------------------------------------------";
	size_t length = strlen(part->title) + strlen(part->command) + strlen(" (pfnscope )");

	pfnscope_render_text("%s (pfnscope %s)\n%.*s\n", part->title, part->command,
			     (int)length, line);
	pfnscope_render_text("%s%s\n", part->text, part->remarks);
}

/* What could not be asked, all in one place. */
static void say_missing_parts(const struct pfnscope_report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->count; i++) {
		if (pfnscope_report_has(&report->parts[i]))
			continue;
		if (!any)
			pfnscope_render_text("Not in this report\n------------------\n");
		any = true;
		pfnscope_render_text("%s", report->parts[i].remarks);
	}
}

static int show_report_text(struct pfnscope_run *run, const struct pfnscope_report *report)
{
	if (report->redacted)
		pfnscope_render_text("Redacted: names of tasks, cgroups, hosts and files are numbers.\n\n");
	for (size_t i = 0; i < report->count; i++)
		if (pfnscope_report_has(&report->parts[i]))
			say_part(&report->parts[i]);
	say_missing_parts(report);
	return pfnscope_render_finish(&run->error);
}

static int show_page(struct pfnscope_run *run, const struct pfnscope_report *report)
{
	const char *path = pfnscope_run_value(run, "html");
	int failure = strcmp(path, "-") ? pfnscope_output_to(path) : 0;

	if (failure)
		return pfnscope_fail(&run->error, PFNSCOPE_OUTPUT, "%s: %s", path, strerror(failure));
	pfnscope_report_html(report);
	return pfnscope_render_finish(&run->error);
}

#define KEY(key, cmd, heading, ...) \
	PFNSCOPE_KEY(DOCUMENT, #key, PFNSCOPE_OR_NULL, heading),
#define NO_KEY(key, cmd, heading, ...)

static const struct pfnscope_shape report_keys[] = {
	PFNSCOPE_KEY(BOOLEAN, "redacted", 0, "names are numbers"),
	REPORT_PARTS(KEY, NO_KEY)
	PFNSCOPE_KEY(DOCUMENTS, "incident", 0, "the newest of them, with their tables"),
	PFNSCOPE_KEY(STRING_OF, "not_known", 0, "by part, why it is not there"),
	PFNSCOPE_KEYS_END
};

static const struct pfnscope_document report_document = {
	.name = "report",
	.version = 1,
	.help = "the documents of other commands, all of one moment",
	.keys = report_keys,
};

static void add_answer(const struct pfnscope_report_part *part, struct json_object *object,
		       struct json_object *incidents, struct json_object *lacks)
{
	struct json_object *answer = part->json && *part->json ?
				     json_tokener_parse(part->json) : NULL;

	if (part->is_incident && answer)
		json_object_array_add(incidents, answer);
	else if (part->json && !part->is_incident)
		json_object_object_add(object, part->id, answer);
	if (!answer && part->json && part->remarks && *part->remarks)
		json_object_object_add(lacks, part->id, json_object_new_string_len(part->remarks,
				       (int)strcspn(part->remarks, "\n")));
}

static int show_report_json(struct pfnscope_run *run, const struct pfnscope_report *report)
{
	struct json_object *object = json_object_new_object();
	struct json_object *incidents = json_object_new_array();
	struct json_object *lacks = json_object_new_object();

	json_object_object_add(object, "redacted", json_object_new_boolean(report->redacted));
	for (size_t i = 0; i < report->count; i++)
		add_answer(&report->parts[i], object, incidents, lacks);
	json_object_object_add(object, "incident", incidents);
	json_object_object_add(object, "not_known", lacks);
	return pfnscope_render_json(&run->format, &report_document, object, &run->error);
}

/* --- one moment --- */

/* Rates are made from what a running system was a second before. */
static int read_earlier(struct pfnscope_run *run, struct pfnscope_source *live,
			struct pfnscope_source **earlier)
{
	const struct timespec second = { .tv_sec = 1 };
	const struct pfnscope_subject machine = { 0 };
	struct pfnscope_facts facts = { 0 };
	int failed;

	*earlier = pfnscope_source_keep(live);
	failed = pfnscope_facts_read(*earlier, NULL, 0, &machine, &facts, &run->error);
	pfnscope_facts_clear(&facts);
	run->earlier = *earlier;
	nanosleep(&second, NULL);
	return failed;
}

static int make_report(struct pfnscope_run *run, struct pfnscope_report *report)
{
	bool json = run->format.kind == PFNSCOPE_FORMAT_JSON, page = pfnscope_run_value(run, "html");
	struct pfnscope_key key;

	report->redacted = pfnscope_run_value(run, "redact");
	if (report->redacted) {
		pfnscope_redact_key(run->source, &key);
		pfnscope_source_redact(run->source, &key);
	}
	pfnscope_origin_read(run->source, &run->head.origin);
	report->origin = run->head.origin;
	if (add_parts(run, json || page, page || !json, report))
		return -1;
	for (size_t i = 0; i < report->count; i++)
		if (strcmp(report->parts[i].id, "triage") &&	/* which may know nothing */
		    (pfnscope_report_has(&report->parts[i]) ||
		     (report->parts[i].json && *report->parts[i].json)))
			return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_ABSENT, "nothing to report (try: pfnscope doctor)");
}

static int run_report(struct pfnscope_run *run)
{
	struct pfnscope_report report = { 0 };
	struct pfnscope_source *source = run->source, *earlier = NULL;
	int status = 0;

	if (pfnscope_run_value(run, "html") && run->format.kind == PFNSCOPE_FORMAT_JSON)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE, "--json and --html exclude each other");
	if (pfnscope_source_is_live(source)) {
		status = read_earlier(run, source, &earlier);
		run->source = pfnscope_source_keep(source);
	}
	if (!status)
		status = make_report(run, &report);
	if (!status)
		status = pfnscope_run_value(run, "html") ? show_page(run, &report) :
			 run->format.kind == PFNSCOPE_FORMAT_JSON ? show_report_json(run, &report) :
								    show_report_text(run, &report);
	clear_parts(&report);
	if (run->source != source)
		pfnscope_source_close(run->source);
	run->source = source;
	pfnscope_source_close(earlier);
	return status;
}

const struct pfnscope_command pfnscope_cmd_report = {
	.name = "report",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "the whole story, as text, as JSON, or as one page for a ticket",
	.description =
		"What status, triage, owners and the others answer, all from files that are\n"
		"read once. A part that cannot be had says why. --html makes a page below 2 MB\n"
		"that loads nothing; --redact hides names, not numbers.",
	.options = options,
	.document = &report_document,
	.unrecorded = true,
	.examples = { "report --html - --redact", "report --json" },
	.run = run_report,
};
