// SPDX-License-Identifier: GPL-2.0-only
/* The parts of a report: other commands, run as they are. No part is made anew. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "cmd/report.h"
#include "render/capture.h"
#include "table/select.h"
#include "view/incidents.h"

#define LAST	3	/* incidents that are explained, the newest */

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

int pfnscope_report_ask(struct pfnscope_run *run, bool json, bool text,
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

void pfnscope_report_clear(struct pfnscope_report *report)
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
