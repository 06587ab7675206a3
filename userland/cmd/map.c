// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope map: physical memory as a picture. */
#include "cmd/cmd.h"
#include "cmd/scan.h"
#include "render/map.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_NODE,
	PFNSCOPE_SCAN_ZONE,
	{ "ascii", NULL, "no colours" },
	{ "svg", NULL, "a picture" },
	{ "html", NULL, "a page that tells each block's owner" },
	{ NULL, NULL, NULL },
};

static int draw(struct pfnscope_run *run, const struct pfnscope_table *table)
{
	if (pfnscope_run_value(run, "html"))
		pfnscope_map_html(table);
	else if (pfnscope_run_value(run, "svg"))
		pfnscope_map_svg(table);
	else
		pfnscope_map_text(table, pfnscope_map_width(),
				  !pfnscope_run_value(run, "ascii") &&
				  pfnscope_map_colour());
	return pfnscope_render_finish(&run->error) ? -1 : PFNSCOPE_OK;
}

static int show(struct pfnscope_run *run, struct pfnscope_table *table)
{
	if (table->state == PFNSCOPE_TABLE_ABSENT)
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
				     "%s: %s (try: pfnscope doctor)",
				     table->view->name, table->reason);
	if (table->state != PFNSCOPE_TABLE_COMPLETE) {
		pfnscope_run_remark(run, "%s", table->reason);
		return PFNSCOPE_PARTIAL;
	}
	if (pfnscope_scan_select(run, table))
		return -1;
	return draw(run, table);
}

static int run_map(struct pfnscope_run *run)
{
	struct pfnscope_table *table;
	int status;

	if (run->format.kind != PFNSCOPE_FORMAT_TABLE)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "a picture has no rows (try: pfnscope pageblocks)");
	if (pfnscope_view_read(run->source, &pfnscope_view_map, &table,
			       &run->error))
		return -1;
	status = show(run, table);
	pfnscope_table_free(table);
	return status;
}

const struct pfnscope_command pfnscope_cmd_map = {
	.name = "map",
	.summary = "physical memory as a picture",
	.description =
		"A letter, or a square, is a pageblock and shows what most of it is.",
	.options = options,
	.run = run_map,
};
