// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope doctor: what is missing, and the command that fixes it. */
#include <string.h>

#include "cmd/cmd.h"
#include "triage/doctor.h"
#include "view/about.h"
#include "view/views.h"

/* All of about, and of every other view whether it answers. */
static void probe(const struct pfnscope_source *source,
		  struct pfnscope_snapshot *snapshot)
{
	const struct pfnscope_view *const *view = pfnscope_views;
	struct pfnscope_error error = { 0 };
	struct pfnscope_table *table;

	for (; *view; view++) {
		if (*view != &pfnscope_view_about ||
		    pfnscope_view_read(source, *view, &table, &error))
			pfnscope_view_probe(source, *view, &table);
		pfnscope_snapshot_add(snapshot, table);
	}
}

static bool has_verdict(const struct DOCTOR_table *verdicts, const char *state)
{
	size_t row;

	for (row = 0; row < verdicts->all.nr_rows; row++)
		if (!strcmp(pfnscope_table_string(CELL(verdicts, row, DOCTOR_state)), state))
			return true;
	return false;
}

static int doctor(struct pfnscope_run *run)
{
	struct pfnscope_snapshot snapshot = { 0 };
	struct DOCTOR_table *verdicts;
	struct pfnscope_system system;
	int verdict = PFNSCOPE_OK, status;

	pfnscope_system_read(run->source, &system);
	probe(run->source, &snapshot);
	verdicts = DOCTOR_FROM(pfnscope_doctor(&system, &snapshot));
	if (has_verdict(verdicts, "missing"))
		verdict = PFNSCOPE_ABSENT;
	else if (has_verdict(verdicts, "limited"))
		verdict = PFNSCOPE_PARTIAL;
	status = pfnscope_run_show(run, &verdicts->all);
	pfnscope_table_free(&verdicts->all);
	pfnscope_snapshot_clear(&snapshot);
	return status ? status : verdict;
}

const struct pfnscope_command pfnscope_cmd_doctor = {
	.name = "doctor",
	.group = PFNSCOPE_GROUP_MODULE,
	.summary = "what is missing, and the command that fixes it",
	.description =
		"Exit status 0: everything answers; 3: a part does not; 4: the module\n"
		"cannot be asked.",
	.view = &pfnscope_view_doctor,
	.unrecorded = true,
	.examples = { "doctor", "doctor -o check,state,remedy" },
	.run = doctor,
};
