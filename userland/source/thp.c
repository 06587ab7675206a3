// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters of transparent huge pages: of all sizes from /proc/vmstat, where
 * their names begin with thp_; by size, since 6.8, from a folder of each size
 * in sysfs.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "source/parse.h"
#include "source/thp.h"

/* The files of a size's folder; a kernel has those it knows. */
static const char *const counters[] = {
	"anon_fault_alloc", "anon_fault_fallback", "anon_fault_fallback_charge",
	"zswpout", "swpin", "swpin_fallback", "swpin_fallback_charge", "swpout",
	"swpout_fallback", "shmem_alloc", "shmem_fallback",
	"shmem_fallback_charge", "split", "split_failed", "split_deferred",
	"nr_anon", "nr_anon_partially_mapped",
};

#define COUNTERS	(sizeof(counters) / sizeof(counters[0]))
#define SMALLEST_KB	8
#define LARGEST_KB	(1024 * 1024)

/* "name value" with a name that begins with thp_. */
static int add_line(struct pfnscope_parser *parser,
		    struct pfnscope_table *table)
{
	struct pfnscope_token name, value;
	struct pfnscope_value *row;
	uint64_t count;

	if (!pfnscope_parse_word(parser, &name) ||
	    strncmp(name.text, "thp_", 4))
		return 0;
	if (!pfnscope_parse_word(parser, &value))
		return pfnscope_parse_fail(parser, name.column,
					   "%s has no value", name.text);
	if (pfnscope_parse_number(parser, &value, &count))
		return -1;
	row = pfnscope_table_add(table);
	pfnscope_table_set_string(table, row, "name", name.text);
	pfnscope_table_set_number(table, row, "count", count);
	return 0;
}

static int read_vmstat(const struct pfnscope_source *source,
		       struct pfnscope_table *table,
		       struct pfnscope_error *error)
{
	struct pfnscope_parser parser = { .error = error };
	int status;

	if (pfnscope_source_input(source, "proc/vmstat", &parser.input)) {
		pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL,
				     "proc/vmstat cannot be read");
		return 0;
	}
	while ((status = pfnscope_parse_line(&parser)) > 0 &&
	       !add_line(&parser, table))
		;
	pfnscope_input_close(parser.input);
	return status ? -1 : 0;
}

/* One number in a file of its own. Return: 1 read, 0 not there, -1 failed. */
static int read_number(const struct pfnscope_source *source, const char *path,
		       uint64_t *number, struct pfnscope_error *error)
{
	struct pfnscope_parser parser = { .error = error };
	struct pfnscope_token token;
	int status;

	if (pfnscope_source_input(source, path, &parser.input))
		return 0;
	status = pfnscope_parse_line(&parser);
	if (!status || (status > 0 && !pfnscope_parse_word(&parser, &token)))
		status = pfnscope_parse_fail(&parser, 1, "it is empty");
	if (status > 0 && pfnscope_parse_number(&parser, &token, number))
		status = -1;
	pfnscope_input_close(parser.input);
	return status;
}

static int read_size(const struct pfnscope_source *source, uint64_t size_kb,
		     struct pfnscope_table *table,
		     struct pfnscope_error *error)
{
	struct pfnscope_value *row;
	uint64_t count;
	int status = 0;
	size_t i;

	for (i = 0; i < COUNTERS && status >= 0; i++) {
		char *path = pfnscope_format("sys/kernel/mm/transparent_hugepage/hugepages-%llukB/stats/%s",
					     (unsigned long long)size_kb,
					     counters[i]);

		status = read_number(source, path, &count, error);
		free(path);
		if (status <= 0)
			continue;
		row = pfnscope_table_add(table);
		pfnscope_table_set_number(table, row, "size_bytes",
					  size_kb * 1024);
		pfnscope_table_set_string(table, row, "name", counters[i]);
		pfnscope_table_set_number(table, row, "count", count);
	}
	return status < 0 ? -1 : 0;
}

int pfnscope_thp_read(const struct pfnscope_source *source,
		      struct pfnscope_table **table,
		      struct pfnscope_error *error)
{
	int failed;
	uint64_t kb;

	*table = pfnscope_table_new(&pfnscope_view_thp);
	failed = read_vmstat(source, *table, error);
	for (kb = SMALLEST_KB; kb <= LARGEST_KB && !failed; kb *= 2)
		failed = read_size(source, kb, *table, error);
	if (!failed && !(*table)->nr_rows &&
	    (*table)->state == PFNSCOPE_TABLE_COMPLETE)
		pfnscope_table_limit(*table, PFNSCOPE_TABLE_UNAVAILABLE,
				     "this kernel has no transparent huge pages");
	if (failed) {
		pfnscope_table_free(*table);
		*table = NULL;
	}
	return failed;
}
