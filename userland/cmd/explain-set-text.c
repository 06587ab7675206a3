// SPDX-License-Identifier: GPL-2.0-only
/* explain --set for people: what would be other than it is, and what that costs. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/units.h"
#include "cmd/explain-set.h"
#include "render/wrap.h"
#include "table/select.h"

static void put_numbers(struct pfnscope_text *text, const struct pfnscope_value *value)
{
	if (!value || !value->count)
		pfnscope_text_put_char(text, '-');
	for (uint32_t i = 0; value && i < value->count; i++) {
		pfnscope_text_put_string(text, i ? " " : "");
		pfnscope_text_put_number(text, value->numbers[i], 10);
	}
}

/* "If vm.min_free_kbytes were 65536 (now 37552):" */
void pfnscope_what_if_heading(const struct pfnscope_what_if *what_if)
{
	const struct SET_table *table = SET_OF(what_if->settings);
	struct pfnscope_text text = { 0 };

	for (size_t row = 0; row < table->all.nr_rows; row++) {
		pfnscope_text_put_string(&text, row ? ", and " : "If ");
		pfnscope_text_put_string(&text, pfnscope_table_string(CELL(table, row, SET_key)));
		pfnscope_text_put_string(&text, " were ");
		put_numbers(&text, pfnscope_table_cell(CELL(table, row, SET_then)));
		pfnscope_text_put_string(&text, " (now ");
		put_numbers(&text, pfnscope_table_cell(CELL(table, row, SET_now)));
		pfnscope_text_put_char(&text, ')');
	}
	pfnscope_render_text("\n");
	pfnscope_wrap("", "  ", "%s:", text.data);
	free(text.data);
}

static bool has_memory(const struct pfnscope_table *any, size_t row, const void *nothing)
{
	const struct MARKS_table *table = MARKS_OF(any);
	uint64_t managed;

	(void)nothing;
	return !pfnscope_table_number(CELL(table, row, MARKS_managed_pages), &managed) || managed;
}

static void cost_text(const struct pfnscope_run *run, const struct pfnscope_what_if *w)
{
	uint64_t page = run->format.page_size_bytes;
	int64_t more = pfnscope_minus(w->kept_then, w->kept);
	struct pfnscope_text change = { 0 }, now = { 0 }, then = { 0 };

	if (more == PFNSCOPE_MISSING)
		return;
	pfnscope_units_bytes(&now, (unsigned __int128)w->kept * page);
	pfnscope_units_bytes(&then, (unsigned __int128)w->kept_then * page);
	pfnscope_units_bytes(&change, (unsigned __int128)(more < 0 ? -more : more) * page);
	if (more)
		pfnscope_wrap("  ", "    ", "It costs: %s %s for applications: of all zones %s is kept free then, %s now",
			      change.data, more > 0 ? "less" : "more", then.data, now.data);
	else
		pfnscope_wrap("  ", "    ", "It costs nothing: of all zones %s is kept free then as now",
			      now.data);
	free(change.data);
	free(now.data);
	free(then.data);
}

/* A promise is no page: the request above does not ask for it. */
static void commit_text(const struct pfnscope_run *run, const struct pfnscope_what_if *w)
{
	int64_t page = (int64_t)run->format.page_size_bytes;
	int64_t limits[] = {
		pfnscope_commit_limit(&w->commit, page),
		pfnscope_commit_limit(&w->commit_then, page), w->commit.promised,
	};
	struct pfnscope_text sizes[ARRAY_SIZE(limits)] = { { 0 } };

	for (size_t i = 0; i < ARRAY_SIZE(limits); i++)
		if (limits[i] >= 0)
			pfnscope_units_bytes(&sizes[i], (unsigned __int128)limits[i]);
		else
			pfnscope_text_put_char(&sizes[i], '-');
	pfnscope_wrap("  ", "    ", "CommitLimit is %s then, %s now, and %s are promised: %s",
		      sizes[1].data, sizes[0].data, sizes[2].data,
		      w->commit_then.mode != PFNSCOPE_OVERCOMMIT_NEVER ?
		      "it decides nothing, as vm.overcommit_memory is not 2 then" :
		      limits[1] < limits[2] ? "no program would be promised any more" :
					      "what goes beyond it is refused");
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++)
		free(sizes[i].data);
}

int pfnscope_what_if_text(struct pfnscope_run *run, const struct pfnscope_what_if *w)
{
	struct pfnscope_format format = run->format;

	if (w->commits)
		commit_text(run, w);
	pfnscope_what_if_reclaim_text(w);
	if (!w->zones->nr_rows)
		return 0;
	cost_text(run, w);
	pfnscope_render_text("\n");
	pfnscope_table_filter(w->zones, has_memory, NULL);
	format.columns = w->marks && w->reserves ? NULL : w->marks ?
		"node,zone,free,min,min_then,low,low_then,high,high_then" :
		"node,zone,free,reserve,reserve_then";
	return pfnscope_render_table(&format, w->zones, &run->error);
}
