// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope offline: which blocks of memory would go offline, and who is in the way. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "allocator/offline.h"
#include "base/alloc.h"
#include "base/digits.h"
#include "cmd/cmd.h"
#include "cmd/whose.h"
#include "source/memory-blocks.h"
#include "source/view.h"
#include "table/select.h"
#include "view/offline.h"
#include "view/pageblocks.h"
#include "view/whose.h"
#include "view/zones.h"

/* Owners that are named of a block. */
#define NAMED	8

/* What one has of the pages of a block that cannot move. */
struct owner {
	const char *name;
	uint64_t pages;
};

/* --- whose the pages are --- */

static const char *name_of(const struct WHOSE_table *frames, size_t row)
{
	const char *owner = pfnscope_table_string(CELL(frames, row, WHOSE_owner));

	return owner ? owner : pfnscope_table_string(CELL(frames, row, WHOSE_class));
}

static void owner_add_pages(struct owner *owners, size_t *count, const char *name, uint64_t pages)
{
	size_t i = 0;

	while (i < *count && strcmp(owners[i].name, name))
		i++;
	if (i == *count)
		owners[(*count)++] = (struct owner) { .name = name };
	owners[i].pages += pages;
}

static int compare_block_owners(const void *a, const void *b)
{
	const struct owner *one = a, *other = b;

	if (one->pages != other->pages)
		return one->pages > other->pages ? -1 : 1;
	return strcmp(one->name, other->name);
}

/* Of the rows that cannot move; as many at most as there are rows. */
static size_t sum_up(const struct WHOSE_table *frames, struct owner *owners)
{
	size_t count = 0, row;

	for (row = 0; row < frames->all.nr_rows; row++) {
		const char *fate = pfnscope_table_string(CELL(frames, row, WHOSE_fate));
		const char *name = name_of(frames, row);
		uint64_t pages = 0;

		pfnscope_table_number(CELL(frames, row, WHOSE_pages), &pages);
		if (fate && name && !strcmp(fate, "unmovable"))
			owner_add_pages(owners, &count, name, pages);
	}
	if (count)
		qsort(owners, count, sizeof(*owners), compare_block_owners);
	return count;
}

static void set_owners(struct OFFLINE_table *table, size_t row, const struct WHOSE_table *frames)
{
	struct owner *owners = pfnscope_calloc(frames->all.nr_rows + 1, sizeof(*owners));
	size_t count = sum_up(frames, owners), i;
	const char **words = pfnscope_table_keep(&table->all, (NAMED + 1) * sizeof(*words));

	for (i = 0; i < count && i < NAMED; i++) {
		char *word = pfnscope_format("%s:%" PRIu64, owners[i].name, owners[i].pages);

		words[i] = pfnscope_table_keep_string(&table->all, word);
		free(word);
	}
	pfnscope_table_set_words(CELL(table, pfnscope_table_row(&table->all, row),
				      OFFLINE_owners), words, i);
	free(owners);
}

static bool block_is_held(const struct OFFLINE_table *table, size_t row)
{
	uint64_t held;

	return pfnscope_table_number(CELL(table, row, OFFLINE_held_pages), &held) && held;
}

/* The module tells of one range at a time. */
static int find_owners(struct pfnscope_run *run, struct OFFLINE_table *table)
{
	struct pfnscope_table *frames;
	uint64_t first, pages;
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++) {
		if (!block_is_held(table, row) ||
		    !pfnscope_table_number(CELL(table, row, OFFLINE_start_pfn), &first) ||
		    !pfnscope_table_number(CELL(table, row, OFFLINE_pages), &pages))
			continue;
		if (pfnscope_whose_read(run, first, first + pages - 1, &frames))
			return -1;
		set_owners(table, row, WHOSE_OF(frames));
		pfnscope_table_free(frames);
	}
	return 0;
}

/* --- which blocks --- */

/* "memory32" or "32". */
static int parse_block(struct pfnscope_run *run, const char *text, uint64_t *number)
{
	if (pfnscope_memory_block_number(text, number) ||
	    !pfnscope_digits(text, strlen(text), number))
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "\"%s\" is no block of memory such as memory32", text);
}

