// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of every process, from two files of each. The first has counters; for the
 * second the kernel walks the page tables, so of very many it is read of those alone
 * that map most, unless all are asked for.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/parse.h"
#include "source/processes.h"
#include "view/processes.h"

/* A line "NAME: NUMBER kB", and the column that it is added to. */
struct line {
	const char *name;
	unsigned int column;
};

/*
 * Counted when pages come and go: exact but for some pages of each CPU. What the other
 * file tells too is taken from there.
 */
static const struct line status_lines[] = {
	{ "VmLck:", PROCESSES_locked_bytes },
	{ "RssAnon:", PROCESSES_anon_bytes },
	{ "RssFile:", PROCESSES_file_bytes },
	{ "RssShmem:", PROCESSES_shmem_bytes },
	{ "VmPTE:", PROCESSES_table_bytes },
	{ "VmSwap:", PROCESSES_swap_bytes },
	{ "HugetlbPages:", PROCESSES_hugetlb_bytes },
};

/* Counted from the page tables, now. */
static const struct line rollup_lines[] = {
	{ "Pss:", PROCESSES_pss_bytes },
	{ "Anonymous:", PROCESSES_anon_bytes },
	{ "AnonHugePages:", PROCESSES_huge_bytes },
	{ "ShmemPmdMapped:", PROCESSES_huge_bytes },
	{ "FilePmdMapped:", PROCESSES_huge_bytes },
	{ "Shared_Hugetlb:", PROCESSES_hugetlb_bytes },
	{ "Private_Hugetlb:", PROCESSES_hugetlb_bytes },
	{ "Swap:", PROCESSES_swap_bytes },
};

/**
 * struct amounts - what a file says
 * @bytes: by column
 * @known: it was said
 */
struct amounts {
	uint64_t bytes[PROCESSES_COLUMNS];
	bool known[PROCESSES_COLUMNS];
};

static void take_amount(struct pfnscope_parser *parser, const struct line *lines,
			size_t count, struct amounts *amounts)
{
	struct pfnscope_token name, value;
	const struct line *line = lines;
	uint64_t kib;

	if (!pfnscope_parse_word(parser, &name))
		return;
	while (line < lines + count && strcmp(line->name, name.text))
		line++;
	if (line == lines + count || !pfnscope_parse_word(parser, &value) ||
	    pfnscope_parse_number(parser, &value, &kib) || kib > UINT64_MAX >> 16)
		return;
	amounts->bytes[line->column] += kib << 10;
	amounts->known[line->column] = true;
}

/* Return: 0 or an errno. @name, where it is wanted, is that of the process, to be freed. */
static int read_amounts(const struct pfnscope_source *source, const char *path,
			const struct line *lines, size_t count, struct amounts *amounts,
			char **name)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	int failure = pfnscope_source_input(source, path, &parser.input);

	if (failure)
		return failure;
	while (pfnscope_parse_line(&parser) > 0) {
		if (name && !*name && !strncmp(parser.text, "Name:\t", 6))
			*name = pfnscope_strdup(parser.text + 6);
		else
			take_amount(&parser, lines, count, amounts);
	}
	pfnscope_input_close(parser.input);
	return 0;
}

static void put_amounts(struct PROCESSES_table *table, size_t row,
			const struct amounts *amounts)
{
	unsigned int column;

	for (column = 0; column < PROCESSES_COLUMNS; column++)
		if (amounts->known[column])
			pfnscope_table_set_number(&table->all,
						  pfnscope_table_row(&table->all, row),
						  column, amounts->bytes[column]);
}

static void add_process(const struct pfnscope_source *source, uint64_t pid,
			struct PROCESSES_table *table)
{
	char *status = pfnscope_format("proc/%" PRIu64 "/status", pid);
	struct amounts amounts = { 0 };
	struct pfnscope_value *row;
	char *name = NULL;

	if (!read_amounts(source, status, status_lines, ARRAY_SIZE(status_lines), &amounts,
			  &name) && amounts.known[PROCESSES_table_bytes]) {
		row = pfnscope_table_add(&table->all);
		pfnscope_table_set_number(CELL(table, row, PROCESSES_pid), pid);
		if (name)
			pfnscope_table_set_string(CELL(table, row, PROCESSES_comm), name);
		put_amounts(table, table->all.nr_rows - 1, &amounts);
	}
	free(name);
	free(status);
}

/* Where its page tables are counted: false where that is kept from us. */
static bool add_rollup(const struct pfnscope_source *source,
		       struct PROCESSES_table *table, size_t row)
{
	struct amounts amounts = { 0 };
	uint64_t pid = 0;
	char *rollup;
	int failure;

	pfnscope_table_number(CELL(table, row, PROCESSES_pid), &pid);
	rollup = pfnscope_format("proc/%" PRIu64 "/smaps_rollup", pid);
	/* It may have ended since: the counters stay. */
	failure = read_amounts(source, rollup, rollup_lines, ARRAY_SIZE(rollup_lines),
			       &amounts, NULL);
	if (!failure)
		put_amounts(table, row, &amounts);
	free(rollup);
	return failure != EACCES && failure != EPERM;
}

/* --- of which of them --- */

struct weight {
	size_t row;
	uint64_t mapped;
};

static int by_mapped(const void *a, const void *b)
{
	const struct weight *one = a, *other = b;

	if (one->mapped != other->mapped)
		return one->mapped > other->mapped ? -1 : 1;
	return one->row < other->row ? -1 : 1;
}

/* The rows, those that map most in front. */
static struct weight *weigh_mapped(const struct PROCESSES_table *table)
{
	size_t count = table->all.nr_rows, row;
	struct weight *weights = pfnscope_calloc(count + 1, sizeof(*weights));

	for (row = 0; row < count; row++)
		weights[row] = (struct weight) {
			row, pfnscope_table_or_zero(CELL(table, row, PROCESSES_anon_bytes)) +
			     pfnscope_table_or_zero(CELL(table, row, PROCESSES_file_bytes)) +
			     pfnscope_table_or_zero(CELL(table, row, PROCESSES_shmem_bytes)),
		};
	qsort(weights, count, sizeof(*weights), by_mapped);
	return weights;
}

static void add_rollups(const struct pfnscope_source *source,
			struct PROCESSES_table *table, size_t limit)
{
	struct weight *weights = weigh_mapped(table);
	size_t kept = 0, i;

	for (i = 0; i < table->all.nr_rows && i < limit; i++)
		kept += !add_rollup(source, table, weights[i].row);
	free(weights);
	if (kept)
		pfnscope_table_limit(&table->all, PFNSCOPE_TABLE_PARTIAL,
			"smaps_rollup of %zu of them cannot be read: pss and huge are not known",
			kept);
	else if (table->all.nr_rows > limit)
		pfnscope_table_limit(&table->all, PFNSCOPE_TABLE_PARTIAL,
			"pss and huge of the %zu that map most; of all %zu by --pss",
			limit, table->all.nr_rows);
}

void pfnscope_processes_read(const struct pfnscope_source *source, size_t limit,
			     struct pfnscope_table **table)
{
	char **names = pfnscope_source_list(source, "proc"), **name;
	struct PROCESSES_table *processes = PROCESSES_NEW();
	uint64_t pid;

	*table = &processes->all;
	for (name = names; *name; name++)
		if (!pfnscope_digits(*name, strlen(*name), &pid))
			add_process(source, pid, processes);
	pfnscope_source_list_free(names);
	if ((*table)->nr_rows)
		add_rollups(source, processes, limit);
	else
		pfnscope_table_limit(*table, PFNSCOPE_TABLE_ABSENT,
				     "no /proc/PID/status of a process");
}
