// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope leak: what grows over many recordings, and does not stop. */
#include "base/units.h"
#include "cmd/cmd.h"
#include "triage/leak.h"

#define NS_PER_SECOND	1000000000
#define SHORT		3600	/* seconds */

/* What the answer is from. */
static void remark(const struct pfnscope_run *run, const struct pfnscope_leak_span *span,
		   bool leaks)
{
	char from[32], to[32];

	if (span->damaged)
		pfnscope_run_remark(run, "%zu recordings cannot be read", span->damaged);
	if (run->format.kind != PFNSCOPE_FORMAT_TABLE)
		return;
	pfnscope_units_date(from, sizeof(from), (uint64_t)span->from * NS_PER_SECOND);
	pfnscope_units_date(to, sizeof(to), (uint64_t)span->to * NS_PER_SECOND);
	pfnscope_run_remark(run, "%zu of %zu recordings of this boot, %s to %s UTC", span->read,
			    span->count, from, to);
	if (leaks && span->to - span->from < SHORT)
		pfnscope_run_remark(run, "in less than an hour, what only starts looks the same");
}

static int run_leak(struct pfnscope_run *run)
{
	struct pfnscope_recordings recordings;
	struct pfnscope_leak_span span;
	struct pfnscope_table *table;
	bool leaks;
	int status;

	if (run->nr_arguments != 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"leak: of which folder? (pfnscope record --every 60s FOLDER/ fills one)");
	if (pfnscope_recordings_list(run->arguments[0], &recordings, &run->error))
		return -1;
	if (!recordings.count) {
		pfnscope_recordings_clear(&recordings);
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"%s: no recordings (pfnscope record --every 60s FOLDER/ makes them)",
			run->arguments[0]);
	}
	table = pfnscope_leak(&recordings, &span, &run->error);
	pfnscope_recordings_clear(&recordings);
	if (!table)
		return -1;
	leaks = table->nr_rows;
	remark(run, &span, leaks);
	run->head.origin = span.origin;
	status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	return status == PFNSCOPE_OK && leaks ? PFNSCOPE_WARNING : status;
}

const struct pfnscope_command pfnscope_cmd_leak = {
	.name = "leak",
	.group = PFNSCOPE_GROUP_TIME,
	.summary = "what grows over many recordings, and does not stop",
	.description =
		"Of a folder that `record --every` fills, with 20 recordings since the machine\n"
		"was started: each number of memory that somebody holds, and that grows all the\n"
		"time, how fast it does, the range of that with 95 %, and how long what is left\n"
		"will last. The exit status is 1 where there is one.",
	.arguments = "FOLDER",
	.view = &pfnscope_view_leak,
	.sort = PFNSCOPE_NAME(LEAK, per_hour_bytes),
	.empty = "nothing grows that has not stopped",
	.rootless = true,
	.unrecorded = true,
	.examples = { "leak history", "leak history --where table=slabs --json" },
	.run = run_leak,
};
