// SPDX-License-Identifier: GPL-2.0-only
/* The pages of the live view: which commands are on them. */
#include <string.h>

#include "cmd/top.h"
#include "source/counters.h"
#include "view/events.h"
#include "view/slabs.h"

#define NEWEST	100	/* events */
#define LONGEST	20	/* stalls */

/* --- what only a page shows as a table --- */

static int show_and_free(struct pfnscope_run *run, struct pfnscope_table *table)
{
	int status = pfnscope_run_show(run, table);

	pfnscope_table_free(table);
	return status;
}

static int run_pressure(struct pfnscope_run *run)
{
	return show_and_free(run, pfnscope_pressure_read(run->source));
}

static int run_counted(struct pfnscope_run *run)
{
	return show_and_free(run, pfnscope_counted_read(run->source));
}

static const struct pfnscope_command pressure = {
	.name = "pressure",
	.summary = "how long tasks waited for memory",
	.view = &pfnscope_view_pressure,
	.run = run_pressure,
};

static const struct pfnscope_command counted = {
	.name = "counted",
	.summary = "what has happened since boot",
	.view = &pfnscope_view_counted,
	.run = run_counted,
};

/* --- the pages --- */

const struct pfnscope_top_page pfnscope_top_pages[] = {
	{ "overview", "Overview", {
		{ .command = &pfnscope_cmd_status },
		{ .command = &pfnscope_cmd_sample },
		/* Of one reading: the rates are since boot. It counts free blocks. */
		{ .command = &pfnscope_cmd_triage, .scan = true,
		  .option = "interval", .value = "0" },
	} },
	{ "zones", "Zones", { { .command = &pfnscope_cmd_zones } } },
	{ "freelists", "Free", { { .command = &pfnscope_cmd_freelists, .scan = true } } },
	{ "reclaim", "Reclaim", {
		{ .command = &pfnscope_cmd_reclaim },
		{ .command = &counted, .program = &pfnscope_cmd_status },
	} },
	{ "lru", "LRU", { { .command = &pfnscope_cmd_lru } } },
	{ "slabs", "Slabs", {
		{ .command = &pfnscope_cmd_slabs,
		  .by_change = PFNSCOPE_NAME(SLABS, held_bytes) },
	} },
	{ "hugepages", "Huge", {
		{ .command = &pfnscope_cmd_hugepages, .scan = true },
		{ .command = &pfnscope_cmd_forecast, .scan = true },
		{ .command = &pfnscope_cmd_thp },
	} },
	{ "swap", "Swap", {
		{ .command = &pressure, .program = &pfnscope_cmd_status },
		{ .command = &pfnscope_cmd_swap },
		{ .command = &pfnscope_cmd_zswap },
	} },
	{ "events", "Events", {
		{ .command = &pfnscope_cmd_latency },
		{ .command = &pfnscope_cmd_stalls, .rows = LONGEST },
		{ .command = &pfnscope_cmd_events, .sort = PFNSCOPE_NAME(EVENTS, boot_ns),
		  .rows = NEWEST },
	} },
	/* A picture is for people; the sample has the same in numbers. */
	{ "map", "Map", {
		{ .command = &pfnscope_cmd_map, .scan = true, .program = &pfnscope_cmd_sample },
	} },
	{ NULL, NULL, { { .command = NULL } } },
};

size_t pfnscope_top_count(void)
{
	size_t count = 0;

	while (pfnscope_top_pages[count].name)
		count++;
	return count;
}

int pfnscope_top_find(const char *page)
{
	for (int i = 0; pfnscope_top_pages[i].name; i++)
		if (!strcmp(pfnscope_top_pages[i].name, page) ||
		    (page[0] == pfnscope_top_key((size_t)i) && !page[1]))
			return i;
	return -1;
}

char pfnscope_top_key(size_t page)
{
	return page < 9 ? (char)('1' + page) : '0';
}
