// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope oom: reads kernel logs and explains every report in them. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "cmd/oom.h"
#include "oomlog/reader.h"
#include "oomlog/table.h"
#include "render/list.h"
#include "source/stream.h"

/* So many reports are told without a list of them behind. */
#define FEW	3

/* A log of years has more; the list does not grow with it for ever. */
#define MOST_LISTED	100000

/* Of a log in an archive, which is held in memory. */
#define RECORDED_MAX	((size_t)1 << 29)

static const struct pfnscope_option options[] = {
	{ "next", NULL, "no log: whom the OOM killer would take now (oom --next --help)" },
	{ "last", NULL, "only the last report of the log" },
	{ "list", NULL, "a line for each report, and nothing else" },
	{ NULL, NULL, NULL },
};

struct show {
	struct pfnscope_run *run;
	struct pfnscope_oom_report *last;
	struct pfnscope_table *list;
	struct pfnscope_list document;
	bool only_last;
	bool only_list;
	bool partial;
	size_t unread;
	size_t count;
};

/* Not before the first report: a log that cannot be read has no document. */
static void begin_document(struct show *s)
{
	const struct pfnscope_document *shape = &pfnscope_oom_document;

	pfnscope_list_begin(&s->document,
			    pfnscope_json_document(&s->run->format, shape->name,
						   shape->version),
			    shape->keys->key);
}

static int show_report(struct show *s, const struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_answer *answer = pfnscope_oom_explain(report);
	struct pfnscope_run *run = s->run;
	int failed = 0;

	s->count++;
	s->unread += report->unread_lines;
	s->partial |= report->unread_lines != 0;
	if (s->count == 1 && run->format.kind == PFNSCOPE_FORMAT_JSON)
		begin_document(s);
	if (run->format.kind == PFNSCOPE_FORMAT_JSON)
		pfnscope_list_element(&s->document,
				      pfnscope_oom_json(&run->format, report,
							answer));
	else if (!s->only_list)
		failed = pfnscope_oom_text(&run->format, s->count, report,
					   answer, &run->error);
	if (s->count <= MOST_LISTED)
		pfnscope_oom_list_add(s->list, report, answer);
	pfnscope_oom_answer_free(answer);
	return failed;
}

/* The reader's sink: takes over @report. */
static int take_report(void *context, struct pfnscope_oom_report *report)
{
	struct show *s = context;
	int failed = 0;

	if (s->only_last) {
		pfnscope_oom_report_free(s->last);
		s->last = report;
		return 0;
	}
	failed = show_report(s, report);
	pfnscope_oom_report_free(report);
	return failed;
}

/*
 * A log that ends in the middle was printed as far as it went: the answer lacks
 * a part.
 */
static void feed(struct show *s, struct pfnscope_stream *stream,
		 struct pfnscope_oomlog *log)
{
	struct pfnscope_error error = { 0 };
	const char *text;
	long size;

	while ((size = pfnscope_stream_read(stream, &text, &error)) > 0)
		if (pfnscope_oomlog_feed(log, text, (size_t)size))
			return;
	if (size < 0) {
		pfnscope_run_remark(s->run, "%s", error.text);
		s->partial = true;
	}
}

static int read_log(struct show *s, struct pfnscope_stream *stream)
{
	const struct pfnscope_oomlog_sink sink = { take_report, s };
	struct pfnscope_oomlog *log = pfnscope_oomlog_new(&sink);
	struct pfnscope_error *error = &s->run->error;
	int failed;

	feed(s, stream, log);
	failed = pfnscope_oomlog_end(log);
	if (failed && !error->status)
		return pfnscope_fail(error, PFNSCOPE_SYSTEM, "%s: %s",
				     pfnscope_stream_name(stream),
				     strerror(failed < 0 ? -failed : failed));
	return failed;
}

/* All are opened before the first is read, so a wrong name prints nothing. */
static int open_logs(struct show *s, char **names, size_t count,
		     struct pfnscope_stream **streams)
{
	for (size_t i = 0; i < count; i++)
		if (pfnscope_stream_open(names[i], &streams[i], &s->run->error))
			return -1;
	return 0;
}

/* Of an archive, what its machine's dmesg printed; @text is to be freed behind the stream. */
static int open_recorded(struct pfnscope_run *run, char **text,
			 struct pfnscope_stream **stream)
{
	static const char *const names[] = {
		"sos_commands/kernel/dmesg", "sos_commands/kernel/dmesg_-T", "dmesg",
	};
	struct pfnscope_input *input;
	size_t i = 0, size;
	int failed;

