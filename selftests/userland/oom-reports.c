// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "cmd/oom.h"
#include "oom-reports.h"
#include "oomlog/reader.h"
#include "source/stream.h"

static int take(void *context, struct pfnscope_oom_report *report)
{
	const struct pfnscope_format format = { .kind = PFNSCOPE_FORMAT_JSON };
	struct pfnscope_oom_answer *answer;

	report->first_line = 0;
	report->stamp[0] = '\0';
	answer = pfnscope_oom_explain(report);
	json_object_array_add(context, pfnscope_oom_json(&format, report,
							 answer));
	pfnscope_oom_answer_free(answer);
	pfnscope_oom_report_free(report);
	return 0;
}

int oom_read(const char *text, size_t size,
	     const struct pfnscope_oomlog_sink *sink)
{
	struct pfnscope_oomlog *log = pfnscope_oomlog_new(sink);

	pfnscope_oomlog_feed(log, text, size);
	return pfnscope_oomlog_end(log);
}

struct json_object *oom_reports(const char *text, size_t size)
{
	struct json_object *list = json_object_new_array();
	const struct pfnscope_oomlog_sink sink = { take, list };

	oom_read(text, size, &sink);
	return list;
}

char *oom_file(const char *path, size_t *size)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_stream *stream;
	char *text = NULL;
	const char *piece;
	long got;

	*size = 0;
	if (pfnscope_stream_open(path, &stream, &error))
		return NULL;
	while ((got = pfnscope_stream_read(stream, &piece, &error)) > 0) {
		text = realloc(text, *size + (size_t)got);
		memcpy(text + *size, piece, (size_t)got);
		*size += (size_t)got;
	}
	pfnscope_stream_close(stream);
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
