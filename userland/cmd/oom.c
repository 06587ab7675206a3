// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope oom: reads kernel logs and explains every report in them. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cmd/oom.h"
#include "oomlog/reader.h"
#include "render/list.h"

/* More than any log that is pasted; what a full journal of years may have. */
#define LOG_LIMIT	(1024UL * 1024 * 1024)

static const struct pfnscope_option options[] = {
	{ "last", NULL, "only the last report of the log" },
	{ NULL, NULL, NULL },
};

struct show {
	struct pfnscope_run *run;
	struct pfnscope_oom_report *last;
	bool only_last;
	size_t count;
};

static int show(struct show *s, const struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_answer *answer = pfnscope_oom_explain(report);
	struct pfnscope_run *run = s->run;
	int failed = 0;

	s->count++;
	if (s->count == 1 && run->format.kind == PFNSCOPE_FORMAT_JSON)
		pfnscope_list_begin();
	if (run->format.kind == PFNSCOPE_FORMAT_JSON)
		pfnscope_list_element(pfnscope_oom_json(&run->format, report,
							answer),
				      s->count == 1);
	else
		failed = pfnscope_oom_text(&run->format, s->count, report,
					   answer, &run->error);
	pfnscope_oom_answer_free(answer);
	return failed;
}

/* The reader's sink: takes over @report. */
static int take(void *context, struct pfnscope_oom_report *report)
{
	struct show *s = context;
	int failed = 0;

	if (s->only_last) {
		pfnscope_oom_report_free(s->last);
		s->last = report;
		return 0;
	}
	failed = show(s, report);
	pfnscope_oom_report_free(report);
	return failed;
}

static int one_log(struct show *s, struct pfnscope_input *input)
{
	const struct pfnscope_oomlog_sink sink = { take, s };
	struct pfnscope_error *error = &s->run->error;
	char *text = NULL;
	size_t size = 0;
	int failed;

	if (pfnscope_input_all(input, LOG_LIMIT, &text, &size, error))
		return -1;
	failed = pfnscope_oomlog_read(text, size, &sink);
	free(text);
	if (failed && !error->status)
		return pfnscope_fail(error, PFNSCOPE_SYSTEM, "%s: %s",
				     pfnscope_input_name(input),
				     strerror(failed < 0 ? -failed : failed));
	return failed;
}

/* All are opened before the first is read, so a wrong name prints nothing. */
static int open_logs(struct show *s, char **names, size_t count,
		     struct pfnscope_input **inputs)
{
	for (size_t i = 0; i < count; i++) {
		int failure = pfnscope_input_open(names[i], &inputs[i]);

		if (failure)
			return pfnscope_fail(&s->run->error, PFNSCOPE_BAD_DATA,
					     "%s: %s", names[i],
					     strerror(failure));
	}
	return 0;
}

static int all_logs(struct show *s)
{
	struct pfnscope_run *run = s->run;
	char dash[] = "-", *standard[] = { dash };
	char **names = run->nr_arguments ? run->arguments : standard;
	size_t count = run->nr_arguments ? run->nr_arguments : 1;
	struct pfnscope_input **inputs = pfnscope_calloc(count,
							 sizeof(*inputs));
	int failed = open_logs(s, names, count, inputs);

	for (size_t i = 0; !failed && i < count; i++)
		failed = one_log(s, inputs[i]);
	for (size_t i = 0; i < count; i++)
		if (inputs[i])
			pfnscope_input_close(inputs[i]);
	free(inputs);
	return failed;
}

/* A report is bad news; none at all is worth saying. */
static int finish(struct show *s, bool json)
{
	struct pfnscope_run *run = s->run;

	if (s->last && show(s, s->last))
		return -1;
	if (json && !s->count)
		pfnscope_list_begin();
	if (json)
		pfnscope_list_end(!s->count);
	else if (!s->count)
		pfnscope_run_remark(run, "no OOM or allocation-failure report "
				    "in this log");
	if (pfnscope_render_finish(&run->error))
		return -1;
	return PFNSCOPE_OK;
}

static int run_oom(struct pfnscope_run *run)
{
	bool json = run->format.kind == PFNSCOPE_FORMAT_JSON;
	struct show s = {
		.run = run,
		.only_last = pfnscope_run_value(run, "last") != NULL,
	};
	int status;

	status = all_logs(&s);
	if (!status)
		status = finish(&s, json);
	pfnscope_oom_report_free(s.last);
	return status;
}

const struct pfnscope_command pfnscope_cmd_oom = {
	.name = "oom",
	.summary = "explain the OOM and allocation-failure reports of a log",
	.description =
		"Reads kernel logs as people keep and paste them (dmesg, syslog, journal,\n"
		"mail, serial consoles; kernels 2.6 to 7.x), finds every report of the OOM\n"
		"killer and of failed page allocations, and says what was asked, which\n"
		"zones could not serve it and why, what held the memory, who was killed.\n"
		"Without a file, or with -, it reads standard input. What the log does not\n"
		"hold is said to be missing.",
	.arguments = "[FILE...]",
	.options = options,
	.run = run_oom,
};
