// SPDX-License-Identifier: GPL-2.0-only
/* /proc/pressure/memory, /proc/vmstat, and the pools of huge pages in sysfs. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/counters.h"
#include "source/numbers.h"
#include "source/parse.h"
#include "table/fields.h"
#include "view/hugepages.h"

#define POOLS	"sys/kernel/mm/hugepages"

const struct pfnscope_view pfnscope_view_pressure = PFNSCOPE_VIEW(PRESSURE, "pressure");

const struct pfnscope_view pfnscope_view_counted = PFNSCOPE_VIEW(COUNTED, "events");

/* Opens @path, or says in @table why not. */
static bool open_or_say(const struct pfnscope_source *source, const char *path,
			struct pfnscope_parser *parser,
			struct pfnscope_table *table)
{
	int failure = pfnscope_source_input(source, path, &parser->input);

	if (failure == ENOENT && !pfnscope_source_is_live(source))
		pfnscope_table_limit(table, PFNSCOPE_TABLE_ABSENT,
				     "/%s was not recorded", path);
	else if (failure)
		pfnscope_table_limit(table, PFNSCOPE_TABLE_ABSENT, "/%s: %s", path,
				     strerror(failure));
	return !failure;
}

/* "1.25" as 125. */
static bool hundredths(const char *text, uint64_t *number)
{
	const char *dot = strchr(text, '.');
	uint64_t whole, rest;

	if (!dot || strlen(dot + 1) != 2 ||
	    pfnscope_digits(text, (size_t)(dot - text), &whole) ||
	    pfnscope_digits(dot + 1, 2, &rest) || whole > 100)
		return false;
	*number = whole * 100 + rest;
	return true;
}

/* "avg10=0.00", "total=0" */
static void take_pair(struct PRESSURE_table *table, struct pfnscope_value *row,
		      const struct pfnscope_token *word)
{
	static const struct pfnscope_word_column averages[] = {
		{ "avg10", PRESSURE_avg10_hundredths },
		{ "avg60", PRESSURE_avg60_hundredths },
		{ "avg300", PRESSURE_avg300_hundredths },
	};
	char *value = strchr(word->text, '=');
	uint64_t number;

	if (!value)
		return;
	*value++ = '\0';
	if (!strcmp(word->text, "total") &&
	    !pfnscope_digits(value, strlen(value), &number))
		pfnscope_table_set_number(CELL(table, row, PRESSURE_total_us), number);
	for (size_t i = 0; i < ARRAY_SIZE(averages); i++)
		if (!strcmp(word->text, averages[i].word) &&
		    hundredths(value, &number))
			pfnscope_table_set_number(&table->all, row, averages[i].column,
						  number);
}

struct pfnscope_table *pfnscope_pressure_read_file(const struct pfnscope_source *source,
						   const char *path)
{
	struct PRESSURE_table *table = PRESSURE_NEW();
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token word;
	struct pfnscope_value *row;

	if (!open_or_say(source, path, &parser, &table->all))
		return &table->all;
	while (pfnscope_parse_line(&parser) > 0) {
		if (!pfnscope_parse_word(&parser, &word))
			continue;
		row = pfnscope_table_add(&table->all);
		pfnscope_table_set_string(CELL(table, row, PRESSURE_scope), word.text);
		while (pfnscope_parse_word(&parser, &word))
			take_pair(table, row, &word);
	}
	pfnscope_input_close(parser.input);
	/* With psi=0 the file is there, and cannot be read. */
	if (!table->all.nr_rows)
		pfnscope_table_limit(&table->all, PFNSCOPE_TABLE_ABSENT,
				     "/%s: the kernel does not count it (boot with psi=1)", path);
	return &table->all;
}

struct pfnscope_table *pfnscope_pressure_read(const struct pfnscope_source *source)
{
	return pfnscope_pressure_read_file(source, "proc/pressure/memory");
}

struct pfnscope_table *pfnscope_counted_read(const struct pfnscope_source *source)
{
	struct COUNTED_table *table = COUNTED_NEW();
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token name, word;
	uint64_t number, stalls = 0;
	struct pfnscope_value *row;
	bool stalled = false;

	if (!open_or_say(source, "proc/vmstat", &parser, &table->all))
		return &table->all;
	row = pfnscope_table_add(&table->all);
	while (pfnscope_parse_line(&parser) > 0) {
		if (!pfnscope_parse_word(&parser, &name) ||
		    !pfnscope_parse_word(&parser, &word) ||
		    pfnscope_digits(word.text, word.length, &number))
			continue;
		if (!strcmp(name.text, "oom_kill"))
			pfnscope_table_set_number(CELL(table, row, COUNTED_oom_kills), number);
		if (strncmp(name.text, "allocstall", strlen("allocstall")))
			continue;
		/* One for each zone class. */
		stalled = true;
		if (__builtin_add_overflow(stalls, number, &stalls))
			stalls = UINT64_MAX;
	}
	pfnscope_input_close(parser.input);
	if (stalled)
		pfnscope_table_set_number(CELL(table, row, COUNTED_direct_reclaims), stalls);
	return &table->all;
}

