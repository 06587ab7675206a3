// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of every process, from two files of each. Of ten thousand nothing else is
 * read, and of the files nothing is kept but the numbers that are wanted.
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

static void take_line(struct pfnscope_parser *parser, const struct line *lines,
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
static int read_file(const struct pfnscope_source *source, const char *path,
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
			take_line(&parser, lines, count, amounts);
	}
	pfnscope_input_close(parser.input);
	return 0;
}

static void put_row(struct PROCESSES_table *table, uint64_t pid, const char *name,
		    const struct amounts *amounts)
{
	struct pfnscope_value *row = pfnscope_table_add(&table->all);
	unsigned int column;

	pfnscope_table_set_number(CELL(table, row, PROCESSES_pid), pid);
	if (name)
		pfnscope_table_set_string(CELL(table, row, PROCESSES_comm), name);
	for (column = 0; column < PROCESSES_COLUMNS; column++)
		if (amounts->known[column])
			pfnscope_table_set_number(&table->all, row, column,
						  amounts->bytes[column]);
}

/* False where smaps_rollup is kept from us. A process may end between the two files. */
static bool add_process(const struct pfnscope_source *source, uint64_t pid,
			struct PROCESSES_table *table)
{
	char *status = pfnscope_format("proc/%" PRIu64 "/status", pid);
	char *rollup = pfnscope_format("proc/%" PRIu64 "/smaps_rollup", pid);
	struct amounts amounts = { 0 }, mapped = { 0 };
	char *name = NULL;
	int failure = 0;
	unsigned int i;

	if (!read_file(source, status, status_lines, ARRAY_SIZE(status_lines), &amounts,
		       &name) && amounts.known[PROCESSES_table_bytes]) {
		failure = read_file(source, rollup, rollup_lines,
				    ARRAY_SIZE(rollup_lines), &mapped, NULL);
		for (i = 0; i < PROCESSES_COLUMNS; i++) {
			if (!mapped.known[i])
				continue;
			amounts.bytes[i] = mapped.bytes[i];
			amounts.known[i] = true;
		}
		put_row(table, pid, name, &amounts);
	}
	free(name);
	free(status);
	free(rollup);
	return failure != EACCES && failure != EPERM;
}

void pfnscope_processes_read(const struct pfnscope_source *source,
			     struct pfnscope_table **table)
{
	char **names = pfnscope_source_list(source, "proc"), **name;
	size_t kept = 0;
	struct PROCESSES_table *processes = PROCESSES_NEW();
	uint64_t pid;

	*table = &processes->all;
	for (name = names; *name; name++)
		if (!pfnscope_digits(*name, strlen(*name), &pid) &&
		    !add_process(source, pid, processes))
			kept++;
	pfnscope_source_list_free(names);
	if (kept)
		pfnscope_table_limit(*table, PFNSCOPE_TABLE_PARTIAL,
			"smaps_rollup of %zu of them cannot be read: pss and huge are not known",
			kept);
	else if (!(*table)->nr_rows)
		pfnscope_table_limit(*table, PFNSCOPE_TABLE_ABSENT,
				     "no /proc/PID/status of a process");
}
