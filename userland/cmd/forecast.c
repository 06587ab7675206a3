// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope forecast: how many huge pages can be had, and who is in the way. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "allocator/forecast.h"
#include "base/units.h"
#include "cmd/scan.h"
#include "source/parse.h"
#include "view/brief.h"
#include "view/contiguity.h"
#include "view/forecast.h"
#include "view/hugepages.h"
#include "view/owners.h"

#define NAMES 8

static const struct pfnscope_option options[] = {
	{ "size", "SIZE", "of the huge page: 2M if not given, 32M, 1G..." },
	{ "order", "N", "the size as two to this power pages" },
	{ "names", "N", "name at most N blockers of each zone (8)" },
	{ NULL, NULL, NULL },
};

static uint64_t unit_of(char suffix)
{
	switch (suffix) {
	case 'k': case 'K': return 1ULL << 10;
	case 'm': case 'M': return 1ULL << 20;
	case 'g': case 'G': return 1ULL << 30;
	default: return 0;
	}
}

/* "2M", "2MB" and "2MiB" are the same. */
static bool ends_unit(const char *rest)
{
	return !*rest || !strcasecmp(rest, "B") || !strcasecmp(rest, "iB");
}

/* "2M" as an order of pages; fails where it is no power of two of them. */
static int order_of_size(struct pfnscope_run *run, const char *size,
			 uint64_t page_size, uint64_t *order)
{
	size_t digits = strspn(size, "0123456789");
	uint64_t unit = unit_of(size[digits]), number;

	if (!digits || !unit || !ends_unit(size + digits + 1) ||
	    pfnscope_digits(size, digits, &number) || number > 1024)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--size: not a size such as 2M or 1G: \"%s\"",
				     size);
	*order = pfnscope_units_order(number * unit, page_size);
	if (page_size << *order == number * unit)
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "--size: \"%s\" is not a power of two of pages",
			     size);
}

static int chosen_order(struct pfnscope_run *run, uint64_t page_size,
			uint64_t *order)
{
	const char *size = pfnscope_run_value(run, "size");

	if (size && pfnscope_run_value(run, "order"))
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "--size and --order say the same");
	if (pfnscope_run_value(run, "order"))
		return pfnscope_run_number(run, "order", 30, order);
	return order_of_size(run, size ? size : "2M", page_size, order);
}

static int show_forecast(struct pfnscope_run *run,
			 const struct pfnscope_snapshot *snapshot, uint64_t names)
{
	struct pfnscope_table *table;
	uint64_t order = 0;
	int status;

	if (chosen_order(run, snapshot->page_size_bytes, &order))
		return -1;
	table = pfnscope_forecast(snapshot, order, names);
	if (table->state == PFNSCOPE_TABLE_COMPLETE && !table->nr_rows)
		pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL,
				     "no zone counts blocks of order %llu",
				     (unsigned long long)order);
	status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	return status;
}

static int run_forecast(struct pfnscope_run *run)
{
	const struct pfnscope_view *const views[] = {
		&pfnscope_view_contiguity, &pfnscope_view_owners,
		&pfnscope_view_hugepages, NULL
	};
	struct pfnscope_snapshot snapshot = { 0 };
	uint64_t names = NAMES;
	int status;

	if (pfnscope_run_number(run, "names", 4096, &names) ||
	    pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	status = show_forecast(run, &snapshot, names);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

const struct pfnscope_command pfnscope_cmd_forecast = {
	.name = "forecast",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "how many huge pages can be had, and who is in the way",
	.description =
		"Counts blocks of the size of a huge page: free now; once the per-CPU\n"
		"lists are drained; once clean file cache is dropped; once pages are\n"
		"moved; and blocked by a page that cannot move. One write to nr_hugepages\n"
		"gets between WRITTEN and OBTAINABLE; with cache dropped and memory\n"
		"compacted meanwhile it is OBTAINABLE less UNCERTAIN at least. Sizes of a\n"
		"pageblock (2M) come with BLOCKERS, those who alone block pageblocks:\n"
		"freeing their pages gives that many back.",
	.view = &pfnscope_view_forecast,
	.others = { { "Without --all and -o", &pfnscope_view_forecast_brief, false } },
	.options = options,
	.brief = pfnscope_forecast_brief,
	.weighs = { "now" },
	.scans = true,
	.examples = { "forecast --size 2M",
		      "forecast --order 4 --names 2" },
	.run = run_forecast,
};
