// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target: any bytes as a kernel log, read, explained and turned into
 * JSON and sentences. Nothing may crash, hang or grow without bound.
 *
 * A short run is part of the tests; a long one:
 *	make -C selftests/userland fuzz SECONDS=1800
 */
// seeds: $CORPUS ../fixtures/oom
#include <json-c/json.h>
#include <stdint.h>
#include <stdlib.h>

#include "cmd/oom.h"
#include "oomlog/advice.h"
#include "oomlog/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void advise(const struct pfnscope_oom_report *report,
		   const struct pfnscope_oom_answer *answer)
{
	struct pfnscope_lines lines = { 0 };
	char sense[256];

	pfnscope_oom_advise(report, answer, &lines);
	pfnscope_lines_clear(&lines);
	pfnscope_oom_missing(report, answer, &lines);
	pfnscope_lines_clear(&lines);
	pfnscope_oom_sense(report, answer->page_kb, sense, sizeof(sense));
}

static int take(void *context, struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_answer *answer = pfnscope_oom_explain(report);
	const struct pfnscope_format format = { PFNSCOPE_FORMAT_JSON };

	(void)context;
	json_object_put(pfnscope_oom_json(&format, report, answer));
	advise(report, answer);
	pfnscope_oom_answer_free(answer);
	pfnscope_oom_report_free(report);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct pfnscope_oomlog_sink sink = { take, NULL };

	struct pfnscope_oomlog *log = pfnscope_oomlog_new(&sink);

	pfnscope_oomlog_feed(log, (const char *)data, size);
	pfnscope_oomlog_end(log);
	return 0;
}
