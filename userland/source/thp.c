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
#include "view/thp.h"

#define LARGEST_KB	(1024UL * 1024 * 1024)
#define FOLDER	"sys/kernel/mm/transparent_hugepage"

/* "name value" with a name that begins with thp_. */
static int add_line(struct pfnscope_parser *parser,
		    struct THP_table *table)
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
	row = pfnscope_table_add(&table->all);
	pfnscope_table_set_string(CELL(table, row, THP_name), name.text);
	pfnscope_table_set_number(CELL(table, row, THP_count), count);
	return 0;
}

static int read_vmstat(const struct pfnscope_source *source,
		       struct THP_table *table,
		       struct pfnscope_error *error)
{
	struct pfnscope_parser parser = { .error = error };
	int status;

	if (pfnscope_source_input(source, "proc/vmstat", &parser.input)) {
		pfnscope_table_limit(&table->all, PFNSCOPE_TABLE_PARTIAL,
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

static int read_counter(const struct pfnscope_source *source,
			const char *folder, const char *name, uint64_t size_kb,
			struct THP_table *table,
			struct pfnscope_error *error)
{
	char *path = pfnscope_format(FOLDER "/%s/stats/%s", folder, name);
	struct pfnscope_value *row;
	uint64_t count;
	int status = read_number(source, path, &count, error);

	free(path);
	if (status <= 0)
		return status;
	row = pfnscope_table_add(&table->all);
	pfnscope_table_set_number(CELL(table, row, THP_size_bytes), size_kb * 1024);
	pfnscope_table_set_string(CELL(table, row, THP_name), name);
	pfnscope_table_set_number(CELL(table, row, THP_count), count);
	return 0;
}

/* "hugepages-64kB": each of its counters is a file, whatever its name. */
static int read_size(const struct pfnscope_source *source, const char *folder,
		     struct THP_table *table, struct pfnscope_error *error)
{
	static const char prefix[] = "hugepages-";
	const char *number = folder + sizeof(prefix) - 1;
	char *path, **names;
	uint64_t size_kb;
	size_t digits, i;
	int status = 0;

	if (strncmp(folder, prefix, sizeof(prefix) - 1))
		return 0;
	digits = strspn(number, "0123456789");
	if (strcmp(number + digits, "kB") ||
	    pfnscope_digits(number, digits, &size_kb) || size_kb > LARGEST_KB)
		return 0;
	path = pfnscope_format(FOLDER "/%s/stats", folder);
	names = pfnscope_source_list(source, path);
	for (i = 0; names[i] && !status; i++)
		status = read_counter(source, folder, names[i], size_kb, table,
				      error);
	pfnscope_source_list_free(names);
	free(path);
	return status;
}

int pfnscope_thp_read(const struct pfnscope_source *source,
		      struct pfnscope_table **table,
		      struct pfnscope_error *error)
{
	char **folders = pfnscope_source_list(source, FOLDER);
	struct THP_table *thp = THP_NEW();
	int failed;
	size_t i;

	*table = &thp->all;
	failed = read_vmstat(source, thp, error);
	for (i = 0; folders[i] && !failed; i++)
		failed = read_size(source, folders[i], thp, error);
	pfnscope_source_list_free(folders);
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
