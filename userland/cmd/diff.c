// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope diff: what changed between two moments of a machine. */
#include "cmd/cmd.h"
#include "source/origin.h"
#include "triage/diff.h"

struct moment {
	struct pfnscope_series series;
	int64_t taken_at;
};

static int read_series(struct pfnscope_source *source, struct moment *moment,
		       struct pfnscope_error *error)
{
	struct pfnscope_origin origin = { 0 };

	pfnscope_origin_read(source, &origin);
	moment->taken_at = origin.taken_at;
	return pfnscope_series_read(source, &moment->series, error);
}

static int read_named(struct pfnscope_run *run, const char *name, int64_t until,
		      struct moment *moment)
{
	struct pfnscope_source *source;
	int64_t at;
	int failed;

	if (pfnscope_source_from_until(name, until, &source, &at, &run->error))
		return -1;
	if (at >= 0)
		pfnscope_run_of(run, name, at);
	failed = read_series(source, moment, &run->error);
	pfnscope_source_close(source);
	return failed;
}

static int show_changes(struct pfnscope_run *run, const struct moment *before,
			const struct moment *after)
{
	bool known = before->taken_at >= 0 && after->taken_at >= 0;
	struct pfnscope_table *table = pfnscope_diff(&before->series, &after->series,
		known ? after->taken_at - before->taken_at : 0);
	int status = pfnscope_run_show(run, table);

	pfnscope_table_free(table);
	return status;
}

static int run_diff(struct pfnscope_run *run)
{
	struct moment before = { 0 }, after = { 0 };
	int failed;

	if (!run->nr_arguments || run->nr_arguments > 2)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"diff: one or two recordings of a machine, the older one first (pfnscope help record)");
	failed = read_named(run, run->arguments[0], run->until, &before) ||
		 (run->nr_arguments == 2 ?
		  read_named(run, run->arguments[1], INT64_MAX, &after) :
		  read_series(run->source, &after, &run->error));
	if (!failed)
		failed = show_changes(run, &before, &after);
	else
		failed = -1;
	pfnscope_series_clear(&before.series);
	pfnscope_series_clear(&after.series);
	return failed;
}

const struct pfnscope_command pfnscope_cmd_diff = {
	.name = "diff",
	.group = PFNSCOPE_GROUP_TIME,
	.summary = "what changed between two recordings, or since one",
	.description =
		"Joins the tables of two moments by their keys, and shows the numbers that\n"
		"changed, the largest change first, sizes before counts. Each moment is what\n"
		"--from reads; the second is this machine now where it is not given. Of a\n"
		"folder that record fills the first is as -t says, the second the last one.",
	.arguments = "FILE [FILE]",
	.view = &pfnscope_view_diff,
	.unrecorded = true,
	.moments = true,
	.empty = "nothing changed",
	.brief = pfnscope_diff_brief,
	.examples = { "diff before.tar.gz after.tar.gz --top 20",
		      "diff before.tar.gz --where table=slabs" },
	.run = run_diff,
};
