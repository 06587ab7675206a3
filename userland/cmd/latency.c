// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope latency: how long tasks waited for memory. */
#include <stdlib.h>

#include "base/text.h"
#include "cmd/events.h"
#include "view/latency.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_EVENTS_SWITCHES,
	{ "kind", "KIND", "only this one" },
	{ "bars", NULL, "how many took how long, as bars" },
	{ NULL, NULL, NULL },
};

static void say_head(const struct LATENCY_table *table, size_t row, struct pfnscope_text *out)
{
	const char *orders = pfnscope_table_string(CELL(table, row, LATENCY_orders));

	pfnscope_text_put_string(out, row ? "\n" : "");
	pfnscope_text_put_string(out, pfnscope_table_string(CELL(table, row, LATENCY_event)));
	if (orders) {
		pfnscope_text_put_string(out, ", order ");
		pfnscope_text_put_string(out, orders);
	}
	pfnscope_text_put_string(out, ":\n");
}

static int show_bars(struct pfnscope_run *run, struct LATENCY_table *table)
{
	struct pfnscope_text text = { 0 };
	char *none = pfnscope_where_apply(&run->where, &table->all, run->format.page_size_bytes);

	for (size_t row = 0; row < table->all.nr_rows; row++) {
		say_head(table, row, &text);
		pfnscope_latency_bars(&table->all, row, &text);
	}
	if (text.length)
		pfnscope_render_text("%s", text.data);
	else
		pfnscope_run_remark(run, "%s", none ? none : run->command->empty);
	free(text.data);
	free(none);
	return pfnscope_render_finish(&run->error);
}

static int show_latency(struct pfnscope_run *run, struct LATENCY_table *table)
{
	bool rows = table->all.state != PFNSCOPE_TABLE_ABSENT &&
		    table->all.state != PFNSCOPE_TABLE_UNAVAILABLE;

	pfnscope_latency_tell(&table->all);
	if (pfnscope_run_value(run, "bars") && run->format.kind == PFNSCOPE_FORMAT_TABLE && rows)
		return show_bars(run, table);
	return pfnscope_run_show(run, &table->all);
}

static int run_latency(struct pfnscope_run *run)
{
	struct pfnscope_table *table;
	int status = pfnscope_events_switch(run);

	if (status <= 0)
		return status;
	if (pfnscope_events_choose(run) ||
	    pfnscope_where_check(&run->where, run->command->view, &run->error))
		return -1;
	table = pfnscope_events_read(run);
	status = table ? show_latency(run, LATENCY_FROM(table)) : -1;
	pfnscope_table_free(table);
	return status;
}

const struct pfnscope_command pfnscope_cmd_latency = {
	.name = "latency",
	.group = PFNSCOPE_GROUP_TIME,
	.summary = "how long tasks waited for memory, by cause and order",
	.description =
		"Of all events since their kind was switched on: how many, how long together,\n"
		"the percentiles, and the longest with the task that waited. Percentiles are\n"
		"known to a factor of two, the longest exactly.",
	.view = &pfnscope_view_latency,
	.options = options,
	.empty = "none of the kinds that are on has happened",
	.examples = { "latency", "latency --kind direct_reclaim --bars" },
	.run = run_latency,
};
