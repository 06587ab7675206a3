// SPDX-License-Identifier: GPL-2.0-only
/*
 * pfnscope report: what the other commands answer, all of one moment, behind each other, in one of
 * three shapes.
 */
#include <json-c/json.h>
#include <string.h>
#include <time.h>

#include "cmd/report.h"
#include "source/origin.h"
#include "source/redact.h"
#include "triage/facts.h"

static const struct pfnscope_option options[] = {
	{ "html", "FILE", "one page that needs nothing else; - for standard output" },
	{ "redact", NULL, "names of tasks, cgroups, hosts and files as numbers" },
	{ NULL, NULL, NULL },
};

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
	if (pfnscope_report_ask(run, json || page, page || !json, report))
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
	pfnscope_report_clear(&report);
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