/* --- huge pages --- */

static bool number_in(const struct pfnscope_source *source, const char *folder,
		      const char *file, uint64_t *number)
{
	char *path = pfnscope_format(POOLS "/%s/%s", folder, file);
	int64_t found = pfnscope_number_in(source, path);

	free(path);
	*number = (uint64_t)found;
	return found >= 0 && found != PFNSCOPE_UNLIMITED;
}

/* "hugepages-2048kB" */
static bool pool_size(const char *folder, uint64_t *kb)
{
	static const char prefix[] = "hugepages-";
	size_t digits;

	if (strncmp(folder, prefix, strlen(prefix)))
		return false;
	folder += strlen(prefix);
	digits = strspn(folder, "0123456789");
	return !strcmp(folder + digits, "kB") &&
	       !pfnscope_digits(folder, digits, kb) && *kb < UINT64_MAX / 1024;
}

static struct pfnscope_value *add_pool(struct HUGEPAGES_table *table)
{
	struct pfnscope_value *row = pfnscope_table_add(&table->all);

	pfnscope_table_set_string(CELL(table, row, HUGEPAGES_scope), "host");
	return row;
}

static void take_pool(const struct pfnscope_source *source,
		      struct HUGEPAGES_table *table, const char *folder)
{
	static const struct pfnscope_word_column files[] = {
		{ "nr_hugepages", HUGEPAGES_total_hugepages },
		{ "free_hugepages", HUGEPAGES_free_hugepages },
		{ "resv_hugepages", HUGEPAGES_reserved_hugepages },
		{ "surplus_hugepages", HUGEPAGES_surplus_hugepages },
		{ "nr_overcommit_hugepages", HUGEPAGES_overcommit_hugepages },
	};
	struct pfnscope_value *row;
	uint64_t number;

	if (!pool_size(folder, &number))
		return;
	row = add_pool(table);
	pfnscope_table_set_number(CELL(table, row, HUGEPAGES_size_bytes), number * 1024);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (number_in(source, folder, files[i].word, &number))
			pfnscope_table_set_number(&table->all, row, files[i].column, number);
}

static void take_meminfo(struct HUGEPAGES_table *table, struct pfnscope_value **row,
			 const char *name, uint64_t number)
{
	static const struct pfnscope_word_column names[] = {
		{ "HugePages_Total:", HUGEPAGES_total_hugepages },
		{ "HugePages_Free:", HUGEPAGES_free_hugepages },
		{ "HugePages_Rsvd:", HUGEPAGES_reserved_hugepages },
		{ "HugePages_Surp:", HUGEPAGES_surplus_hugepages },
	};

	if (!*row && !strncmp(name, "HugePages_", strlen("HugePages_")))
		*row = add_pool(table);
	for (size_t i = 0; *row && i < ARRAY_SIZE(names); i++)
		if (!strcmp(name, names[i].word))
			pfnscope_table_set_number(&table->all, *row, names[i].column, number);
	if (*row && !strcmp(name, "Hugepagesize:") && number < UINT64_MAX / 1024)
		pfnscope_table_set_number(CELL(table, *row, HUGEPAGES_size_bytes), number * 1024);
}

static void read_meminfo(const struct pfnscope_source *source,
			 struct HUGEPAGES_table *table)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token name, word;
	struct pfnscope_value *row = NULL;
	uint64_t number;

	if (!open_or_say(source, "proc/meminfo", &parser, &table->all))
		return;
	while (pfnscope_parse_line(&parser) > 0)
		if (pfnscope_parse_word(&parser, &name) &&
		    pfnscope_parse_word(&parser, &word) &&
		    !pfnscope_digits(word.text, word.length, &number))
			take_meminfo(table, &row, name.text, number);
	pfnscope_input_close(parser.input);
}

struct pfnscope_table *pfnscope_pools_read(const struct pfnscope_source *source)
{
	struct HUGEPAGES_table *table = HUGEPAGES_NEW();
	char **folders = pfnscope_source_list(source, POOLS);

	for (char **folder = folders; folder && *folder; folder++)
		take_pool(source, table, *folder);
	pfnscope_source_list_free(folders);
	if (!table->all.nr_rows)
		read_meminfo(source, table);
	return &table->all;
}