	while (i < ARRAY_SIZE(names) && pfnscope_source_input(run->source, names[i], &input))
		i++;
	if (i == ARRAY_SIZE(names))
		return pfnscope_fail(&run->error, PFNSCOPE_BAD_DATA,
			"--from: there is no log in it, as /sos_commands/kernel/dmesg");
	failed = pfnscope_input_all(input, RECORDED_MAX, text, &size, &run->error) ||
		 pfnscope_stream_memory(pfnscope_input_name(input), *text, size, stream,
					&run->error);
	pfnscope_input_close(input);
	return failed;
}

static int recorded_log(struct show *s)
{
	struct pfnscope_stream *stream = NULL;
	char *text = NULL;
	int failed;

	if (s->run->nr_arguments)
		return pfnscope_fail(&s->run->error, PFNSCOPE_USAGE,
				     "oom: either --from or files: \"%s\"",
				     s->run->arguments[0]);
	failed = open_recorded(s->run, &text, &stream);
	if (!failed)
		failed = read_log(s, stream);
	pfnscope_stream_close(stream);
	free(text);
	return failed;
}

static int all_logs(struct show *s)
{
	struct pfnscope_run *run = s->run;
	char dash[] = "-", *standard[] = { dash };
	char **names = run->nr_arguments ? run->arguments : standard;
	size_t count = run->nr_arguments ? run->nr_arguments : 1;
	struct pfnscope_stream **streams = pfnscope_calloc(count,
							   sizeof(*streams));
	int failed = open_logs(s, names, count, streams);

	for (size_t i = 0; !failed && i < count; i++)
		failed = read_log(s, streams[i]);
	for (size_t i = 0; i < count; i++)
		pfnscope_stream_close(streams[i]);
	free(streams);
	return failed;
}

/* Reports were there, and all of them, or there is something to look at. */
static int status_of_log(const struct show *s)
{
	if (s->partial)
		return PFNSCOPE_PARTIAL;
	return s->count ? PFNSCOPE_OK : PFNSCOPE_WARNING;
}

/* Many reports are hard to tell apart on many screens. */
static int show_list(struct show *s)
{
	struct pfnscope_run *run = s->run;

	if (!s->count || (!s->only_list && s->count <= FEW))
		return 0;
	if (!s->only_list)
		pfnscope_render_text("\n");
	return pfnscope_render_table(&run->format, s->list, &run->error);
}

/* A report is bad news; none at all is worth saying. */
static int finish(struct show *s, bool json)
{
	struct pfnscope_run *run = s->run;

	if (s->last && show_report(s, s->last))
		return -1;
	if (json && !s->count)
		begin_document(s);
	if (json)
		pfnscope_list_end(&s->document);
	else if (!s->count)
		pfnscope_run_remark(run, "no OOM or allocation-failure report "
				    "in this log");
	if (!json && show_list(s))
		return -1;
	if (s->unread)
		pfnscope_run_remark(run, "%zu lines within reports could not be "
				    "read: what stands before the kernel's text "
				    "was not understood", s->unread);
	if (pfnscope_render_finish(&run->error))
		return -1;
	return status_of_log(s);
}

static int run_oom(struct pfnscope_run *run)
{
	bool json = run->format.kind == PFNSCOPE_FORMAT_JSON;
	struct show s = {
		.run = run,
		.list = pfnscope_oom_list_new(),
		.only_last = pfnscope_run_value(run, "last") != NULL,
		.only_list = pfnscope_run_value(run, "list") != NULL,
	};
	int status;

	status = pfnscope_source_is_live(run->source) ? all_logs(&s) : recorded_log(&s);
	if (!status)
		status = finish(&s, json);
	pfnscope_oom_report_free(s.last);
	pfnscope_table_free(s.list);
	free(s.document.tail);
	return status;
}

const struct pfnscope_command pfnscope_cmd_oom = {
	.name = "oom",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "explain the OOM and allocation-failure reports of a log",
	.description =
		"Reads kernel logs as people keep and paste them (dmesg, syslog, journal,\n"
		"JSON, mail, consoles, compressed; kernels 2.6 to 7.x), finds every report\n"
		"of the OOM killer and of failed page allocations, and says what was asked,\n"
		"which zones could not serve it and why, what held the memory, who was\n"
		"killed.\n"
		"Without a file, or with -, it reads standard input; with --from the log in\n"
		"an archive, such as one of sosreport. What the log does not hold is said to\n"
		"be missing.\n"
		"With --next it is about the processes of this machine.",
	.arguments = "[FILE...]",
	.variant = &pfnscope_cmd_oom_next,
	.options = options,
	.document = &pfnscope_oom_document,
	.rootless = true,
	.logs = true,
	.examples = { "oom kern.log", "oom --next" },
	.run = run_oom,
};
