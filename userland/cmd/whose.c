// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope whose: everything known of a page frame, or of a range of them. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/digits.h"
#include "cmd/whose-mapped.h"
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

static int parse_range(struct pfnscope_run *run, const char *text, struct range *range)
{
	uint64_t page_size = run->format.page_size_bytes;
	size_t length = strcspn(text, "-");
	const char *last = text + length + 1;
	int failed = parse_frame(text, length, page_size, &range->first);

	range->last = range->first;
	if (!failed && text[length])
		failed = parse_frame(last, strlen(last), page_size, &range->last);
	if (!failed && range->first <= range->last)
		return 0;
	return pfnscope_fail(&run->error, PFNSCOPE_USAGE,
			     "\"%s\" is neither PFN nor 0xADDRESS, nor a range of them: "
			     "4096, 0x1000000, 4096-4607", text);
}

/* Has the module answer for these; a root that was recorded has what it was asked then. */
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

static bool has_processes(const struct pfnscope_table *table)
{
	size_t row = 0;

	while (row < table->nr_rows && !pfnscope_table_cell(CELL(WHOSE_OF(table), row, WHOSE_processes)))
		row++;
	return row < table->nr_rows;
}

static int show_frames(struct pfnscope_run *run, const struct range *range)
{
	struct pfnscope_table *table;
	int status;

	if (pfnscope_view_read_file(run->source, &pfnscope_view_whose, "whose", &table,
				    &run->error))
		return -1;
	if (range)
		pfnscope_table_filter(table, overlaps, range);
	pfnscope_whose_tell(table);
	pfnscope_whose_find_processes(run, table);
	if (has_processes(table) && run->format.kind == PFNSCOPE_FORMAT_TABLE &&
	    !run->format.columns && !run->all)
		run->format.columns = "+processes";
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
	if (parse_range(run, run->arguments[0], &range) || ask_module(run, &range))
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
		"address. Without a range it shows what was asked about last. Processes that map\n"
		"one are looked for in the page tables of all.",
	.arguments = "[PFN | 0xADDRESS | FIRST-LAST]",
	.view = &pfnscope_view_whose,
	.fold = pfnscope_whose_fold,
	.empty = "no page frame of memory was asked about",
	.scans = true,
	.examples = { "whose 0x1000000", "whose 4096-4607" },
	.run = run_whose,
};
