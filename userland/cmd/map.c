// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope map: physical memory as a picture. */
#include <ctype.h>
#include <string.h>
#include <time.h>

#include "cmd/cmd.h"
#include "map/render.h"
#include "source/origin.h"
#include "source/parse.h"

static const struct pfnscope_option options[] = {
	{ "node", "N", "only this NUMA node" },
	{ "zone", "ZONE", "only zones of this name, such as DMA32" },
	{ "full", NULL, "a letter for every block, however many" },
	{ "ascii", NULL, "no colours" },
	{ "svg", NULL, "a picture" },
	{ "png", NULL, "the same as pixels" },
	{ "html", NULL, "a page: look closer, search an owner, choose classes" },
	{ "pages", "WHICH", "with the pages of these blocks: all, a zone, PFN or PFN-PFN" },
	{ NULL, NULL, NULL },
};

static void take_pageblocks(void *context, const struct pfnscope_table *table)
{
	pfnscope_map_add(context, table);
}

static void draw_text(const struct pfnscope_run *run,
		      const struct pfnscope_map *map)
{
	struct pfnscope_terminal screen = pfnscope_terminal();

	if (pfnscope_run_value(run, "full"))
		screen.rows = 0;
	if (pfnscope_run_value(run, "ascii") || (run->live && !run->format.colours))
		screen.colours = 0;
	pfnscope_map_text(map, &screen, pfnscope_output());
}

/* "all", "DMA32", "4096" or "4096-8191". */
static int choose_pages(const char *which, struct pfnscope_map_pages *pages,
			struct pfnscope_error *error)
{
	size_t length = strcspn(which, "-");

	*pages = (struct pfnscope_map_pages){ .last = UINT64_MAX };
	if (!strcmp(which, "all"))
		return 0;
	if (!isdigit((unsigned char)*which)) {
		pages->zone = which;
		return 0;
	}
	if (pfnscope_digits(which, length, &pages->first))
		length = 0;
	pages->last = pages->first;
	if (length && which[length] &&
	    pfnscope_digits(which + length + 1, strlen(which + length + 1), &pages->last))
		length = 0;
	if (length && pages->first <= pages->last)
		return 0;
	return pfnscope_fail(error, PFNSCOPE_USAGE,
			     "--pages %s: neither all, nor a zone, nor PFN or PFN-PFN",
			     which);
}

static int draw_page(struct pfnscope_run *run, const struct pfnscope_map *map)
{
	const char *which = pfnscope_run_value(run, "pages");
	struct pfnscope_map_pages pages = { 0 };
	int failure = 0;

	if (which)
		failure = choose_pages(which, &pages, &run->error) ||
			  pfnscope_map_pages_read(run->source, map, &pages, &run->error);
	if (!failure)
		pfnscope_map_html(map, &pages);
	pfnscope_map_pages_clear(&pages);
	return failure;
}

static int draw(struct pfnscope_run *run, const struct pfnscope_map *map)
{
	int failure = 0;

	if (pfnscope_run_value(run, "html"))
		failure = draw_page(run, map);
	else if (pfnscope_run_value(run, "svg"))
		pfnscope_map_svg(map);
	else if (pfnscope_run_value(run, "png"))
		failure = pfnscope_map_png(map, &run->error);
	else
		draw_text(run, map);
	return failure || pfnscope_render_finish(&run->error) ? -1 :
	       PFNSCOPE_OK;
}

/* A table that says what it lacks still has rows to draw; one that has none says why. */
static int show_map(struct pfnscope_run *run, const struct pfnscope_table *table,
		    const struct pfnscope_map *map)
{
	if (table->state == PFNSCOPE_TABLE_ABSENT)
		return pfnscope_run_absent(run, table);
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

static int check_options(struct pfnscope_run *run, struct pfnscope_map *map)
{
	if (!!pfnscope_run_value(run, "html") + !!pfnscope_run_value(run, "svg") +
	    !!pfnscope_run_value(run, "png") + !!pfnscope_run_value(run, "full") > 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "one of --full, --svg, --png and --html at a time");
	if (pfnscope_run_value(run, "pages") && !pfnscope_run_value(run, "html"))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--pages is for --html");
	map->by_node = pfnscope_run_value(run, "node");
	map->only_zone = pfnscope_run_value(run, "zone");
	return pfnscope_run_number(run, "node", 1023, &map->node);
}

/* Local, and empty where it is not known. */
static void local_time(int64_t seconds, char *out, size_t size)
{
	const time_t moment = (time_t)seconds;
	struct tm local;

	if (seconds < 0 || !localtime_r(&moment, &local) ||
	    !strftime(out, size, "%F %T %z", &local))
		*out = '\0';
}

static const char *unless_empty(const char *word)
{
	return *word ? word : NULL;
}

/* What is behind the squares: the page size, and the words of the caption. */
static int read_caption(struct pfnscope_run *run, struct pfnscope_map *map,
			char *moment, size_t size)
{
	struct pfnscope_origin *origin = &run->head.origin;
	const struct pfnscope_view *const views[] = { NULL };
	struct pfnscope_snapshot snapshot = { 0 };

	if (pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	map->page_size = snapshot.page_size_bytes;
	pfnscope_snapshot_clear(&snapshot);
	pfnscope_origin_read(run->source, origin);
	local_time(origin->taken_at, moment, size);
	map->host = unless_empty(origin->host);
	map->kernel = unless_empty(origin->kernel);
	map->time = unless_empty(moment);
	return 0;
}

static int run_map(struct pfnscope_run *run)
{
	struct pfnscope_map map = { 0 };
	const struct pfnscope_row_taker taker = { take_pageblocks, &map };
	char moment[64];
	struct pfnscope_table *table;
	int status;

	if (check_options(run, &map) || read_caption(run, &map, moment, sizeof(moment)) ||
	    pfnscope_view_each(run->source, pfnscope_map_view(), &taker, &table,
			       &run->error)) {
		pfnscope_map_clear(&map);
		return -1;
	}
	status = show_map(run, table, &map);
	pfnscope_map_clear(&map);
	pfnscope_table_free(table);
	return status;
}

const struct pfnscope_command pfnscope_cmd_map = {
	.name = "map",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "physical memory as a picture",
	.description =
		"A square is a pageblock and shows what most of it is; a letter is as many of\n"
		"them as it takes to fit the screen, and says how many.",
	.options = options,
	.scans = true,
	.examples = { "map --node 0 --ascii", "map --svg" },
	.run = run_map,
};
