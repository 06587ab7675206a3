// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/zoneinfo: what it has of zones and pcp. It prints the watermarks with
 * the boost added, where zones has them without.
 */
#include <stdlib.h>
#include <string.h>

#include "source/parse.h"
#include "source/zoneinfo.h"
#include "view/pcp.h"
#include "view/zones.h"
#include "base/array.h"

#define PATH		"proc/zoneinfo"
#define CLASSES		16	/* more zone classes than any kernel has */

static const struct pfnscope_word_column zone_lines[] = {
	{ "free", ZONES_free_pages },
	{ "boost", ZONES_boost_pages },
	{ "min", ZONES_min_pages },
	{ "low", ZONES_low_pages },
	{ "high", ZONES_high_pages },
	{ "promo", ZONES_promo_pages },
	{ "spanned", ZONES_spanned_pages },
	{ "present", ZONES_present_pages },
	{ "managed", ZONES_managed_pages },
	{ "cma", ZONES_cma_pages },
	{ "reserved_highatomic", ZONES_highatomic_pages },
	{ "start_pfn:", ZONES_start_pfn },
	{ NULL, 0 },
};

static const struct pfnscope_word_column pcp_lines[] = {
	{ "count:", PCP_count_pages },
	{ "high:", PCP_high_pages },
	{ "batch:", PCP_batch_pages },
	{ "high_min:", PCP_high_min_pages },
	{ "high_max:", PCP_high_max_pages },
	{ NULL, 0 },
};

PFNSCOPE_BEGINS_WITH_PLACE(ZONES);
PFNSCOPE_BEGINS_WITH_PLACE(PCP);

/**
 * struct zoneinfo - where the reader stands
 * @parser: the tokenizer
 * @table: zones or pcp
 * @lines: the lines of interest
 * @row: the row being filled, NULL between rows
 * @node: of the zone being read
 * @zone: its name, kept by the table
 */
struct zoneinfo {
	struct pfnscope_parser parser;
	struct pfnscope_table *table;
	const struct pfnscope_word_column *lines;
	struct pfnscope_value *row;
	uint64_t node;
	const char *zone;
};

static void begin_row(struct zoneinfo *info)
{
	info->row = pfnscope_table_add(info->table);
	pfnscope_table_set_number(info->table, info->row, PLACE_node, info->node);
	pfnscope_table_set_string(info->table, info->row, PLACE_zone, info->zone);
}

/* "Node 0, zone      DMA" */
static bool is_place(struct pfnscope_parser *parser,
		     struct pfnscope_token *node, struct pfnscope_token *zone)
{
	struct pfnscope_token word;

	return pfnscope_parse_word(parser, node) &&
	       pfnscope_parse_word(parser, &word) &&
	       pfnscope_parse_word(parser, zone) && !strcmp(word.text, "zone");
}

static int zoneinfo_begin(struct zoneinfo *info)
{
	struct pfnscope_token node, zone;

	if (!is_place(&info->parser, &node, &zone) ||
	    node.text[node.length - 1] != ',')
		return pfnscope_parse_fail(&info->parser, 1,
					   "not \"Node N, zone NAME\"");
	node.text[--node.length] = '\0';
	if (pfnscope_parse_number(&info->parser, &node, &info->node))
		return -1;
	info->zone = memcpy(pfnscope_table_keep(info->table, zone.length + 1),
			    zone.text, zone.length + 1);
	info->row = NULL;
	if (info->lines == zone_lines)
		begin_row(info);
	return 0;
}

static int zoneinfo_set(struct zoneinfo *info, unsigned int column)
{
	struct pfnscope_token token;
	uint64_t number;

	if (!pfnscope_parse_word(&info->parser, &token))
		return pfnscope_parse_fail(&info->parser, 1,
					   "a number is missing");
	if (pfnscope_parse_number(&info->parser, &token, &number))
		return -1;
	pfnscope_table_set_number(info->table, info->row, column, number);
	return 0;
}

/* "protection: (0, 3019, 7499)" */
static int set_protection(struct zoneinfo *info)
{
	uint64_t numbers[CLASSES];
	struct pfnscope_token token;
	size_t count = 0;

	while (pfnscope_parse_word(&info->parser, &token)) {
		if (token.text[0] == '(') {
			token.text++;
			token.length--;
		}
		if (token.length && strchr(",)", token.text[token.length - 1]))
			token.text[--token.length] = '\0';
		if (count == CLASSES)
			return pfnscope_parse_fail(&info->parser, token.column,
						   "too many zone classes");
		if (pfnscope_parse_number(&info->parser, &token,
					  &numbers[count++]))
			return -1;
	}
	pfnscope_table_set_numbers(info->table, info->row,
				   ZONES_lowmem_reserve_pages, numbers, count);
	return 0;
}

