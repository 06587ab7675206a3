// SPDX-License-Identifier: GPL-2.0-only
/*
 * The live view of a folder of recordings: from one to the next. What changed is since the
 * recording before, whichever way one came.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cmd/top.h"

#define SECOND	1000000000LL

void pfnscope_top_recordings(struct pfnscope_top *top)
{
	struct pfnscope_recordings *all = &top->recordings;
	struct pfnscope_error no_folder = { 0 };

	if (!top->run->from || pfnscope_recordings_list(top->run->from, all, &no_folder))
		return;
	top->nth = pfnscope_recordings_until(all, top->run->until);
	/* The one that is open. */
	top->nth -= top->nth > 0;
}

/* Reads the page of the @nth for what the next one has more. */
static void read_recording_before(struct pfnscope_top *top, size_t nth)
{
	struct pfnscope_source *last = top->run->source;
	struct pfnscope_error damaged = { 0 };

	if (pfnscope_source_recorded(&top->recordings, nth, &top->run->source, &damaged)) {
		top->run->source = last;
		return;
	}
	pfnscope_top_read_at(top, top->recordings.all[nth].at * SECOND);
	pfnscope_source_close(top->run->source);
	top->run->source = last;
}

void pfnscope_top_read_recorded(struct pfnscope_top *top)
{
	const struct pfnscope_recording *all = top->recordings.all;

	free(top->trouble);
	top->trouble = NULL;
	pfnscope_changes_free(top->changes);
	top->changes = pfnscope_changes_new();
	top->elapsed_ns = 0;
	if (top->nth) {
		read_recording_before(top, top->nth - 1);
		top->elapsed_ns = (all[top->nth].at - all[top->nth - 1].at) * SECOND;
	}
	pfnscope_top_read_at(top, all[top->nth].at * SECOND);
}

bool pfnscope_top_step(struct pfnscope_top *top, int by)
{
	struct pfnscope_error damaged = { 0 };
	size_t nth = top->nth + (size_t)by;
	struct pfnscope_source *source;

	if (by < 0 ? !top->nth : nth >= top->recordings.count)
		return false;
	free(top->trouble);
	top->trouble = NULL;
	if (pfnscope_source_recorded(&top->recordings, nth, &source, &damaged)) {
		top->trouble = pfnscope_strdup(damaged.text);
		return false;
	}
	pfnscope_source_close(top->run->source);
	top->run->source = source;
	top->nth = nth;
	return true;
}

char *pfnscope_top_recorded_text(const struct pfnscope_top *top)
{
	const char *name;

	if (!top->recordings.count)
		return pfnscope_strdup("recorded, ");
	name = top->recordings.all[top->nth].name;
	return pfnscope_format("%.*s UTC, %zu of %zu, ", (int)strcspn(name, "."), name,
			       top->nth + 1, top->recordings.count);
}
