// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope map: physical memory as a picture. */
#include <strings.h>

#include "cmd/cmd.h"
#include "map/render.h"

static const struct pfnscope_option options[] = {
	{ "node", "N", "only this NUMA node" },
	{ "zone", "ZONE", "only zones of this name, such as DMA32" },
	{ "ascii", NULL, "no colours" },
	{ "svg", NULL, "a picture" },
	{ "png", NULL, "the same as pixels, by libcairo2" },
	{ "html", NULL, "a page that tells each block's owner" },
	{ NULL, NULL, NULL },
};

struct choice {
	struct pfnscope_map map;
	bool by_node;
	uint64_t node;
	const char *zone;
};

/* The block is added, and taken back where it was not asked for. */
static void take(void *context, const struct pfnscope_table *table)
{
	const struct pfnscope_map_block *block;
	struct choice *choice = context;

	pfnscope_map_add(&choice->map, table);
	block = &choice->map.blocks[choice->map.count - 1];
	if ((choice->by_node && block->node != choice->node) ||
	    (choice->zone && (!block->zone ||
			      strcasecmp(block->zone, choice->zone))))
		choice->map.count--;
}

static int draw(struct pfnscope_run *run, const struct pfnscope_map *map)
{
	int failure = 0;

	if (pfnscope_run_value(run, "html"))
		pfnscope_map_html(map);
	else if (pfnscope_run_value(run, "svg"))
		pfnscope_map_svg(map);
	else if (pfnscope_run_value(run, "png"))
		failure = pfnscope_map_png(map, &run->error);
	else
		pfnscope_map_text(map, pfnscope_map_width(),
				  !pfnscope_run_value(run, "ascii") &&
				  pfnscope_map_colour());
	return failure || pfnscope_render_finish(&run->error) ? -1 :
	       PFNSCOPE_OK;
}

/* A table that says what it lacks still has rows to draw; one that has none says why. */
static int show(struct pfnscope_run *run, const struct pfnscope_table *table,
		const struct pfnscope_map *map)
{
	if (table->state == PFNSCOPE_TABLE_ABSENT)
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
				     "%s: %s (try: pfnscope doctor)",
				     table->view->name, table->reason);
	if (map->count && draw(run, map))
		return -1;
	if (table->state == PFNSCOPE_TABLE_COMPLETE && map->count)
		return PFNSCOPE_OK;
	if (table->state == PFNSCOPE_TABLE_COMPLETE) {
		pfnscope_run_remark(run, "no pageblock is of that node and zone");
		return PFNSCOPE_WARNING;
	}
	pfnscope_run_remark(run, "%s", table->reason);
	return PFNSCOPE_PARTIAL;
}

static int check_options(struct pfnscope_run *run, struct choice *choice)
{
	if (!!pfnscope_run_value(run, "html") + !!pfnscope_run_value(run, "svg") +
	    !!pfnscope_run_value(run, "png") > 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "one of --svg, --png and --html at a time");
	choice->by_node = pfnscope_run_value(run, "node");
	choice->zone = pfnscope_run_value(run, "zone");
	return pfnscope_run_number(run, "node", 1023, &choice->node);
}

static int run_map(struct pfnscope_run *run)
{
	struct choice choice = { .map.count = 0 };
	const struct pfnscope_row_taker taker = { take, &choice };
	struct pfnscope_table *table;
	int status;

	if (check_options(run, &choice) ||
	    pfnscope_view_each(run->source, pfnscope_map_view(), &taker, &table,
			       &run->error)) {
		pfnscope_map_clear(&choice.map);
		return -1;
	}
	status = show(run, table, &choice.map);
	pfnscope_map_clear(&choice.map);
	pfnscope_table_free(table);
	return status;
}

const struct pfnscope_command pfnscope_cmd_map = {
	.name = "map",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "physical memory as a picture",
	.description =
		"A letter, or a square, is a pageblock and shows what most of it is.",
	.options = options,
	.examples = { "map --node 0 --ascii", "map --svg" },
	.run = run_map,
};