static bool block_is_named(const struct pfnscope_table *any, size_t row, const void *context)
{
	const struct OFFLINE_table *table = OFFLINE_OF(any);
	const struct pfnscope_run *run = context;
	uint64_t number, wanted = 0;
	size_t i;

	if (!pfnscope_memory_block_number(pfnscope_table_string(CELL(table, row, OFFLINE_block)),
					  &number))
		return false;
	for (i = 0; i < run->nr_arguments; i++) {
		const char *text = run->arguments[i];

		if (!pfnscope_memory_block_number(text, &wanted))
			pfnscope_digits(text, strlen(text), &wanted);
		if (wanted == number)
			return true;
	}
	return false;
}

static int choose_memory_blocks(struct pfnscope_run *run, struct pfnscope_table *table)
{
	if (!run->nr_arguments)
		return 0;
	pfnscope_table_filter(table, block_is_named, run);
	if (!pfnscope_source_is_live(run->source))
		return 0;
	if (find_owners(run, OFFLINE_FROM(table)))
		return -1;
	if (run->format.kind == PFNSCOPE_FORMAT_TABLE && !run->format.columns && !run->all)
		run->format.columns = "+owners";
	return 0;
}

/* --- the forecast --- */

static int show_blocks(struct pfnscope_run *run, const struct pfnscope_offline *offline,
		       const struct pfnscope_snapshot *snapshot,
		       const struct pfnscope_table *pageblocks)
{
	const struct pfnscope_table *zones = pfnscope_snapshot_table(snapshot,
								     &pfnscope_view_zones);
	struct pfnscope_table *table = pfnscope_offline_tell(offline, zones);
	int status = -1;

	if (pageblocks->state != PFNSCOPE_TABLE_COMPLETE)
		pfnscope_table_limit(table, pageblocks->state, "pageblocks: %s",
				     pageblocks->reason);
	if (!choose_memory_blocks(run, table))
		status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	return status;
}

/* @view is pageblocks, with no more than what is needed of it. */
static int forecast_blocks(struct pfnscope_run *run, const struct pfnscope_view *view,
			   struct pfnscope_offline *offline,
			   const struct pfnscope_snapshot *snapshot)
{
	const struct pfnscope_row_taker taker = {
		.take = pfnscope_offline_take, .context = offline,
	};
	struct pfnscope_table *pageblocks;
	int status;

	if (pfnscope_view_each(run->source, view, &taker, &pageblocks, &run->error))
		return -1;
	status = show_blocks(run, offline, snapshot, pageblocks);
	pfnscope_table_free(pageblocks);
	return status;
}

static int read_and_forecast(struct pfnscope_run *run,
			     const struct pfnscope_memory_blocks *blocks)
{
	const struct pfnscope_view *const views[] = { &pfnscope_view_zones, NULL };
	const struct pfnscope_format keys = { .columns = "node" };
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_offline *offline;
	struct pfnscope_view view;
	int status;

	if (pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	offline = pfnscope_offline_begin(blocks, snapshot.page_size_bytes);
	status = pfnscope_columns_narrow(&keys, &pfnscope_view_pageblocks,
					 pfnscope_offline_needs, &view, &run->error);
	if (!status) {
		status = forecast_blocks(run, &view, offline, &snapshot);
		free((void *)view.fields);
	}
	pfnscope_offline_end(offline);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

static int run_offline(struct pfnscope_run *run)
{
	struct pfnscope_memory_blocks blocks;
	uint64_t number;
	int status;
	size_t i;

	for (i = 0; i < run->nr_arguments; i++)
		if (parse_block(run, run->arguments[i], &number))
			return -1;
	pfnscope_memory_blocks_read(run->source, &blocks);
	status = blocks.count ? read_and_forecast(run, &blocks) :
		 pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			       "/sys/devices/system/memory: no blocks of memory (a kernel without memory hotplug, or a root recorded without --full)");
	pfnscope_memory_blocks_clear(&blocks);
	return status;
}

const struct pfnscope_command pfnscope_cmd_offline = {
	.name = "offline",
	.group = PFNSCOPE_GROUP_ASK,
	.summary = "which blocks of memory would go offline, and who is in the way",
	.description =
		"Of each block of /sys/devices/system/memory what a write of \"offline\" to its\n"
		"state would meet: now, nothing but free pages; moves, pages that go elsewhere\n"
		"first; uncertain, pages that move once somebody lets go, or have no room;\n"
		"never, pages that do not move. Of blocks that are named it says whose these\n"
		"are.",
	.arguments = "[BLOCK]...",
	.view = &pfnscope_view_offline,
	.weighs = { "held_pages", "move_pages" },
	.scans = true,
	.empty = "there is no such block of memory",
	.examples = { "offline --where verdict=never", "offline memory4" },
	.run = run_offline,
};
