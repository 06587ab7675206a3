// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "cmd/oom.h"
#include "oom-reports.h"
#include "oomlog/reader.h"

static int take(void *context, struct pfnscope_oom_report *report)
{
	const struct pfnscope_format format = { .kind = PFNSCOPE_FORMAT_JSON };
	struct pfnscope_oom_answer *answer;

	report->first_line = 0;
	answer = pfnscope_oom_explain(report);
	json_object_array_add(context, pfnscope_oom_json(&format, report,
							 answer));
	pfnscope_oom_answer_free(answer);
	pfnscope_oom_report_free(report);
	return 0;
}

struct json_object *oom_reports(const char *text, size_t size)
{
	struct json_object *list = json_object_new_array();
	const struct pfnscope_oomlog_sink sink = { take, list };

	pfnscope_oomlog_read(text, size, &sink);
	return list;
}

char *oom_file(const char *path, size_t *size)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_input *input;
	char *text = NULL;

	*size = 0;
	if (pfnscope_input_open(path, &input))
		return NULL;
	if (pfnscope_input_all(input, 1 << 24, &text, size, &error))
		text = NULL;
	pfnscope_input_close(input);
	return text;
}

struct json_object *oom_reports_of(const char *path)
{
	size_t size;
	char *text = oom_file(path, &size);
	struct json_object *list = oom_reports(text ? text : "", size);

	free(text);
	return list;
}

const char *oom_plain(struct json_object *value)
{
	return value ? json_object_to_json_string_ext(value,
					JSON_C_TO_STRING_PLAIN) : "null";
}
