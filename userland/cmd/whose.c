// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope whose: everything known of a page frame, or of a range of them. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/digits.h"
#include "cmd/whose.h"
#include "source/memory-blocks.h"
#include "source/mounts.h"
#include "source/view.h"
#include "table/select.h"
#include "view/fold.h"
#include "view/whose.h"

#define CONTROL	PFNSCOPE_DEBUGFS "/control/whose"

/* Page frames, the last one included. */
struct range {
	uint64_t first;
	uint64_t last;
};

/* A page frame, or the physical address of a byte in it where it begins with 0x. */
static int parse_frame(const char *text, size_t length, uint64_t page_size,
		       uint64_t *frame)
{
	char *end;

	if (strncmp(text, "0x", 2))
		return pfnscope_digits(text, length, frame);
	if (!isxdigit((unsigned char)text[2]))
		return EINVAL;
	errno = 0;
	*frame = strtoull(text, &end, 16) / page_size;
	return end != text + length ? EINVAL : errno;
}

/* A block of memory: its size is asked for where it is used. */
static int block_range(struct pfnscope_run *run, const char *text, struct range *range)
{
	uint64_t pages = pfnscope_memory_block_bytes(run->source) / run->format.page_size_bytes;
	uint64_t number;

	pfnscope_memory_block_number(text, &number);
	if (!pages || number > UINT64_MAX / pages - 1)
		return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
				     "%s: /sys/devices/system/memory does not tell where that is",
				     text);
	range->first = number * pages;
	range->last = range->first + pages - 1;
	return 0;
}

static int parse_range(struct pfnscope_run *run, const char *text, struct range *range)
{
	uint64_t page_size = run->format.page_size_bytes, number;
	size_t length = strcspn(text, "-");
	const char *last = text + length + 1;
	int failed;

	if (pfnscope_memory_block_number(text, &number))
		return block_range(run, text, range);
	failed = parse_frame(text, length, page_size, &range->first);
	range->last = range->first;
	if (!failed && text[length])
		failed = parse_frame(last, strlen(last), page_size, &range->last);
	if (!failed && range->first <= range->last)
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "\"%s\" is neither PFN nor 0xADDRESS, nor a range of them, nor a "
			     "block of memory: 4096, 0x1000000, 4096-4607, memory32", text);
}

static int ask_module(struct pfnscope_run *run, const struct range *range)
{
	char *text;
	int error;

	if (!pfnscope_source_is_live(run->source))
		return 0;
	text = pfnscope_format("%" PRIu64 "-%" PRIu64, range->first, range->last);
	error = pfnscope_source_write(run->source, CONTROL, text);
	free(text);
	if (!error)
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_ABSENT,
			     "/" CONTROL ": %s (try: pfnscope doctor)",
			     strerror(error));
}

static bool overlaps(const struct pfnscope_table *any, size_t row, const void *context)
{
	const struct WHOSE_table *table = WHOSE_OF(any);
	const struct range *range = context;
	uint64_t start, pages;

	return pfnscope_table_number(CELL(table, row, WHOSE_start_pfn), &start) &&
	       pfnscope_table_number(CELL(table, row, WHOSE_pages), &pages) &&
	       start <= range->last && start + pages > range->first;
}

static void place_files(const struct pfnscope_run *run, struct WHOSE_table *table)
{
	struct pfnscope_mounts mounts;
	const char *path, *device;
	char *place;
	size_t row;

	pfnscope_mounts_read(run->source, &mounts);
	for (row = 0; row < table->all.nr_rows; row++) {
		path = pfnscope_table_string(CELL(table, row, WHOSE_fs_path));
		device = pfnscope_table_string(CELL(table, row, WHOSE_device));
		if (!path || !device)
			continue;
		place = pfnscope_mounts_place(&mounts, device, path);
		pfnscope_table_set_string(CELL(table, pfnscope_table_row(&table->all, row),
					       WHOSE_path),
					  place);
		free(place);
	}
	pfnscope_mounts_free(&mounts);
}

static bool has_any(const struct pfnscope_table *table, unsigned int column)
{
	size_t row = 0;

	while (row < table->nr_rows && !pfnscope_table_cell(table, row, column))
		row++;
	return row < table->nr_rows;
}

/* What few page frames have is shown where one has it; NULL for no more than usual. */
static const char *columns_of(const struct pfnscope_table *table)
{
	bool path = has_any(table, WHOSE_path), processes = has_any(table, WHOSE_processes);

	if (path && processes)
		return "+path,processes";
	if (path)
		return "+path";
	return processes ? "+processes" : NULL;
}

/* With @range NULL what was asked about last. */
static int read_frames(struct pfnscope_run *run, const struct range *range,
		       struct pfnscope_table **table)
{
	if ((range && ask_module(run, range)) ||
	    pfnscope_view_read_file(run->source, &pfnscope_view_whose, "whose", table,
				    &run->error))
		return -1;
	if (range)
		pfnscope_table_filter(*table, overlaps, range);
	return 0;
}

int pfnscope_whose_read(struct pfnscope_run *run, uint64_t first, uint64_t last,
			struct pfnscope_table **table)
{
	const struct range range = { first, last };

	return read_frames(run, &range, table);
}

static int show_frames(struct pfnscope_run *run, const struct range *range)
{
	struct pfnscope_table *table;
	int status;

	if (read_frames(run, range, &table))
		return -1;
	pfnscope_whose_tell(table);
	place_files(run, WHOSE_FROM(table));
	pfnscope_whose_find_processes(run, table);
	if (run->format.kind == PFNSCOPE_FORMAT_TABLE && !run->format.columns && !run->all)
		run->format.columns = columns_of(table);
	status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	return status;
}

static int run_whose(struct pfnscope_run *run)
{
	const struct pfnscope_view *const none[] = { NULL };
	struct pfnscope_snapshot snapshot = { 0 };
	struct range range = { 0 };

	if (run->nr_arguments > 1)
		return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
				     "one range at a time: \"%s\"", run->arguments[1]);
	if (pfnscope_snapshot_read(run->source, none, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	pfnscope_snapshot_clear(&snapshot);
	if (!run->nr_arguments)
		return show_frames(run, NULL);
	if (parse_range(run, run->arguments[0], &range))
		return -1;
	return show_frames(run, &range);
}

const struct pfnscope_command pfnscope_cmd_whose = {
	.name = "whose",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "everything known of a page frame: whose 0x1f400000",
	.description =
		"What a page frame is, who has it, and what would have to happen for its room\n"
		"to be free. A decimal number is a page frame number, one with 0x a physical\n"
		"address, memory32 a block of memory. Without any it shows what was asked about\n"
		"last. Processes that map one are looked for in the page tables of all.",
	.arguments = "[PFN | 0xADDRESS | FIRST-LAST | memoryN]",
	.view = &pfnscope_view_whose,
	.fold = pfnscope_whose_fold,
	.empty = "no page frame of memory was asked about",
	.scans = true,
	.examples = { "whose 0x1000000", "whose 4096-4607" },
	.run = run_whose,
};
