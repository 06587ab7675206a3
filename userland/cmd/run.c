// SPDX-License-Identifier: GPL-2.0-only
/* What the commands share: option values, remarks, showing one view. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cmd/cmd.h"
#include "source/parse.h"

const char *pfnscope_run_value(const struct pfnscope_run *run,
			       const char *name)
{
	const struct pfnscope_option *options = run->command->options;
	size_t i;

	for (i = 0; options && options[i].name; i++)
		if (!strcmp(options[i].name, name))
			return run->values[i];
	return NULL;
}

int pfnscope_run_number(struct pfnscope_run *run, const char *name,
			uint64_t max, uint64_t *number)
{
	const char *value = pfnscope_run_value(run, name);
	uint64_t parsed;

	if (!value)
		return 0;
	if (pfnscope_digits(value, strlen(value), &parsed) || parsed > max)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			"--%s: not a number from 0 to %llu: \"%s\"", name,
			(unsigned long long)max, value);
	*number = parsed;
	return 0;
}

void pfnscope_run_remark(const struct pfnscope_run *run, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = pfnscope_vformat(format, arguments);
	va_end(arguments);
	pfnscope_printable(text);
	fprintf(stderr, "pfnscope: %s: %s\n", run->command->name, text);
	free(text);
}

int pfnscope_run_show(struct pfnscope_run *run,
		      const struct pfnscope_table *table)
{
	if (table->state == PFNSCOPE_TABLE_ABSENT)
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
				     "%s: %s (try: pfnscope doctor)",
				     table->view->name, table->reason);
	if (pfnscope_render_table(&run->format, table, &run->error))
		return -1;
	if (table->state == PFNSCOPE_TABLE_COMPLETE)
		return PFNSCOPE_OK;
	pfnscope_run_remark(run, "%s%s",
			    table->state == PFNSCOPE_TABLE_UNAVAILABLE ?
			    "unavailable: " : "", table->reason);
	return PFNSCOPE_PARTIAL;
}

int pfnscope_run_view(struct pfnscope_run *run)
{
	const struct pfnscope_view *const views[] = { run->command->view, NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	int status;

	if (pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	status = pfnscope_run_show(run, pfnscope_snapshot_table(&snapshot,
								views[0]));
	pfnscope_snapshot_clear(&snapshot);
	return status;
}
