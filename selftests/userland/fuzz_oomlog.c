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
#include <stdio.h>
#include <stdlib.h>

#include "cmd/oom.h"
#include "oomlog/reader.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text answer goes nowhere. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return freopen("/dev/null", "w", stdout) ? 0 : 1;
}

static int take(void *context, struct pfnscope_oom_report *report)
{
	struct pfnscope_oom_answer *answer = pfnscope_oom_explain(report);
	const struct pfnscope_format format = { PFNSCOPE_FORMAT_JSON };
	struct pfnscope_error error = { 0 };

	(void)context;
	json_object_put(pfnscope_oom_json(&format, report, answer));
	pfnscope_oom_text(&format, 1, report, answer, &error);
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
