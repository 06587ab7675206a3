// SPDX-License-Identifier: GPL-2.0-only
/* The processes that map the page frames of whose. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cmd/whose.h"
#include "source/mappings.h"
#include "source/parse.h"
#include "view/whose.h"

/* Page frames for which all processes are looked through. */
#define FRAMES_MAX	32768

/* Processes that are named; of libraries most there are. */
#define NAMED		8

/**
 * struct mapped - the page frames of one row
 * @row: of the table
 * @start: the first
 * @end: behind the last
 * @pids: the first processes that map one
 * @count: how many there are
 * @last: the one found last; what one process maps is found in one go
 */
struct mapped {
	size_t row;
	uint64_t start;
	uint64_t end;
	uint64_t pids[NAMED];
	size_t count;
	uint64_t last;
};

/**
 * struct search - all of them
 * @rows: in the order of their page frames
 * @count: how many
 * @left: mappings that were not found yet, UINT64_MAX where nobody knows how many
 */
struct search {
	struct mapped *rows;
	size_t count;
	uint64_t left;
};

static uint64_t number_of(const struct pfnscope_table *table, size_t row,
			  unsigned int column, uint64_t otherwise)
{
	pfnscope_table_number(table, row, column, &otherwise);
	return otherwise;
}

/* Of small pages the kernel counts them; the others are of processes or are not. */
static bool can_be_mapped(const struct WHOSE_table *table, size_t row)
{
	const char *class = pfnscope_table_string(CELL(table, row, WHOSE_class));
	uint64_t maps = number_of(CELL(table, row, WHOSE_maps), UINT64_MAX);

	return maps != UINT64_MAX ? maps :
	       class && (!strcmp(class, "anon") || !strcmp(class, "file") ||
			 !strcmp(class, "shmem") || !strcmp(class, "hugetlb"));
}

static int by_start(const void *a, const void *b)
{
	const struct mapped *one = a, *other = b;

	return (one->start > other->start) - (one->start < other->start);
}

static void begin(struct search *search, const struct WHOSE_table *table)
{
	size_t row;

	search->rows = pfnscope_calloc(table->all.nr_rows + 1, sizeof(*search->rows));
	for (row = 0; row < table->all.nr_rows; row++) {
		struct mapped *mapped = &search->rows[search->count];
		uint64_t pages = number_of(CELL(table, row, WHOSE_pages), 0);
		uint64_t maps = number_of(CELL(table, row, WHOSE_maps), UINT64_MAX);

		if (!can_be_mapped(table, row))
			continue;
		mapped->row = row;
		mapped->start = number_of(CELL(table, row, WHOSE_start_pfn), 0);
		mapped->end = mapped->start + pages;
		search->count++;
		search->left = maps == UINT64_MAX || search->left == UINT64_MAX ?
			       UINT64_MAX : search->left + pages * maps;
	}
	qsort(search->rows, search->count, sizeof(*search->rows), by_start);
}

static int by_frame(const void *key, const void *element)
{
	const uint64_t *frame = key;
	const struct mapped *mapped = element;

	return *frame < mapped->start ? -1 : *frame >= mapped->end;
}

static bool take(void *context, uint64_t pid, uint64_t frame)
{
	struct search *search = context;
	struct mapped *mapped = bsearch(&frame, search->rows, search->count,
					sizeof(*search->rows), by_frame);

	if (!mapped)
		return true;
	if (!mapped->count || mapped->last != pid) {
		if (mapped->count < NAMED)
			mapped->pids[mapped->count] = pid;
		mapped->count++;
		mapped->last = pid;
	}
	return search->left == UINT64_MAX || --search->left;
}

/* "1:init", kept with the table. */
static const char *name_process(const struct pfnscope_run *run,
				struct pfnscope_table *table, uint64_t pid)
{
	char *path = pfnscope_format("proc/%" PRIu64 "/comm", pid), *name;
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	const char *kept;

	if (!pfnscope_source_input(run->source, path, &parser.input) &&
	    pfnscope_parse_line(&parser) > 0)
		name = pfnscope_format("%" PRIu64 ":%s", pid, parser.text);
	else
		name = pfnscope_format("%" PRIu64, pid);
	if (parser.input)
		pfnscope_input_close(parser.input);
	kept = pfnscope_table_keep_string(table, name);
	free(name);
	free(path);
	return kept;
}

static void set_processes(const struct pfnscope_run *run, struct pfnscope_table *table,
			  const struct mapped *mapped)
{
	size_t named = mapped->count < NAMED ? mapped->count : NAMED, i;
	const char **words = pfnscope_table_keep(table, (NAMED + 1) * sizeof(*words));
	char more[32];

	for (i = 0; i < named; i++)
		words[i] = name_process(run, table, mapped->pids[i]);
	if (mapped->count > NAMED) {
		snprintf(more, sizeof(more), "+%zu", mapped->count - NAMED);
		words[i++] = pfnscope_table_keep_string(table, more);
	}
	pfnscope_table_set_words(CELL(WHOSE_FROM(table), pfnscope_table_row(table, mapped->row),
				      WHOSE_processes), words, i);
}

static void say_missed(const struct pfnscope_run *run, const struct search *search,
		       const struct pfnscope_mappings *mappings)
{
	if (!search->left)
		return;
	if (mappings->unread)
		pfnscope_run_remark(run, "the page tables of %zu processes may not be read",
				    mappings->unread);
	if (mappings->cut)
		pfnscope_run_remark(run, "%zu processes have more than 64 GiB of address space, not all of which was looked through",
				    mappings->cut);
}

static bool is_asked_too_much(const struct pfnscope_run *run, const struct search *search)
{
	uint64_t frames = 0;
	size_t i;

	for (i = 0; i < search->count; i++)
		frames += search->rows[i].end - search->rows[i].start;
	if (frames <= FRAMES_MAX)
		return false;
	pfnscope_run_remark(run, "processes are looked for where no more than %u page frames can be mapped",
			    FRAMES_MAX);
	return true;
}

void pfnscope_whose_find_processes(struct pfnscope_run *run, struct pfnscope_table *table)
{
	struct search search = { 0 };
	struct pfnscope_mappings mappings = { .take = take, .context = &search };
	size_t i;

	if (!pfnscope_source_is_live(run->source))
		return;
	begin(&search, WHOSE_OF(table));
	if (search.count && !is_asked_too_much(run, &search)) {
		mappings.first = search.rows[0].start;
		mappings.last = search.rows[search.count - 1].end - 1;
		pfnscope_mappings_find(run->source, run->format.page_size_bytes, &mappings);
		for (i = 0; i < search.count; i++)
			set_processes(run, table, &search.rows[i]);
		say_missed(run, &search, &mappings);
	}
	free(search.rows);
}