static int parse_line(struct zoneinfo *info)
{
	struct pfnscope_token word;
	const struct pfnscope_word_column *line;

	if (!pfnscope_parse_word(&info->parser, &word))
		return 0;
	if (!strcmp(word.text, "Node"))
		return zoneinfo_begin(info);
	if (!info->zone)
		return pfnscope_parse_fail(&info->parser, 1,
					   "does not begin with \"Node\"");
	if (info->lines == pcp_lines && !strcmp(word.text, "cpu:")) {
		begin_row(info);
		return zoneinfo_set(info, PCP_cpu);
	}
	if (!info->row)
		return 0;
	/* "pages free 3840" */
	if (!strcmp(word.text, "pages") &&
	    !pfnscope_parse_word(&info->parser, &word))
		return 0;
	if (info->lines == zone_lines && !strcmp(word.text, "protection:"))
		return set_protection(info);
	for (line = info->lines; line->word; line++)
		if (!strcmp(word.text, line->word))
			return zoneinfo_set(info, line->column);
	return 0;
}

/* Return: 1 read, 0 no such file, -1 failed. */
static int parse_zoneinfo(const struct pfnscope_source *source,
			  const struct pfnscope_word_column *lines,
			  struct pfnscope_table *table,
			  struct pfnscope_error *error)
{
	struct zoneinfo info = { .table = table, .lines = lines };
	struct pfnscope_input *input;
	int more;

	if (pfnscope_source_input(source, PATH, &input))
		return 0;
	info.parser.input = input;
	info.parser.error = error;
	while ((more = pfnscope_parse_line(&info.parser)) > 0)
		if (parse_line(&info))
			break;
	if (!more && !info.zone)
		more = pfnscope_parse_fail(&info.parser, 1, "the file is empty");
	pfnscope_input_close(input);
	return more ? -1 : 1;
}

/*
 * Marks without the boost that they contain. The kernel prints the boost first
 * and takes no lock: kswapd may clear it in between, so a mark below it has none.
 * Return: false where that was seen.
 */
static bool take_boost_off(struct ZONES_table *table, size_t row)
{
	static const unsigned int marks[] = {
		ZONES_min_pages, ZONES_low_pages, ZONES_high_pages, ZONES_promo_pages,
	};
	struct pfnscope_value *cells = table->all.cells + row * table->all.view->nr_fields;
	bool steady = true;
	uint64_t boost, mark;
	size_t i;

	if (!pfnscope_table_number(CELL(table, row, ZONES_boost_pages), &boost))
		return true;
	for (i = 0; i < ARRAY_SIZE(marks); i++) {
		if (!pfnscope_table_number(&table->all, row, marks[i], &mark))
			continue;
		if (mark < boost)
			steady = false;
		else
			pfnscope_table_set_number(&table->all, cells, marks[i],
						  mark - boost);
	}
	return steady;
}

int pfnscope_zoneinfo_zones(const struct pfnscope_source *source,
			    struct pfnscope_table *any,
			    struct pfnscope_error *error)
{
	struct ZONES_table *table = ZONES_FROM(any);
	int found = parse_zoneinfo(source, zone_lines, any, error);
	bool boost = true, steady = true;
	uint64_t number;
	char *why;
	size_t row;

	if (found <= 0)
		return found;
	for (row = 0; row < table->all.nr_rows; row++) {
		steady = take_boost_off(table, row) && steady;
		boost = boost && pfnscope_table_number(CELL(table, row, ZONES_boost_pages),
						       &number);
	}
	why = table->all.reason;
	table->all.reason = NULL;
	pfnscope_table_limit(&table->all, PFNSCOPE_TABLE_PARTIAL,
			     "read from /" PATH ", not from the module (%s): no flags%s%s",
			     why, boost ? "" :
			     ", and min, low and high include a boost that this kernel does not print",
			     steady ? "" :
			     ", and a boost went away between the lines, so that marks are with and without it");
	free(why);
	return 0;
}

int pfnscope_zoneinfo_pcp(const struct pfnscope_source *source,
			  struct pfnscope_table *table,
			  struct pfnscope_error *error)
{
	int found = parse_zoneinfo(source, pcp_lines, table, error);
	char *why = table->reason;

	if (found <= 0)
		return found;
	table->reason = NULL;
	pfnscope_table_limit(table, PFNSCOPE_TABLE_PARTIAL,
			     "read from /" PATH ", not from the module (%s)",
			     why);
	free(why);
	return 0;
}

static bool read_place(struct pfnscope_parser *parser, uint64_t *node, char *zone,
		       size_t size)
{
	struct pfnscope_token number, name;

	if (!is_place(parser, &number, &name) || name.length >= size)
		return false;
	number.length -= number.text[number.length - 1] == ',';
	memcpy(zone, name.text, name.length + 1);
	return !pfnscope_digits(number.text, number.length, node);
}

void pfnscope_zoneinfo_numbers(const struct pfnscope_source *source,
			       pfnscope_zone_number found, void *context)
{
	struct pfnscope_error error = { 0 };
	struct pfnscope_parser parser = { .error = &error };
	struct pfnscope_token word, number;
	uint64_t node = 0, value;
	char zone[32] = "";

	if (pfnscope_source_input(source, PATH, &parser.input))
		return;
	while (pfnscope_parse_line(&parser) > 0) {
		if (!pfnscope_parse_word(&parser, &word))
			continue;
		if (!strcmp(word.text, "Node") &&
		    !read_place(&parser, &node, zone, sizeof(zone)))
			break;
		if (*zone && pfnscope_parse_word(&parser, &number) &&
		    !pfnscope_digits(number.text, number.length, &value))
			found(context, node, zone, word.text, value);
	}
	pfnscope_input_close(parser.input);
}
